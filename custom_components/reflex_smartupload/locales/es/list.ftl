### Lists of cards.

list-clear = Vaciar lista
list-files = Archivos
list-legend-sent = subido
list-legend-safe = a salvo en este navegador
