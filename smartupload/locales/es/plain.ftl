plain-download = Descargar
plain-unscanned = No se ha analizado en busca de virus. Ábralo solo si confía en quien lo envía.
plain-not-signed-in = No ha iniciado sesión
plain-sign-in = Iniciar sesión
plain-file-not-found = Archivo no encontrado
plain-link-closed = Este enlace está cerrado
plain-confirm-title = Confirmar esta dirección
plain-confirm = { $site } escribirá a { $address } cuando un archivo esté listo o requiera su atención.
plain-confirm-button = Confirmar
plain-stopped = Ya no recibirá correos desde aquí.
plain-drop = Envíe archivos. No hace falta una cuenta.

plain-file-uploading = { $size }, en camino (ha llegado el { $percent } %)
plain-file-checked = { $size }, recibido y en revisión
plain-file-ready = { $size }, listo para descargar
plain-file-blocked = { $size }, no pasó la revisión
plain-file-failed = { $size }, no llegó
plain-file-expired = { $size }, no llegó a tiempo
