mail-state-ready = Listo
mail-state-blocked = Bloqueado
mail-state-expired = Caducado
mail-state-failed = Fallido
mail-state-waits = En espera al { NUMBER($percent, useGrouping: 0) } %
mail-state-waits-paused = En pausa al { NUMBER($percent, useGrouping: 0) } %

mail-ready-title = { $name } está listo
mail-ready = Ha llegado entero. Ábralo o envíe su enlace a quien lo espera.
mail-ready-unscanned = Ha llegado entero. Ábralo o envíe su enlace a quien lo espera. No se ha analizado en busca de virus.
mail-blocked-title = { $name } se bloqueó
mail-blocked = No pasó la revisión, así que nadie puede abrirlo.
mail-expired-title = { $name } no llegó a tiempo
mail-expired = La subida estuvo detenida demasiado tiempo, así que se eliminó lo que había llegado. Suelte el archivo de nuevo para empezar otra vez.
mail-failed-title = { $name } no llegó
mail-failed = No llegó. Suelte el archivo de nuevo.
mail-waits-title = Ha llegado el { NUMBER($percent, useGrouping: 0) } % de { $name }; abra para continuar
mail-waits-title-none = { $name } aún no ha llegado; abra para continuar
mail-waits = Abra la página en el navegador desde el que lo envió y continuará automáticamente.
mail-waits-until = Abra la página en el navegador desde el que lo envió y continuará automáticamente. Lo que ha llegado se guarda hasta el { $day }.
mail-waits-paused = Usted lo puso en pausa. Abra la página en el navegador desde el que lo envió y pulse «Reanudar».
mail-waits-paused-until = Usted lo puso en pausa. Abra la página en el navegador desde el que lo envió y pulse «Reanudar». Lo que ha llegado se guarda hasta el { $day }.

mail-awaited-ready-title = Ha llegado el archivo que esperaba: { $name }
mail-awaited-ready = Pidió un aviso: ya ha llegado entero.
mail-awaited-ready-unscanned = Pidió un aviso: ya ha llegado entero. No se ha analizado en busca de virus.
mail-awaited-blocked-title = El archivo que esperaba se bloqueó: { $name }
mail-awaited-blocked = No pasó la revisión, así que nadie puede abrirlo. Pida otro a quien lo envió.
mail-awaited-expired = No llegó a tiempo. Pida a quien lo envió que lo envíe de nuevo.
mail-awaited-failed-title = El archivo que esperaba no llegó: { $name }
mail-awaited-failed = No llegó. Pida a quien lo envió que lo envíe de nuevo.

mail-open = Abrir el archivo
mail-open-files = Abrir Archivos
mail-see-file = Ver la página del archivo
mail-see-its = Ver su página
mail-send-again = Enviar de nuevo
mail-continue = Continuar

mail-and = { $said }, { $next }
mail-several-ready = { $count ->
    [one] 1 archivo está listo
   *[other] { NUMBER($count, useGrouping: 0) } archivos están listos
}
mail-also-ready = { $count ->
    [one] 1 está listo
   *[other] { NUMBER($count, useGrouping: 0) } están listos
}
mail-several-blocked = { $count ->
    [one] 1 archivo se bloqueó
   *[other] { NUMBER($count, useGrouping: 0) } archivos se bloquearon
}
mail-also-blocked = { $count ->
    [one] 1 se bloqueó
   *[other] { NUMBER($count, useGrouping: 0) } se bloquearon
}
mail-several-failed = { $count ->
    [one] 1 archivo no llegó
   *[other] { NUMBER($count, useGrouping: 0) } archivos no llegaron
}
mail-also-failed = { $count ->
    [one] 1 no llegó
   *[other] { NUMBER($count, useGrouping: 0) } no llegaron
}
mail-several-expired = { $count ->
    [one] 1 archivo no llegó a tiempo
   *[other] { NUMBER($count, useGrouping: 0) } archivos no llegaron a tiempo
}
mail-also-expired = { $count ->
    [one] 1 no llegó a tiempo
   *[other] { NUMBER($count, useGrouping: 0) } no llegaron a tiempo
}
mail-several-waits = { $count ->
    [one] 1 archivo espera para continuar
   *[other] { NUMBER($count, useGrouping: 0) } archivos esperan para continuar
}
mail-also-waits = { $count ->
    [one] 1 espera para continuar
   *[other] { NUMBER($count, useGrouping: 0) } esperan para continuar
}

mail-more = Y { NUMBER($count, useGrouping: 0) } más; todos están en «Archivos».

mail-file = { $name }, { $size }
mail-line = { $name }, { $size }: { $state }

mail-foot = Recibe este correo porque alguien indicó esta dirección en { $site }.
mail-manage = Cambiar la dirección o dejar de recibir estos correos

mail-confirm-subject = Confirme esta dirección para { $site }
mail-confirm-title = ¿Es esta su dirección?
mail-confirm = Alguien, probablemente usted, pidió a { $site } que escriba a { $address } cuando haya archivos listos. Confirme la dirección y recibirá lo que haya ocurrido desde entonces.
mail-confirm-button = Sí, escribirme aquí
mail-confirm-foot = El enlace es válido durante { NUMBER($days, useGrouping: 0) } días. Si no fue usted, no haga nada: no llegará ningún otro correo.

mail-admin = Bloqueado: { $name }
mail-admin-several = Bloqueados: { $name } y { NUMBER($count, useGrouping: 0) } más
mail-admin-reason = { $reason } Subida { $upload }.
mail-admin-foot = Recibe este correo porque { $site } incluye su dirección entre sus administradores (ADMIN_EMAILS).
