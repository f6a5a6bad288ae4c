### The card of one file: its buttons, and its state in a word. `group` and `tray` have the rest.

## The state, in one or two words on a coloured ground

card-waiting = Wartet
card-being-checked = Wird geprüft
card-blocked = Gesperrt
card-failed = Fehlgeschlagen
card-expired = Abgelaufen
card-cancelled = Abgebrochen
card-file-needed = Datei nötig

## Buttons

card-sign-in = Anmelden
card-show-again = Wiederfinden
card-show-name-again = { $name } wiederfinden
card-choose-file = Datei wählen
card-resume = Fortsetzen
card-retry = Wiederholen
card-try-again = Neu versuchen
card-send-now = Jetzt senden
card-pause = Pausieren
card-download = Herunterladen
card-copy-link = Link kopieren
card-cancel = Abbrechen
card-undo = Rückgängig
card-remove = Aus dieser Liste entfernen

## The bar, as screen readers say it

card-upload-of = Upload von { $name }
card-progress = { $percent } % hochgeladen, { $safe } % gesichert
