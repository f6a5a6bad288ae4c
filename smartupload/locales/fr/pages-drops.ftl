### Drop links, with which others send files without an account, on the page of the account.

drops-heading = Liens de dépôt
drops-sub = Toute personne qui a un tel lien peut vous envoyer des fichiers sans compte. Elle ne voit rien des vôtres.
drops-open = Ouvert
drops-closed = Fermé
drops-until = date limite : { $ends }
drops-delete-question = Supprimer le lien ? Ce qui est arrivé par ce lien reste.
drops-delete-yes = Oui, supprimer

## Buttons, and the same with the title of the link for screen readers

drops-copy = Copier le lien
drops-copy-of = Copier le lien : { $title }
drops-close = Fermer
drops-close-of = Fermer : { $title }
drops-delete = Supprimer
drops-delete-of = Supprimer : { $title }

## The form for a new one

drops-form = Nouveau lien de dépôt
drops-title = Ce que vous demandez
drops-title-example = Vos documents fiscaux
drops-asker = Qui le demande, si cela doit être affiché
drops-ends-after = Se termine après
drops-day = un jour
drops-week = une semaine
drops-two-weeks = deux semaines
drops-days-30 = 30 jours
drops-days-90 = 90 jours
drops-limits = Limites
drops-files = Fichiers
drops-size = Mo par fichier
drops-bytes = Mo au total
drops-types = Types de fichiers
drops-types-example = image/*, .pdf
drops-make = Créer un lien
