# The tray at the edge of every page, which lists what is on its way.

tray-label = Archivos en camino
tray-more = y { $count } más
