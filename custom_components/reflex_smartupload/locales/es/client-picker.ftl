place-drop-several = Esta página tiene varios lugares para archivos. Suéltelo en uno de ellos.
place-paste-several = Esta página tiene varios lugares para archivos. Vaya a uno de ellos con la tecla Tab y péguelo de nuevo.
place-drop-none = Esta página no admite archivos en este momento. Abra el lugar para ellos y suéltelo allí.
place-paste-none = Esta página no admite archivos en este momento. Abra el lugar para ellos y péguelo allí.

no-file-link = Eso es un enlace, no un archivo. Guarde aquello a lo que lleva y suelte aquí el archivo.
no-file-picture = Eso es una imagen de una página, no un archivo. Guárdela primero y suelte aquí el archivo.
no-file-text = Eso es texto, no un archivo. Guárdelo como archivo y elija ese archivo.

left-out-one = Se omitió { $name }: el sistema lo reserva para sí.
left-out-many = Se omitieron { $count } archivos que el sistema reserva para sí, como { $name }.

drag-some = Archivos
drag-mixed =
    { $count ->
        [one] Un archivo o una carpeta
       *[other] { $count } archivos o carpetas
    }
drag-here = Suelte en cualquier parte de esta página.
drag-into = Suelte en cualquier lugar, para «{ $place }».
