message-undo = Deshacer
message-open = Abrir
message-copy = Copiar enlace
message-close = Cerrar mensaje

message-off-list-one = { $name } ya no está en la lista.
message-off-list-many = { $count } archivos ya no están en la lista.
message-not-found-again = El archivo no se encontró allí o no se permitió leerlo. Elíjalo con «Elegir archivo».
message-deleted = Se eliminó { $name }.
message-not-deleted = No se pudo eliminar { $name }. Inténtelo de nuevo.
message-deleted-many = Se eliminaron { $count } archivos.
message-not-deleted-many =
    { $count ->
        [one] No se pudo eliminar { $count } archivo. Inténtelo de nuevo.
       *[other] No se pudieron eliminar { $count } archivos. Inténtelo de nuevo.
    }
message-wiping = Borrando lo que se guarda aquí…
message-signing-out = Cerrando sesión…
message-no-answer = El servidor no respondió. Inténtelo de nuevo.
message-link-copied = Enlace copiado.
message-links-copied = Se copiaron { $count } enlaces.
message-not-copied = El navegador no deja copiar a esta página. Permítalo e inténtelo de nuevo.
message-copy-this = Copie este enlace: { $link }
message-no-group-link = Todavía no hay un enlace para estos archivos. Inténtelo de nuevo en un momento.

ended-ready = { $name } está listo.
ended-blocked = { $name } se bloqueó.
ended-failed = { $name } falló.
ended-blocked-why = { $name } se bloqueó. { $why }
ended-failed-why = { $name } falló. { $why }
ended-all = { $what }.
ended-first-ready =
    { $count ->
        [one] { $count } archivo está listo
       *[other] { $count } archivos están listos
    }
ended-first-blocked =
    { $count ->
        [one] { $count } archivo se bloqueó
       *[other] { $count } archivos se bloquearon
    }
ended-first-failed =
    { $count ->
        [one] { $count } archivo falló
       *[other] { $count } archivos fallaron
    }
ended-next-ready =
    { $count ->
        [one] { $count } está listo
       *[other] { $count } están listos
    }
ended-next-blocked =
    { $count ->
        [one] { $count } se bloqueó
       *[other] { $count } se bloquearon
    }
ended-next-failed =
    { $count ->
        [one] { $count } falló
       *[other] { $count } fallaron
    }

spoken-one = { $name }: { $what }
spoken-two = { $first }. { $second }
spoken-ready = listo
spoken-uploading = en camino
spoken-blocked = bloqueado
spoken-failed = fallido
spoken-withdrawn = cancelado; se puede deshacer durante 10 segundos, después se elimina

group-files-label = Archivos de { $name }
group-files-label-only = Archivos de { $name } que requieren su atención

language-label = Idioma
language-away = No se pudieron cargar los textos de este idioma. Inténtelo de nuevo.

# Files that another app has shared with this one.
message-shared-lost = Lo compartido no se pudo guardar en este navegador. Elíjalo aquí.
message-shared-foreign = No se ha recibido nada: solo las aplicaciones de este dispositivo pueden compartir archivos con esta, una vez instalada. Elija los archivos aquí.
