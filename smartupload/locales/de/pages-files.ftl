### The list of everything a person has uploaded.

files-heading = Dateien
files-sub = Alles, was Sie hochgeladen haben. Jeder Link gilt von der ersten Sekunde an und führt zur Datei, sobald sie da ist.
files-search = Dateien suchen
files-more = Mehr anzeigen
files-none-found = Keine Datei hat diese Buchstaben im Namen.
files-none = Noch keine Dateien
files-none-hint = Legen Sie eine Datei irgendwo auf dieser Seite ab oder wählen Sie eine auf der Startseite.
files-upload = Datei hochladen

## Columns

files-name = Name
files-size = Größe
files-date = Datum
files-state = Status
files-actions = Aktionen

## Buttons

files-download = Herunterladen
files-copy-link = Link kopieren
files-not-shared = Nicht geteilt
files-rename = Umbenennen
files-new-name = Neuer Name für { $name }
files-save = Speichern
files-keep-name = Behalten
files-delete = Löschen
files-delete-question = Endgültig löschen?
files-delete-yes = Ja, löschen

## Several files

files-copy-links = Links kopieren
files-select = { $name } auswählen
files-select-all = Alle angezeigten auswählen
files-select-none = Nichts auswählen
files-selected = { $count } ausgewählt, { $size }
files-with-selected = Mit den ausgewählten
