### Which keys do something on a page: a button, and the dialog that it opens.

keys-label = Teclas
keys-heading = Teclas en esta página
keys-search = Buscar
keys-upload = Elegir archivos para subir
keys-rename = Cambiar el nombre del archivo de la fila
keys-undo = Deshacer lo que se quitó
keys-escape = Dejar todo como está
keys-this = Mostrar estas teclas
keys-on = Las letras sueltas hacen algo
keys-close = Cerrar
