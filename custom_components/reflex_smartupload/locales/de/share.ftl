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

share-share = Teilen …
share-preset-days =
    { $count ->
        [one] 1 Tag
       *[other] { $count } Tage
    }
share-preset-downloads =
    { $count ->
        [one] 1 Download
       *[other] { $count } Downloads
    }
share-preset-none = Ohne Grenzen
share-presets = Übliche Grenzen
share-sum-free = Wer den Link hat, kann ihn ohne Grenzen öffnen.
share-sum-until = Wer den Link hat, kann ihn öffnen bis: { $until }.
share-sum-downloads =
    { $count ->
        [one] Wer den Link hat, kann ihn öffnen, und noch ein Besucher kann herunterladen.
       *[other] Wer den Link hat, kann ihn öffnen, und noch { $count } Besucher können herunterladen.
    }
share-sum-both =
    { $count ->
        [one] Noch ein Besucher kann herunterladen; der Link gilt bis: { $until }.
       *[other] Noch { $count } Besucher können herunterladen; der Link gilt bis: { $until }.
    }
share-qr = QR-Code
share-qr-hide = QR-Code ausblenden
share-qr-name = QR-Code des Links

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
