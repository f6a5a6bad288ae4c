### The card of one file: its buttons, and its state in a word. `group` and `tray` have the rest.

## The state, in one or two words on a coloured ground

card-waiting = En espera
card-being-checked = En revisión
card-blocked = Bloqueado
card-failed = Fallido
card-expired = Caducado
card-cancelled = Cancelado
card-file-needed = Falta el archivo

## Buttons

card-sign-in = Iniciar sesión
card-show-again = Buscar de nuevo
card-show-name-again = Buscar { $name } de nuevo
card-choose-file = Elegir archivo
card-resume = Reanudar
card-retry = Reintentar
card-try-again = Probar otra vez
card-send-now = Enviar ahora
card-pause = Pausar
card-download = Descargar
card-copy-link = Copiar enlace
card-cancel = Cancelar
card-undo = Deshacer
card-remove = Quitar de esta lista

## The bar, as screen readers say it

card-upload-of = Subida de { $name }
card-progress = { $percent } % subido, { $safe } % a salvo
