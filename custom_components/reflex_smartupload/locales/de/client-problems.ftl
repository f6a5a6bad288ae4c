problem-empty_file = Diese Datei ist leer (0 Bytes), es gibt also nichts hochzuladen. Prüfen Sie die Datei und legen Sie sie noch einmal ab.
problem-file_too_large = Diese Datei ist größer als hier erlaubt ({ $limit }). Teilen Sie sie auf oder bitten Sie um eine höhere Grenze.
problem-type_not_allowed = Dateien dieser Art werden hier nicht angenommen. Möglich sind: { $types }.
problem-too_many_files =
    { $count ->
        [one] Hier kann nur { $count } Datei auf einmal unterwegs sein. Warten Sie, bis sie fertig ist, oder brechen Sie sie ab und legen Sie { $name } dann noch einmal ab.
       *[other] Hier können höchstens { $count } Dateien auf einmal unterwegs sein. Warten Sie, bis eine fertig ist, oder brechen Sie eine ab und legen Sie { $name } dann noch einmal ab.
    }
problem-metadata_inexact = Diese Seite kann nicht genau sagen, wozu { $name } gehört, deshalb wurde die Datei nicht angenommen. Sagen Sie dem Betreiber der Website Bescheid.
problem-owner_quota_exceeded = Ihr Platz hier ist aufgebraucht. Löschen Sie Dateien, die Sie nicht mehr brauchen, und drücken Sie dann auf „Wiederholen“.
problem-file_changed = { $name } wurde während des Lesens geändert, verschoben oder gelöscht. Wählen Sie die Datei noch einmal: Ist sie unverändert, geht es weiter, sonst wird sie neu hochgeladen.
problem-other_version = Ein anderer Browser lädt gerade eine andere Fassung von { $name } hoch. Wählen Sie die Datei noch einmal, um stattdessen diese hochzuladen.
problem-other_file = Das ist eine andere Datei als { $name } ({ $size }), deren Upload begonnen hat. Wählen Sie die ursprüngliche Datei, oder brechen Sie ab und legen Sie die neue ab.
problem-rest_needed = Ein Teil von { $name } ist nicht in diesem Browser. Wählen Sie die Datei noch einmal, dann läuft der Upload bis zum Ende.
problem-file_needed = Dieser Browser hat den Rest nicht behalten. Wählen Sie { $name } noch einmal, dann geht es bei { $percent } % weiter.
problem-folder = Ein Ordner lässt sich so nicht lesen. Legen Sie ihn noch einmal auf der Seite ab oder nehmen Sie „Ordner wählen“.
problem-folder_empty = Dieser Ordner enthält keine Dateien. Wählen Sie einen anderen.
problem-unreadable = { $name } ließ sich nicht lesen. Prüfen Sie, ob es die Datei noch gibt und ob Sie sie öffnen dürfen, und legen Sie sie dann noch einmal ab.
problem-upload_not_found = Der Server kennt diesen Upload nicht mehr. Drücken Sie auf „Wiederholen“, um die Datei noch einmal hochzuladen.
problem-expired = Dieser Upload stand zu lange still und wurde geschlossen. Drücken Sie auf „Wiederholen“, um die Datei noch einmal hochzuladen.
problem-checksum_mismatch = Die Datei kam mehrmals beschädigt an. Drücken Sie auf „Wiederholen“, um sie noch einmal hochzuladen.
problem-insecure = Uploads brauchen eine sichere Adresse (https). Öffnen Sie diese Seite mit https:// und versuchen Sie es noch einmal.
problem-storage_blocked = Dieser Browser speichert nichts für diese Website, nicht einmal Cookies, und kann deshalb nichts hochladen. Erlauben Sie in seinen Einstellungen Cookies für diese Website und öffnen Sie die Seite dann noch einmal.
problem-no_engine = Dieser Browser kann nicht im Hintergrund hochladen. Aktualisieren Sie ihn oder nehmen Sie einen anderen.
problem-internal_error = Bei uns ist etwas schiefgegangen. Drücken Sie auf „Wiederholen“; was schon hochgeladen ist, ist sicher.

wipe-left = Nicht alles ließ sich hier löschen: { $what }. Versuchen Sie es noch einmal oder löschen Sie die Daten dieser Website in den Einstellungen des Browsers.
wipe-left-handed = was der Browser von selbst sendet
wipe-left-sending = was der Browser gerade von selbst sendet und was sich erst nach der Ankunft anhalten lässt
wipe-left-list = die Liste der Dateien
wipe-left-copies = gespeicherte Kopien
wipe-no-engine = Dieser Browser hat nicht geantwortet, deshalb wurde nichts vergessen. Laden Sie die Seite neu und versuchen Sie es noch einmal.
wipe-no-server = Die Kopien und die Liste der Dateien sind hier gelöscht, aber der Server hat nicht geantwortet: Dieser Browser kennt Ihre Dateien noch. Versuchen Sie es noch einmal.
