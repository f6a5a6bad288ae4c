### Where files are dropped or chosen, and how somebody asks to be told.

places-files-or-folders-anywhere = Suelte archivos o carpetas en cualquier lugar
places-files-anywhere = Suelte archivos en cualquier lugar
places-files-or-folders-here = Suelte archivos o carpetas aquí
places-files-here = Suelte archivos aquí
places-choose-files-or-folder = o { $files } o { $folder }
places-choose-files = o { $files }
places-pick-files = elegir archivos
places-pick-folder = una carpeta
places-most = hasta { $size } cada uno
places-notify-me = Avisarme
places-tell-me = Avisarme cuando llegue
places-messages-here = Mensajes a este navegador
