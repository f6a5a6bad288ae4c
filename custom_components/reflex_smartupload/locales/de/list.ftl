### Lists of cards.

list-clear = Liste leeren
list-files = Dateien
list-legend-sent = hochgeladen
list-legend-safe = in diesem Browser gesichert
