### The page behind a share link: the file, whether it is there yet, and its owner's panel.

share-title = Un archivo para usted
share-description = Esta página se convertirá en el archivo.
share-loading = Un momento…
share-missing = Aquí no hay ningún archivo
share-closed = Este enlace está cerrado
share-upload-something = Subir sus propios archivos
share-with-you = compartido con usted
share-yours = su archivo
share-download = Descargar

## On its way

share-uploading = { $percent } %
share-paused = En pausa al { $percent } %
share-checked = En revisión
share-still = última recepción: { $since }
share-bar = Subida

## Preview

share-no-preview = Este navegador no puede mostrarlo. Descárguelo.
share-no-pdf = Este navegador no muestra PDF dentro de una página. { $link }
share-open = Abrirlo
share-text-cut = Solo se muestra el principio. Descárguelo para ver el resto.

## The owner's panel

share-link = Enlace
share-only-you = Esto solo lo ve usted
share-address = Enlace a este archivo
share-copy = Copiar enlace
share-stop = Dejar de compartir
share-stop-question = ¿Dejar de compartir? Se informará de ello a quien abra el enlace, hasta que vuelva a compartirlo.
share-stop-yes = Sí, dejar de compartir
share-again = Compartir de nuevo
share-renew = Crear enlace nuevo
share-renew-question = ¿Crear un enlace nuevo? El anterior dejará de funcionar para siempre y para todos los que lo tienen.
share-renew-yes = Sí, crear enlace nuevo
share-keep = No cambiar
share-limits = Límites del enlace
share-last-day = Último día
share-downloads-left = Descargas restantes
share-any-number = Sin límite
share-save-limits = Guardar límites
share-limited = Mientras las descargas estén limitadas, quien lo visite no verá la vista previa: lo que se muestra también se puede guardar.

share-share = Compartir…
share-preset-days =
    { $count ->
        [one] 1 día
       *[other] { $count } días
    }
share-preset-downloads =
    { $count ->
        [one] 1 descarga
       *[other] { $count } descargas
    }
share-preset-none = Sin límites
share-presets = Límites habituales
share-sum-free = Quien tenga el enlace puede abrirlo sin límites.
share-sum-until = Quien tenga el enlace puede abrirlo hasta: { $until }.
share-sum-downloads =
    { $count ->
        [one] Quien tenga el enlace puede abrirlo, y un visitante más puede descargar.
       *[other] Quien tenga el enlace puede abrirlo, y { $count } visitantes más pueden descargar.
    }
share-sum-both =
    { $count ->
        [one] Un visitante más puede descargar; el enlace vale hasta: { $until }.
       *[other] { $count } visitantes más pueden descargar; el enlace vale hasta: { $until }.
    }
share-qr = Código QR
share-qr-hide = Ocultar código QR
share-qr-name = Código QR del enlace

## The page of files that were given together

share-group-title = Archivos para usted
share-group-yours = sus archivos
share-group-download = Descargar todo
share-group-coming =
    { $count ->
        [one] 1 archivo sigue en camino. Aparecerá aquí por sí solo.
       *[other] { $count } archivos siguen en camino. Aparecerán aquí por sí solos.
    }
share-group-left-out =
    { $count ->
        [one] Falta 1 archivo: no llegó o se bloqueó.
       *[other] Faltan { $count } archivos: no llegaron o se bloquearon.
    }
share-group-files = Archivos
share-group-more = Mostrar más
