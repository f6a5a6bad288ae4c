### Where files are dropped or chosen, and how somebody asks to be told.

places-files-or-folders-anywhere = Déposez des fichiers ou des dossiers n’importe où
places-files-anywhere = Déposez des fichiers n’importe où
places-files-or-folders-here = Déposez des fichiers ou des dossiers ici
places-files-here = Déposez des fichiers ici
places-choose-files-or-folder = ou { $files } ou { $folder }
places-choose-files = ou { $files }
places-pick-files = choisir des fichiers
places-pick-folder = choisir un dossier
places-most = jusqu’à { $size } chacun
places-notify-me = Me prévenir
places-tell-me = Me prévenir de son arrivée
places-messages-here = Messages vers ce navigateur
