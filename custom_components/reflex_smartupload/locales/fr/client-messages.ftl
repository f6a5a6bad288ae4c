message-undo = Annuler
message-open = Ouvrir
message-copy = Copier le lien
message-close = Fermer le message

message-off-list-one = { $name } n’est plus dans la liste.
message-off-list-many =
    { $count ->
        [one] { $count } fichier n’est plus dans la liste.
       *[other] { $count } fichiers ne sont plus dans la liste.
    }
message-not-found-again = Le fichier est introuvable à cet endroit, ou sa lecture n’a pas été autorisée. Choisissez-le avec « Choisir le fichier ».
message-deleted = { $name } est supprimé.
message-not-deleted = { $name } n’a pas pu être supprimé. Réessayez.
message-deleted-many = { $count } fichiers sont supprimés.
message-not-deleted-many =
    { $count ->
        [one] { $count } fichier n’a pas pu être supprimé. Réessayez.
       *[other] { $count } fichiers n’ont pas pu être supprimés. Réessayez.
    }
message-wiping = Effacement de ce qui est gardé ici…
message-signing-out = Déconnexion…
message-no-answer = Le serveur n’a pas répondu. Réessayez.
message-link-copied = Lien copié.
message-links-copied = { $count } liens copiés.
message-not-copied = Le navigateur ne laisse pas cette page copier. Autorisez-le et réessayez.
message-copy-this = Copiez ce lien : { $link }
message-no-group-link = Il n’y a pas encore de lien pour ces fichiers. Réessayez dans un instant.

ended-ready = { $name } est prêt.
ended-blocked = { $name } a été bloqué.
ended-failed = L’envoi de { $name } a échoué.
ended-blocked-why = { $name } a été bloqué. { $why }
ended-failed-why = L’envoi de { $name } a échoué. { $why }
ended-all = { $what }.
ended-first-ready =
    { $count ->
        [one] { $count } fichier est prêt
       *[other] { $count } fichiers sont prêts
    }
ended-first-blocked =
    { $count ->
        [one] { $count } fichier a été bloqué
       *[other] { $count } fichiers ont été bloqués
    }
ended-first-failed =
    { $count ->
        [one] { $count } fichier a échoué
       *[other] { $count } fichiers ont échoué
    }
ended-next-ready =
    { $count ->
        [one] { $count } est prêt
       *[other] { $count } sont prêts
    }
ended-next-blocked =
    { $count ->
        [one] { $count } a été bloqué
       *[other] { $count } ont été bloqués
    }
ended-next-failed =
    { $count ->
        [one] { $count } a échoué
       *[other] { $count } ont échoué
    }

spoken-one = { $name } : { $what }
spoken-two = { $first }. { $second }
spoken-ready = prêt
spoken-uploading = en route
spoken-blocked = bloqué
spoken-failed = échec
spoken-withdrawn = annulé ; peut être rétabli pendant 10 secondes, puis sera supprimé

group-files-label = Fichiers de { $name }
group-files-label-only = Fichiers de { $name } qui vous attendent

language-label = Langue
language-away = Les textes de cette langue n’ont pas pu être chargés. Réessayez.

# Files that another app has shared with this one.
message-shared-lost = Ce qui a été partagé n’a pas pu être conservé dans ce navigateur. Choisissez-le plutôt ici.
message-shared-foreign = Rien n’a été pris : seules les applications de cet appareil peuvent partager des fichiers avec celle-ci, une fois installée. Choisissez plutôt les fichiers ici.
