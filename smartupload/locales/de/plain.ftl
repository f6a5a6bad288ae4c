plain-download = Herunterladen
plain-unscanned = Nicht auf Viren geprüft. Öffnen Sie die Datei nur, wenn Sie dem Absender vertrauen.
plain-not-signed-in = Sie sind nicht angemeldet
plain-sign-in = Anmelden
plain-file-not-found = Datei nicht gefunden
plain-link-closed = Dieser Link ist geschlossen
plain-confirm-title = Diese Adresse bestätigen
plain-confirm = { $site } schreibt an { $address }, wenn eine Datei fertig ist oder auf Sie wartet.
plain-confirm-button = Bestätigen
plain-stopped = Sie bekommen von hier keine E-Mails mehr.
plain-drop = Dateien senden. Ein Konto ist nicht nötig.

plain-file-uploading = { $size }, unterwegs ({ $percent } % sind da)
plain-file-checked = { $size }, angekommen, wird geprüft
plain-file-ready = { $size }, bereit zum Herunterladen
plain-file-blocked = { $size }, hat die Prüfung nicht bestanden
plain-file-failed = { $size }, nicht angekommen
plain-file-expired = { $size }, nicht rechtzeitig angekommen
