### Titles and descriptions of the pages, as the browser's tab and search engines show them.

titles-home = smartupload
titles-home-about = Suelte un archivo de cualquier tamaño y siga con lo suyo. La subida continúa automáticamente y el enlace funciona desde el primer segundo.
titles-projects = Proyectos – smartupload
titles-projects-about = En qué se está trabajando.
titles-files = Archivos – smartupload
titles-files-about = Todo lo que ha subido.
titles-notifications = Notificaciones – smartupload
titles-notifications-about = Cómo recibir un aviso cuando llega un archivo.
titles-account = Cuenta – smartupload
titles-account-about = Su identidad aquí y qué programas actúan en su nombre.
titles-drop = Enviar archivos – smartupload
titles-drop-about = Envíe archivos. No hace falta una cuenta.
titles-missing = No encontrada – smartupload
titles-missing-about = Esta página no existe.
titles-shared = Un archivo para usted – smartupload
