place-drop-several = Cette page a plusieurs zones de dépôt. Déposez le fichier dans l’une d’elles.
place-paste-several = Cette page a plusieurs zones de dépôt. Allez dans l’une d’elles avec la touche Tab, puis collez à nouveau.
place-drop-none = Cette page n’accepte pas de fichiers pour le moment. Ouvrez la zone prévue, puis déposez le fichier à cet endroit.
place-paste-none = Cette page n’accepte pas de fichiers pour le moment. Ouvrez la zone prévue, puis collez le fichier à cet endroit.

no-file-link = C’est un lien, pas un fichier. Enregistrez ce vers quoi il mène, puis déposez le fichier ici.
no-file-picture = C’est une image d’une page, pas un fichier. Enregistrez-la d’abord, puis déposez le fichier ici.
no-file-text = C’est du texte, pas un fichier. Enregistrez-le dans un fichier, puis choisissez ce fichier.

left-out-one = { $name } a été laissé de côté : le système se réserve ce fichier.
left-out-many =
    { $count ->
        [one] { $count } fichier que le système se réserve a été laissé de côté : { $name }.
       *[other] { $count } fichiers que le système se réserve, comme { $name }, ont été laissés de côté.
    }

drag-some = Fichiers
drag-mixed =
    { $count ->
        [one] Un fichier ou un dossier
       *[other] { $count } fichiers ou dossiers
    }
drag-here = Déposez n’importe où sur cette page.
drag-into = Déposez n’importe où, dans « { $place } ».
