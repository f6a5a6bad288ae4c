### Lists of cards.

list-clear = Vaciar lista
list-files = Archivos
