### What is kept of a person: the controls at the end of a page, and the question before all of it is deleted.

yours-account = Cuenta
yours-data = Sus datos
yours-along = { $link }: un archivo comprimido con todo lo que este sitio guarda de usted, y sus archivos o, si son grandes, direcciones válidas durante un día.
yours-along-link = Descargar todo
yours-delete = O eliminar todo: cada archivo y cada subida, cada enlace que haya enviado, su dirección de correo y lo que guarda este navegador. { $warning } Lo que se hizo queda registrado un tiempo, sin nombres.
yours-warning = Nadie podrá recuperarlo.
yours-delete-yes = Eliminar todo lo mío
