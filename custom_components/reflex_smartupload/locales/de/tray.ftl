### The tray: what is on its way, small, on every page.

tray-label = Dateien unterwegs
tray-percent = { $percent } %
tray-pause = Pausieren
tray-resume = Fortsetzen
tray-send-now = Jetzt senden
tray-cancel = Abbrechen
tray-undo = Rückgängig
tray-more = und { NUMBER($count, useGrouping: 0) } weitere
