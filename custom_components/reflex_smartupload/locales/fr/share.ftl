### The page behind a share link: the file, whether it is there yet, and its owner's panel.

share-title = Un fichier pour vous
share-description = Le fichier apparaîtra sur cette page.
share-loading = Un instant…
share-missing = Il n’y a pas de fichier ici
share-closed = Ce lien est fermé
share-upload-something = Envoyer un fichier à votre tour
share-with-you = partagé avec vous
share-yours = votre fichier
share-download = Télécharger

## On its way

share-uploading = { $percent } %
share-paused = En pause à { $percent } %
share-checked = Vérification
share-still = à l’arrêt, dernière réception : { $since }
share-bar = Envoi

## Preview

share-no-preview = Ce navigateur ne peut pas afficher ce fichier. Téléchargez-le à la place.
share-no-pdf = Ce navigateur n’affiche pas de PDF dans une page. { $link }
share-open = Ouvrir le PDF
share-text-cut = Seul le début est affiché. Téléchargez le fichier pour lire la suite.

## The owner's panel

share-link = Lien
share-only-you = Visible uniquement par vous
share-address = Lien vers ce fichier
share-copy = Copier le lien
share-stop = Ne plus partager
share-stop-question = Ne plus partager ? Toute personne qui ouvre le lien en sera informée, jusqu’à ce que vous partagiez le fichier à nouveau.
share-stop-yes = Oui, ne plus partager
share-again = Partager à nouveau
share-renew = Créer un nouveau lien
share-renew-question = Créer un nouveau lien ? L’ancien ne mènera plus nulle part, définitivement, pour tous ceux qui l’ont.
share-renew-yes = Oui, créer un nouveau lien
share-keep = Garder
share-limits = Limites du lien
share-last-day = Dernier jour
share-downloads-left = Téléchargements restants
share-any-number = Sans limite
share-save-limits = Enregistrer les limites
share-limited = Tant que les téléchargements sont limités, les visiteurs n’ont pas d’aperçu : ce qui s’affiche peut aussi s’enregistrer.

share-share = Partager…
share-preset-days =
    { $count ->
        [one] { $count } jour
       *[other] { $count } jours
    }
share-preset-downloads =
    { $count ->
        [one] { $count } téléchargement
       *[other] { $count } téléchargements
    }
share-preset-none = Sans limites
share-presets = Limites courantes
share-sum-free = Toute personne qui a le lien peut l’ouvrir, sans limites.
share-sum-until = Toute personne qui a le lien peut l’ouvrir, jusqu’à : { $until }.
share-sum-downloads =
    { $count ->
        [one] Toute personne qui a le lien peut l’ouvrir, et encore { $count } visiteur peut télécharger.
       *[other] Toute personne qui a le lien peut l’ouvrir, et encore { $count } visiteurs peuvent télécharger.
    }
share-sum-both =
    { $count ->
        [one] Encore { $count } visiteur peut télécharger ; le lien est valable jusqu’à : { $until }.
       *[other] Encore { $count } visiteurs peuvent télécharger ; le lien est valable jusqu’à : { $until }.
    }
share-qr = Code QR
share-qr-hide = Masquer le code QR
share-qr-name = Code QR du lien

## The page of files that were given together

share-group-title = Des fichiers pour vous
share-group-yours = vos fichiers
share-group-download = Tout télécharger
share-group-coming =
    { $count ->
        [one] { $count } fichier est encore en route. Il apparaîtra ici de lui-même.
       *[other] { $count } fichiers sont encore en route. Ils apparaîtront ici d’eux-mêmes.
    }
share-group-left-out =
    { $count ->
        [one] { $count } fichier manque : il n’est pas arrivé ou a été bloqué.
       *[other] { $count } fichiers manquent : ils ne sont pas arrivés ou ont été bloqués.
    }
share-group-files = Fichiers
share-group-more = Afficher plus
