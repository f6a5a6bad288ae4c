### The first page, where files are dropped.

home-heading = Subir
home-sub = Suelte sus archivos y siga con lo suyo. La subida continúa y los enlaces funcionan desde el primer segundo.
home-on-their-way = En camino
home-today = Hoy
home-camera = Tomar una foto
home-gallery = Fotos y videos
home-keep-working = Seguir trabajando

## Three steps, each with a sentence, while there are no files

home-drop = Suéltelo
home-drop-means = De cualquier tamaño. La tarjeta aparece al instante, y también el enlace que puede enviar.
home-move-on = Siga con lo suyo
home-move-on-means = Abra otra página, haga otra cosa. La tarjeta le indica cuándo puede cerrar la ventana.
home-come-back = Vuelva cuando quiera
home-come-back-means = Continúa donde se quedó. Cuando ha llegado entero, el enlace se convierte en el archivo.
