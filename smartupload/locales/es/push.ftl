push-ready-title = { $name } está listo
push-ready = { $size }. Ábralo o envíe el enlace.
push-blocked-title = { $name } se bloqueó
push-blocked = No pasó la revisión, así que nadie puede abrirlo.
push-expired-title = { $name } no llegó a tiempo
push-expired = La subida estuvo detenida demasiado tiempo, así que se eliminó lo que había llegado. Suelte el archivo de nuevo para empezar otra vez.
push-waits-title = Ha llegado el { NUMBER($percent, useGrouping: 0) } % de { $name }
push-waits-title-none = { $name } aún no ha llegado
push-waits = Abra para continuar.
push-waits-paused = Usted lo puso en pausa. Abra y pulse «Reanudar».
push-failed-title = { $name } no llegó
push-failed = Suelte el archivo de nuevo para empezar otra vez.

push-awaited-ready-title = { $name } ha llegado
push-awaited-ready = { $size }. Pidió un aviso: ya puede abrirlo.
push-awaited-blocked = No pasó la revisión, así que nadie puede abrirlo. Pida otro a quien lo envió.
push-awaited-failed = Pida a quien lo envió que lo envíe de nuevo.
