state-no_server = el servidor de esta página aún no admite subidas; continúa cuando lo haga
state-starting = preparando
state-withdrawn = se puede deshacer durante 10 segundos; después se elimina
leaving-moment = Deje esta pestaña abierta un momento; después puede irse.
leaving-moment-size = Deje esta pestaña abierta un momento. Aún no está a salvo: { $size }.
leaving-read = Deje esta pestaña abierta: se están leyendo más archivos.
