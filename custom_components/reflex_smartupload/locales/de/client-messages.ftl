message-undo = Rückgängig
message-open = Öffnen
message-copy = Link kopieren
message-close = Meldung schließen

message-off-list-one = { $name } steht nicht mehr in der Liste.
message-off-list-many =
    { $count ->
        [one] { $count } Datei steht nicht mehr in der Liste.
       *[other] { $count } Dateien stehen nicht mehr in der Liste.
    }
message-not-found-again = Die Datei wurde dort nicht gefunden oder durfte nicht gelesen werden. Wählen Sie sie mit „Datei wählen“.
message-deleted = { $name } ist gelöscht.
message-not-deleted = { $name } ließ sich nicht löschen. Versuchen Sie es noch einmal.
message-deleted-many = { $count } Dateien sind gelöscht.
message-not-deleted-many =
    { $count ->
        [one] { $count } Datei ließ sich nicht löschen. Versuchen Sie es noch einmal.
       *[other] { $count } Dateien ließen sich nicht löschen. Versuchen Sie es noch einmal.
    }
message-wiping = Alles, was hier gespeichert ist, wird gelöscht …
message-signing-out = Abmeldung läuft …
message-no-answer = Der Server hat nicht geantwortet. Versuchen Sie es noch einmal.
message-link-copied = Link kopiert.
message-links-copied = { $count } Links kopiert.
message-not-copied = Der Browser lässt diese Seite nichts kopieren. Erlauben Sie es und versuchen Sie es noch einmal.
message-copy-this = Kopieren Sie diesen Link: { $link }
message-no-group-link = Für diese Dateien gibt es noch keinen Link. Versuchen Sie es gleich noch einmal.

ended-ready = { $name } ist fertig.
ended-blocked = { $name } wurde gesperrt.
ended-failed = Der Upload von { $name } ist fehlgeschlagen.
ended-blocked-why = { $name } wurde gesperrt. { $why }
ended-failed-why = Der Upload von { $name } ist fehlgeschlagen. { $why }
ended-all = { $what }.
ended-first-ready =
    { $count ->
        [one] { $count } Datei ist fertig
       *[other] { $count } Dateien sind fertig
    }
ended-first-blocked =
    { $count ->
        [one] { $count } Datei wurde gesperrt
       *[other] { $count } Dateien wurden gesperrt
    }
ended-first-failed =
    { $count ->
        [one] { $count } Datei ist fehlgeschlagen
       *[other] { $count } Dateien sind fehlgeschlagen
    }
ended-next-ready =
    { $count ->
        [one] { $count } ist fertig
       *[other] { $count } sind fertig
    }
ended-next-blocked =
    { $count ->
        [one] { $count } wurde gesperrt
       *[other] { $count } wurden gesperrt
    }
ended-next-failed =
    { $count ->
        [one] { $count } ist fehlgeschlagen
       *[other] { $count } sind fehlgeschlagen
    }

spoken-one = { $name }: { $what }
spoken-two = { $first }. { $second }
spoken-ready = fertig
spoken-uploading = unterwegs
spoken-blocked = gesperrt
spoken-failed = fehlgeschlagen
spoken-withdrawn = abgebrochen; lässt sich 10 Sekunden lang rückgängig machen, dann wird es gelöscht

group-files-label = Dateien von { $name }
group-files-label-only = Dateien von { $name }, die auf Sie warten

language-label = Sprache
language-away = Die Texte dieser Sprache ließen sich nicht laden. Versuchen Sie es noch einmal.

# Files that another app has shared with this one.
message-shared-lost = Was geteilt wurde, konnte in diesem Browser nicht aufgehoben werden. Wählen Sie es stattdessen hier aus.
message-shared-foreign = Es wurde nichts übernommen: Nur Apps dieses Geräts können Dateien mit dieser teilen, sobald sie installiert ist. Wählen Sie die Dateien stattdessen hier aus.
