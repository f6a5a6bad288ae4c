problem-empty_file = Ce fichier est vide (0 octet), il n’y a donc rien à envoyer. Vérifiez-le, puis déposez-le à nouveau.
problem-file_too_large = Ce fichier dépasse la taille permise ici ({ $limit }). Découpez-le ou demandez une limite plus élevée.
problem-type_not_allowed = Les fichiers de ce type ne sont pas acceptés ici. Choisissez parmi ceux-ci : { $types }.
problem-too_many_files =
    { $count ->
        [one] { $count } fichier au plus peut être en route ici à la fois. Attendez qu’il soit prêt ou annulez-le, puis déposez { $name } à nouveau.
       *[other] { $count } fichiers au plus peuvent être en route ici à la fois. Attendez que l’un d’eux soit prêt ou annulez-en un, puis déposez { $name } à nouveau.
    }
problem-metadata_inexact = Cette page ne peut pas dire exactement à quoi se rattache { $name }, le fichier n’a donc pas été accepté. Prévenez l’administrateur du site.
problem-owner_quota_exceeded = Votre espace ici est plein. Supprimez des fichiers dont vous n’avez plus besoin, puis appuyez sur « Relancer ».
problem-file_changed = { $name } a été modifié, déplacé ou supprimé pendant sa lecture. Choisissez-le à nouveau : s’il est inchangé, l’envoi continue, sinon il repart de zéro.
problem-other_version = Un autre navigateur envoie une autre version de { $name }. Choisissez le fichier à nouveau pour envoyer celle-ci à la place.
problem-other_file = Ce fichier n’est pas { $name } ({ $size }), dont l’envoi a commencé. Choisissez l’original, ou annulez et déposez le nouveau.
problem-rest_needed = Une partie de { $name } n’est pas dans ce navigateur. Choisissez le fichier encore une fois, et l’envoi ira jusqu’au bout.
problem-file_needed = Ce navigateur n’a pas gardé le reste. Choisissez { $name } encore une fois, et l’envoi reprend à { $percent } %.
problem-folder = Un dossier ne peut pas être lu de cette façon. Déposez-le à nouveau sur la page ou passez par « choisir un dossier ».
problem-folder_empty = Ce dossier ne contient aucun fichier. Choisissez-en un autre.
problem-unreadable = { $name } n’a pas pu être lu. Vérifiez qu’il existe toujours et que vous avez le droit de l’ouvrir, puis déposez-le à nouveau.
problem-upload_not_found = Le serveur ne connaît plus cet envoi. Appuyez sur « Relancer » pour renvoyer le fichier.
problem-expired = Cet envoi est resté trop longtemps à l’arrêt et a été fermé. Appuyez sur « Relancer » pour renvoyer le fichier.
problem-checksum_mismatch = Le fichier est arrivé endommagé plusieurs fois. Appuyez sur « Relancer » pour le renvoyer.
problem-insecure = L’envoi demande une adresse sécurisée (https). Ouvrez cette page avec https:// et réessayez.
problem-storage_blocked = Ce navigateur ne garde rien pour ce site, pas même les cookies, et ne peut donc rien envoyer. Autorisez les cookies pour ce site dans ses réglages, puis ouvrez la page à nouveau.
problem-no_engine = Ce navigateur ne peut pas envoyer de fichiers en arrière-plan. Mettez-le à jour ou utilisez-en un autre.
problem-internal_error = Un problème est survenu de notre côté. Appuyez sur « Relancer » ; ce qui est déjà envoyé est à l’abri.

wipe-left = Tout n’a pas pu être effacé ici : { $what }. Réessayez, ou supprimez les données de ce site dans les réglages de votre navigateur.
wipe-left-handed = ce que le navigateur envoie de lui-même
wipe-left-sending = ce que le navigateur est en train d’envoyer de lui-même et qu’on ne peut arrêter avant l’arrivée
wipe-left-list = la liste des fichiers
wipe-left-copies = des copies gardées
wipe-no-engine = Ce navigateur n’a pas répondu, rien n’a donc été oublié. Rechargez la page et réessayez.
wipe-no-server = Les copies et la liste des fichiers sont effacées ici, mais le serveur n’a pas répondu : ce navigateur connaît encore vos fichiers. Réessayez.
