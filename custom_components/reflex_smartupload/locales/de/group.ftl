### The card of files that were given together, and the list of them.

group-sign-in = Anmelden
group-resume = Alle fortsetzen
group-retry = Alle wiederholen
group-pause = Alle pausieren
group-cancel = Alle abbrechen
group-cancel-question = Alle abbrechen, die noch nicht angekommen sind?
group-cancel-name = Alle abbrechen?
group-cancel-yes = Ja, abbrechen
group-cancel-no = Behalten
group-show-problems = Anzeigen
group-show-all = Alle anzeigen
group-show-files = Dateien zeigen
group-hide-files = Dateien ausblenden
