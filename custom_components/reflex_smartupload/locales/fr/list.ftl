### Lists of cards.

list-clear = Vider la liste
list-files = Fichiers
