### By which ways somebody is told when a file is there.

notifications-heading = Notificaciones
notifications-sub = No hace falta esperar. Recibirá un aviso cuando un archivo esté listo y cuando algo lo detenga.
notifications-is-confirmed = La dirección { $email } está confirmada. Los avisos pendientes llegarán en un momento.

## By mail

notifications-mail = Por correo
notifications-confirmed = Confirmada
notifications-not-confirmed = Sin confirmar
notifications-your-address = Su dirección de correo
notifications-other-address = Otra dirección
notifications-address-example = ana@example.org
notifications-save = Guardar
notifications-change = Cambiar
notifications-remove = Quitar
notifications-mails = Correos cuando un archivo esté listo o requiera su atención
notifications-stop-mails = Dejar de recibirlos
notifications-no-more-mails = Ya no recibirá correos.
notifications-mails-again = Volver a recibirlos
notifications-mail-as-file = Este sitio aún no tiene servidor de correo, así que el correo de confirmación está como archivo en su carpeta de datos. Abra el enlace que contiene.
notifications-mail-sent = Hay un correo en camino a esa dirección. Haga clic en el enlace que contiene en un plazo de 3 días; hasta entonces no se le envía nada más.
notifications-send-again = Enviar de nuevo

## By push

notifications-push = Por notificación push
notifications-all-browsers = Mensajes a todos sus navegadores
notifications-by-link = Ha llegado por el enlace de un correo: lo que cambie aquí solo vale para los correos a esa dirección.
