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

## Several files

files-copy-links = Links kopieren
files-select = { $name } auswählen
files-select-all = Alle angezeigten auswählen
files-select-none = Nichts auswählen
files-selected = { $count } ausgewählt, { $size }
files-with-selected = Mit den ausgewählten

## Order and states

files-order = Reihenfolge
files-newest = Neueste zuerst
files-oldest = Älteste zuerst
files-by-name = Name, A bis Z
files-by-name-back = Name, Z bis A
files-largest = Größte zuerst
files-smallest = Kleinste zuerst
files-by-state = Status, Probleme zuerst
files-by-state-back = Status, unterwegs zuerst
files-all = Alle
files-on-their-way = Unterwegs
files-ready = Fertig
files-in-trouble = Probleme
files-none-in-state = Keine Datei hat diesen Status.
files-show-all = Alle Dateien zeigen
files-sum =
    { $count ->
        [one] { $count } Datei, { $size }
       *[other] { $count } Dateien, { $size }
    }
files-sum-of =
    { $all ->
        [one] { $count } von { $all } Datei, { $size }
       *[other] { $count } von { $all } Dateien, { $size }
    }

## How far it is

files-sending = Unterwegs, { NUMBER($percent, useGrouping: 0) } %
files-paused = Pausiert, { NUMBER($percent, useGrouping: 0) } %

## Tags

files-tags = Tags
files-tags-of = Tags von { $name }
files-tags-of-selected = Tags der ausgewählten Dateien
files-new-tag = Neuer Tag
files-add-tag = Hinzufügen
files-tags-done = Fertig
files-untag = Tag { $tag } entfernen
files-tagged = Dateien mit dem Tag { $tag } zeigen
files-tag = Tag
files-all-tags = Alle Tags
files-tag-count = { $tag } ({ $count })
files-none-tagged = Keine Datei hat diesen Tag.

## Links that lead to several files at once

# $count links.
files-links = Links zu mehreren Dateien: { $count }
files-shared = Geteilt
