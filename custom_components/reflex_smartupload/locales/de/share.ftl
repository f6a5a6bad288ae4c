### The page behind a share link: the file, whether it is there yet, and its owner's panel.

share-title = Eine Datei für Sie
share-description = Auf dieser Seite erscheint die Datei.
share-loading = Einen Moment …
share-missing = Hier gibt es keine Datei
share-closed = Dieser Link ist geschlossen
share-upload-something = Selbst etwas hochladen
share-with-you = mit Ihnen geteilt
share-yours = Ihre Datei
share-download = Herunterladen

## On its way

share-uploading = { $percent } %
share-paused = Pausiert bei { $percent } %
share-checked = Wird geprüft
share-still = steht still, letzter Eingang: { $since }
share-bar = Upload

## Preview

share-no-preview = Dieser Browser kann die Datei nicht anzeigen. Laden Sie sie stattdessen herunter.
share-no-pdf = Dieser Browser zeigt keine PDFs innerhalb einer Seite an. { $link }
share-open = PDF öffnen
share-text-cut = Nur der Anfang wird gezeigt. Den Rest gibt es beim Herunterladen.

## The owner's panel

share-link = Link
share-only-you = Nur für Sie sichtbar
share-address = Link zu dieser Datei
share-copy = Link kopieren
share-stop = Nicht mehr teilen
share-stop-question = Nicht mehr teilen? Wer den Link öffnet, erfährt das, bis Sie die Datei wieder teilen.
share-stop-yes = Ja, nicht mehr teilen
share-again = Wieder teilen
share-renew = Neuen Link erstellen
share-renew-question = Neuen Link erstellen? Der alte führt dann endgültig ins Leere, für alle, die ihn haben.
share-renew-yes = Ja, neuen Link erstellen
share-keep = Behalten
share-limits = Grenzen des Links
share-last-day = Letzter Tag
share-downloads-left = Übrige Downloads
share-any-number = Beliebig viele
share-save-limits = Grenzen speichern
share-limited = Solange die Downloads begrenzt sind, gibt es für Besucher keine Vorschau: Was gezeigt wird, lässt sich auch speichern.

## The page of files that were given together

share-group-title = Dateien für Sie
share-group-yours = Ihre Dateien
share-group-download = Alle herunterladen
share-group-coming =
    { $count ->
        [one] 1 Datei ist noch unterwegs. Sie erscheint hier von selbst.
       *[other] { $count } Dateien sind noch unterwegs. Sie erscheinen hier von selbst.
    }
share-group-left-out =
    { $count ->
        [one] 1 Datei fehlt: Sie kam nicht an oder wurde gesperrt.
       *[other] { $count } Dateien fehlen: Sie kamen nicht an oder wurden gesperrt.
    }
share-group-files = Dateien
share-group-more = Mehr anzeigen
