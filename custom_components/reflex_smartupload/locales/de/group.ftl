### The card of files that were given together, and the list of them.

group-sign-in = Anmelden
group-resume = Alle fortsetzen
group-retry = Alle wiederholen
group-send-now = Alle jetzt senden
group-pause = Alle pausieren
group-copy-link = Link kopieren
group-cancel = Alle abbrechen
group-undo = Rückgängig
group-show-problems = Anzeigen
group-show-all = Alle anzeigen
group-show-files = Dateien zeigen
group-hide-files = Dateien ausblenden
