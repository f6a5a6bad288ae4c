### The page of a drop link, for whoever sends files without an account.

drop-loading = Un momento…
drop-missing = Este enlace no existe
drop-closed = Este enlace está cerrado
drop-asked-by = { $asker } le pide archivos. No hace falta una cuenta. Solo quien los pide ve lo que se envía.
drop-asked = Le piden archivos. No hace falta una cuenta. Solo quien los pide ve lo que se envía.
drop-until = hasta { $until }
drop-name = Su nombre, si lo desea
drop-in-the-name-of = Se envía en nombre de { $name }
drop-no-cookies = Este navegador no guarda cookies, así que no se puede enviar nada desde él.
drop-on-their-way = En camino
drop-sent = Enviados
