### What every page has around its content.

layout-brand = smartupload
layout-skip = Ir al contenido
layout-pages = Páginas
layout-home = Inicio
layout-files = Archivos
layout-notifications = Notificaciones
layout-projects = Proyectos
layout-theme = Cambiar entre claro y oscuro
layout-away = En este momento, esta página no recibe nada del servidor: no está disponible, o algo en el camino no deja pasar los websockets. Las subidas continúan hasta donde es posible. Lo que muestra la página y los cambios que haga en ella seguirán automáticamente cuando el servidor vuelva a responder.
layout-keep = Conservar
