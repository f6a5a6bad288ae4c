### The list of everything a person has uploaded.

files-heading = Archivos
files-sub = Todo lo que ha subido. Cada enlace funciona desde el primer segundo y se convierte en el archivo.
files-search = Buscar archivos
files-more = Mostrar más
files-none-found = Ningún archivo tiene esas letras en su nombre.
files-none = Aún no hay archivos
files-none-hint = Suelte un archivo en cualquier lugar de esta página o elija uno en la página de inicio.
files-upload = Subir un archivo

## Columns

files-name = Nombre
files-size = Tamaño
files-date = Fecha
files-state = Estado
files-actions = Acciones

## Buttons

files-download = Descargar
files-copy-link = Copiar enlace
files-not-shared = Sin compartir
files-rename = Renombrar
files-new-name = Nombre nuevo para { $name }
files-save = Guardar
files-keep-name = Conservar
files-delete = Eliminar

## Several files

files-copy-links = Copiar enlaces
files-select = Seleccionar { $name }
files-select-all = Seleccionar todos los que se muestran
files-select-none = No seleccionar nada
files-selected = Seleccionados: { $count }, { $size }
files-with-selected = Con lo seleccionado

## Order and states

files-order = Orden
files-newest = Más recientes primero
files-oldest = Más antiguos primero
files-by-name = Nombre, de la A a la Z
files-by-name-back = Nombre, de la Z a la A
files-largest = Más grandes primero
files-smallest = Más pequeños primero
files-by-state = Estado, problemas primero
files-by-state-back = Estado, en camino primero
files-all = Todos
files-on-their-way = En camino
files-ready = Listos
files-in-trouble = Problemas
files-none-in-state = Ningún archivo está en este estado.
files-show-all = Mostrar todos los archivos
files-sum =
    { $count ->
        [one] { $count } archivo, { $size }
       *[other] { $count } archivos, { $size }
    }
files-sum-of =
    { $all ->
        [one] { $count } de { $all } archivo, { $size }
       *[other] { $count } de { $all } archivos, { $size }
    }

## How far it is

files-sending = En camino, { NUMBER($percent, useGrouping: 0) } %
files-paused = En pausa, { NUMBER($percent, useGrouping: 0) } %

## Tags

files-tags = Etiquetas
files-tags-of = Etiquetas de { $name }
files-tags-of-selected = Etiquetas de lo seleccionado
files-new-tag = Etiqueta nueva
files-add-tag = Añadir
files-tags-done = Listo
files-untag = Quitar la etiqueta { $tag }
files-tagged = Mostrar los archivos con la etiqueta { $tag }
files-tag = Etiqueta
files-all-tags = Todas las etiquetas
files-tag-count = { $tag } ({ $count })
files-none-tagged = Ningún archivo tiene esta etiqueta.

## Links that lead to several files at once

# $count links.
files-links = Enlaces a varios archivos: { $count }
files-shared = Compartido
