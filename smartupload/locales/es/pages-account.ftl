### Signing in and out, the account, and the tokens of programs.

account-sign-in = Iniciar sesión
account-sign-out = Cerrar sesión

## The question before a sign-out

account-sign-out-question = ¿Cerrar sesión con archivos en camino?
account-sign-out-means = Se borra lo que este navegador guarda de sus archivos, para que nadie más lo encuentre aquí. Los archivos que aún no han llegado enteros se detienen: cuando vuelva a iniciar sesión, elíjalos de nuevo y continuarán. Lo que ya llegó no se envía otra vez.
account-stay = Seguir aquí

## The question after a sign-in

account-take-over =
    { $files ->
        [one] Antes de iniciar sesión, en este navegador se subió o se empezó a subir un archivo. ¿Es suyo?
       *[other] Antes de iniciar sesión, en este navegador se subieron o se empezaron a subir { $files } archivos. ¿Son suyos?
    }
account-take-along = Añadir a mi cuenta
account-leave = No añadir

## The page

account-heading = Cuenta
account-sub = Su identidad aquí, quién puede enviarle archivos y qué programas actúan en su nombre.
account-you = Usted
account-signed-in-as = Sesión iniciada como { $name }.
account-nobody = Sus archivos pertenecen a este navegador. «Olvidar en este dispositivo» no afecta a los tokens: revóquelos antes, porque después solo los detiene su fecha de caducidad.
