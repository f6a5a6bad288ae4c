notify-told = Le avisaremos
notify-confirm = Abra su correo y confirme la dirección.
notify-mail = Por correo
notify-example = nombre@example.org
notify-or-mail = O deje una dirección de correo:
notify-home-screen-mail = En este dispositivo, los mensajes solo llegan si este sitio está en la pantalla de inicio. Si lo prefiere, deje una dirección de correo:
notify-blocked-mail = Los mensajes de este sitio están bloqueados en este navegador. En su lugar, deje una dirección de correo:
notify-unable-mail = Este navegador no recibe mensajes con la página cerrada. En su lugar, deje una dirección de correo:
notify-home-screen = En este dispositivo, los mensajes solo llegan si este sitio está en la pantalla de inicio.
notify-blocked = Los mensajes de este sitio están bloqueados en este navegador.
notify-unable = Este navegador no recibe mensajes con la página cerrada.

notify-dismissed = Aún no se ha permitido nada. Pulse otra vez y elija «Permitir».
notify-silent = El servicio de mensajes de este navegador no responde. Inténtelo de nuevo cuando tenga conexión.
notify-refused = No se pudo preparar este navegador para recibir mensajes. Inténtelo de nuevo en un momento.
notify-away = El servidor no responde en este momento. Inténtelo de nuevo dentro de poco.
