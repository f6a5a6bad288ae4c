### The panel that says what happens on each way of closing. What happens stands beside each of them.

closing-heading = Qué pasa si cierro…
closing-page = esta página
closing-tab = esta pestaña, si hay otras
closing-tabs = todas las pestañas
closing-browser = el navegador
closing-computer = el equipo
