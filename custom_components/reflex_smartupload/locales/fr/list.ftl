### Lists of cards.

list-clear = Vider la liste
list-files = Fichiers
list-legend-sent = envoyé
list-legend-safe = à l’abri dans ce navigateur
