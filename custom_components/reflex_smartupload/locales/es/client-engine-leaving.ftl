leaving-continues = A salvo. Puede cerrar esta ventana. La subida continúa automáticamente.
leaving-return = A salvo. Puede cerrar esta ventana. La subida continuará cuando vuelva.
leaving-paused = A salvo. Puede cerrar esta ventana. La subida seguirá en pausa hasta que pulse «Reanudar».
leaving-waits = A salvo. Puede cerrar esta ventana. La subida espera otra conexión, o a que pulse «Enviar ahora».
leaving-full = Deje abierta una pestaña de este sitio hasta que termine: el almacenamiento de este navegador está lleno.
leaving-none = Deje abierta una pestaña de este sitio hasta que termine: este navegador no guarda nada para después.
leaving-seconds =
    { $count ->
        [one] Deje esta pestaña abierta { $count } segundo más. Aún no está a salvo: { $size }.
       *[other] Deje esta pestaña abierta { $count } segundos más. Aún no está a salvo: { $size }.
    }
leaving-minutes =
    { $count ->
        [one] Deje esta pestaña abierta cerca de { NUMBER($count, useGrouping: 0) } minuto más. Aún no está a salvo: { $size }.
       *[other] Deje esta pestaña abierta unos { NUMBER($count, useGrouping: 0) } minutos más. Aún no está a salvo: { $size }.
    }
leaving-all-moment = Deje esta pestaña abierta un momento
leaving-all-seconds =
    { $count ->
        [one] { $count } segundo más y podrá cerrar todo
       *[other] { $count } segundos más y podrá cerrar todo
    }
leaving-all-minutes =
    { $count ->
        [one] cerca de { NUMBER($count, useGrouping: 0) } minuto más y podrá cerrar todo
       *[other] unos { NUMBER($count, useGrouping: 0) } minutos más y podrá cerrar todo
    }

wait-itself = No hace falta esperar aquí. Tiempo restante: { $time }.
wait-meanwhile = No hace falta esperar aquí. Tiempo restante: { $time }. La subida continúa mientras trabaja en otras páginas y pestañas.

closing-paused = sigue en pausa
closing-waits = sigue esperando
closing-on = continúa
closing-itself = continúa automáticamente
closing-opened = continúa la próxima vez que se abra
closing-back = continúa cuando usted vuelva
closing-little = continúa un rato y, después, cuando usted vuelva
closing-minutes = continúa 5 minutos y, después, cuando usted vuelva
closing-minutes-safe = continúa 5 minutos; no cierre hasta que esté a salvo
closing-asked = se le pedirá el archivo de nuevo
