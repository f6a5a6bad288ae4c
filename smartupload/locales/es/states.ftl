state-uploading = En camino, { NUMBER($percent, useGrouping: 0) } %
state-paused = En pausa, { NUMBER($percent, useGrouping: 0) } %
state-verifying = En revisión
state-scanning = En revisión
state-ready = Listo
state-blocked = Bloqueado
state-failed = Fallido
state-cancelled = Cancelado
state-expired = Caducado

state-sent-by-you = Enviado por usted con un enlace de recepción
state-sent-by = Enviado por { $name } con «{ $link }»
state-sent-by-somebody = Enviado por alguien con «{ $link }»
state-sent-by-old = Enviado por { $name } con un enlace de recepción que ya no existe
state-sent-by-somebody-old = Enviado por alguien con un enlace de recepción que ya no existe

state-type-file = Archivo
state-type-pdf = PDF
state-type-kind = Archivo { $kind }
state-type-picture = Imagen
state-type-audio = Audio
state-type-video = Video
state-type-text = Texto
state-type-picture-kind = Imagen ({ $kind })
state-type-audio-kind = Audio ({ $kind })
state-type-video-kind = Video ({ $kind })
state-type-text-kind = Texto ({ $kind })

state-left = termina en { $time }

state-page-uploading = Esta página se convertirá en el archivo. Puede cerrarla y volver al mismo enlace.
state-page-paused = Quien lo envía lo ha puesto en pausa. Cuando lo reanude, esta página se convertirá en el archivo.
state-page-verifying = Ha llegado entero y se está revisando. Tarda un momento.
state-page-scanning = Ha llegado entero y se está revisando. Tarda un momento.
state-page-blocked = Este archivo no pasó la revisión, así que nadie puede abrirlo. Pida otro a quien lo envió.
state-page-virus = Se encontró un virus en este archivo, así que nadie puede abrirlo. Avise a quien lo envió.
state-page-failed = Este archivo no llegó. Pida a quien lo envió que lo envíe de nuevo.
state-page-cancelled = Quien envió este archivo lo retiró.
state-page-expired = Este archivo no llegó a tiempo. Pida a quien lo envió que lo envíe de nuevo.
state-scan-clean = Analizado en busca de virus: no se encontró nada.
state-scan-off = No se ha analizado en busca de virus.
state-scan-off-visitor = No se ha analizado en busca de virus. Ábralo solo si confía en quien lo envía.

state-closed-revoked = Sin compartir: se informa de ello a quien abre el enlace. Puede seguir abriendo y descargando el archivo.
state-closed-over = El último día del enlace ya pasó. Elija uno posterior para volver a compartir el archivo.
state-closed-used = Ya se hicieron todas las descargas permitidas. Permita más para volver a compartir el archivo.
state-link-stopped = El archivo ya no se comparte.
state-link-works = El enlace vuelve a funcionar.
state-link-no-day = Un enlace no puede terminar en ese día. Elija otro o deje el campo vacío.
state-link-no-number = Escriba el número de descargas en cifras, o deje el campo vacío para no limitarlas.
state-link-renewed = El enlace anterior ya no es válido. Este es el nuevo.
state-saved = Guardado.

state-limit-files = { $count ->
    [one] un archivo
   *[other] { NUMBER($count, useGrouping: 0) } archivos como máximo
}
state-limit-size = hasta { $size } cada uno
state-limit-bytes = { $size } en total
state-limit-types = solo { $types }

state-arrived = { $count ->
    [one] 1 archivo, { $size }
   *[other] { NUMBER($count, useGrouping: 0) } archivos, { $size }
}
state-arrived-none = Aún no ha llegado nada

state-token-upload = Subir
state-token-read = Leer
state-token-both = Subir y leer

state-browsers-none = Aún no los recibe ninguno de sus navegadores.
state-browsers = { $count ->
    [one] Los recibe 1 de sus navegadores.
   *[other] Los reciben { NUMBER($count, useGrouping: 0) } de sus navegadores.
}

state-project-today = Hoy
state-project-tomorrow = Mañana
state-project-languages = { $source } → { $into }
state-project-words = { $count }
state-project-arrived = Recién llegado
