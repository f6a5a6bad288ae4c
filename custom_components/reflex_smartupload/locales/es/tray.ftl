### The tray: what is on its way, small, on every page.

tray-label = Archivos en camino
tray-percent = { $percent } %
tray-pause = Pausar
tray-resume = Reanudar
tray-send-now = Enviar ahora
tray-cancel = Cancelar
tray-undo = Deshacer
tray-more = y { NUMBER($count, useGrouping: 0) } más
