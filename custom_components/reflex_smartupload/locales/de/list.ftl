### Lists of cards.

list-clear = Liste leeren
list-files = Dateien
