problem-empty_file = Este archivo está vacío (0 bytes), así que no hay nada que subir. Revíselo y suéltelo de nuevo.
problem-file_too_large = Este archivo supera los { $limit } permitidos aquí. Divídalo o pida un límite mayor.
problem-type_not_allowed = Aquí no se admiten archivos de este tipo. Elija uno de estos: { $types }.
problem-too_many_files =
    { $count ->
        [one] Aquí no puede haber más de { $count } archivo en camino a la vez. Espere a que termine o cancélelo, y suelte { $name } de nuevo.
       *[other] Aquí no puede haber más de { $count } archivos en camino a la vez. Espere a que termine uno o cancélelo, y suelte { $name } de nuevo.
    }
problem-metadata_inexact = Esta página no puede indicar con exactitud a qué pertenece { $name }, así que no se admitió. Avise a quien administra este sitio.
problem-owner_quota_exceeded = Su espacio aquí está lleno. Elimine archivos que ya no necesite y pulse «Reintentar».
problem-file_changed = { $name } se modificó, se movió o se eliminó mientras se leía. Elíjalo de nuevo: si es el mismo de antes, continúa; si no, se envía desde el principio.
problem-other_version = Otro navegador está enviando otra versión de { $name }. Elija el archivo de nuevo para enviar esta en su lugar.
problem-other_file = Ese archivo no es { $name } ({ $size }), el que se empezó. Elija el original, o cancele y suelte el nuevo.
problem-rest_needed = Una parte de { $name } no está en este navegador. Elíjalo una vez más y continuará hasta el final.
problem-file_needed = Este navegador ya no tiene el resto. Elija { $name } una vez más y continuará desde el { $percent } %.
problem-folder = Una carpeta no se puede leer de esta manera. Suéltela de nuevo en la página o use el enlace «una carpeta».
problem-folder_empty = Esta carpeta no contiene archivos. Elija otra.
problem-unreadable = No se pudo leer { $name }. Compruebe que aún existe y que tiene permiso para abrirlo, y suéltelo de nuevo.
problem-upload_not_found = El servidor ya no conoce esta subida. Pulse «Reintentar» para enviar el archivo de nuevo.
problem-expired = Esta subida estuvo detenida demasiado tiempo y se cerró. Pulse «Reintentar» para enviar el archivo de nuevo.
problem-checksum_mismatch = El archivo llegó dañado varias veces. Pulse «Reintentar» para enviarlo de nuevo.
problem-insecure = Para subir archivos hace falta una dirección segura (https). Abra esta página con https:// e inténtelo de nuevo.
problem-storage_blocked = Este navegador no guarda nada de este sitio, ni siquiera cookies, así que no puede subir archivos. Permita las cookies de este sitio en la configuración y abra la página de nuevo.
problem-no_engine = Este navegador no puede subir archivos en segundo plano. Actualícelo o use otro.
problem-internal_error = Algo falló por nuestra parte. Pulse «Reintentar»; lo enviado está a salvo.

wipe-left = No se pudo borrar todo aquí: { $what }. Inténtelo de nuevo, o elimine los datos de este sitio en la configuración de su navegador.
wipe-left-handed = lo que el navegador envía por su cuenta
wipe-left-sending = lo que el navegador está enviando por su cuenta, que no se puede detener hasta que llegue
wipe-left-list = la lista de archivos
wipe-left-copies = las copias guardadas
wipe-no-engine = Este navegador no respondió, así que no se olvidó nada. Vuelva a cargar la página e inténtelo de nuevo.
wipe-no-server = Las copias y la lista de archivos se borraron aquí, pero el servidor no respondió, así que este navegador aún conoce sus archivos. Inténtelo de nuevo.
