### The card of files that were given together, and the list of them.

group-sign-in = Iniciar sesión
group-resume = Reanudar todo
group-retry = Reintentar todo
group-send-now = Enviar todo ahora
group-pause = Pausar todo
group-copy-link = Copiar enlace
group-cancel = Cancelar todo
group-undo = Deshacer
group-show-problems = Mostrarlos
group-show-all = Mostrar todos
group-show-files = Mostrar archivos
group-hide-files = Ocultar archivos
