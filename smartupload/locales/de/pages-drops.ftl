### Drop links, with which others send files without an account, on the page of the account.

drops-heading = Empfangslinks
drops-sub = Wer einen solchen Link hat, kann Ihnen ohne Konto Dateien senden. Ihre eigenen Dateien bleiben dabei unsichtbar.
drops-open = Offen
drops-closed = Geschlossen
drops-until = Frist: { $ends }
drops-delete-question = Link löschen? Was darüber gekommen ist, bleibt.
drops-delete-yes = Ja, löschen

## Buttons, and the same with the title of the link for screen readers

drops-copy = Link kopieren
drops-copy-of = Link kopieren: { $title }
drops-close = Schließen
drops-close-of = Schließen: { $title }
drops-delete = Löschen
drops-delete-of = Löschen: { $title }

## The form for a new one

drops-form = Neuer Empfangslink
drops-title = Worum Sie bitten
drops-title-example = Ihre Steuerunterlagen
drops-asker = Wer darum bittet, falls es zu sehen sein soll
drops-ends-after = Endet nach
drops-day = einem Tag
drops-week = einer Woche
drops-two-weeks = zwei Wochen
drops-days-30 = 30 Tagen
drops-days-90 = 90 Tagen
drops-limits = Grenzen
drops-files = Dateien
drops-size = MB je Datei
drops-bytes = MB insgesamt
drops-types = Arten von Dateien
drops-types-example = image/*, .pdf
drops-make = Link erstellen
