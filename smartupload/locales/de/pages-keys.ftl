### Which keys do something on a page: a button, and the dialog that it opens.

keys-label = Tasten
keys-heading = Tasten auf dieser Seite
keys-search = Suchen
keys-upload = Dateien zum Hochladen wählen
keys-rename = Die Datei der Zeile umbenennen
keys-undo = Zurückholen, was entfernt wurde
keys-escape = Alles lassen, wie es ist
keys-this = Diese Tasten zeigen
keys-on = Einzelne Buchstaben tun etwas
keys-close = Schließen
