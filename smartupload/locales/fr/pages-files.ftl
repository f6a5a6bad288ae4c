### The list of everything a person has uploaded.

files-heading = Fichiers
files-sub = Tout ce que vous avez envoyé. Chaque lien fonctionne dès la première seconde et mène au fichier dès qu’il est là.
files-search = Chercher un fichier
files-more = Afficher plus
files-none-found = Aucun fichier n’a ces lettres dans son nom.
files-none = Pas encore de fichiers
files-none-hint = Déposez un fichier n’importe où sur cette page, ou choisissez-en un sur la page d’accueil.
files-upload = Envoyer un fichier

## Columns

files-name = Nom
files-size = Taille
files-date = Date
files-state = État
files-actions = Actions

## Buttons

files-download = Télécharger
files-copy-link = Copier le lien
files-not-shared = Non partagé
files-rename = Renommer
files-new-name = Nouveau nom de { $name }
files-save = Enregistrer
files-keep-name = Garder
files-delete = Supprimer

## Several files

files-copy-links = Copier les liens
files-select = Sélectionner { $name }
files-select-all = Sélectionner tous les fichiers affichés
files-select-none = Ne rien sélectionner
files-selected = Sélection : { $count }, { $size }
files-with-selected = Avec la sélection

## Order and states

files-order = Ordre
files-newest = Les plus récents d’abord
files-oldest = Les plus anciens d’abord
files-by-name = Nom, de A à Z
files-by-name-back = Nom, de Z à A
files-largest = Les plus grands d’abord
files-smallest = Les plus petits d’abord
files-by-state = État, problèmes d’abord
files-by-state-back = État, en route d’abord
files-all = Tous
files-on-their-way = En route
files-ready = Prêts
files-in-trouble = Problèmes
files-none-in-state = Aucun fichier n’est dans cet état.
files-show-all = Afficher tous les fichiers
files-sum =
    { $count ->
        [one] { $count } fichier, { $size }
       *[other] { $count } fichiers, { $size }
    }
files-sum-of =
    { $all ->
        [one] { $count } sur { $all } fichier, { $size }
       *[other] { $count } sur { $all } fichiers, { $size }
    }

## How far it is

files-sending = En route, { NUMBER($percent, useGrouping: 0) } %
files-paused = En pause, { NUMBER($percent, useGrouping: 0) } %

## Tags

files-tags = Étiquettes
files-tags-of = Étiquettes de { $name }
files-tags-of-selected = Étiquettes de la sélection
files-new-tag = Nouvelle étiquette
files-add-tag = Ajouter
files-tags-done = Terminé
files-untag = Retirer l’étiquette { $tag }
files-tagged = Afficher les fichiers avec l’étiquette { $tag }
files-tag = Étiquette
files-all-tags = Toutes les étiquettes
files-tag-count = { $tag } ({ $count })
files-none-tagged = Aucun fichier n’a cette étiquette.

## Links that lead to several files at once

# $count links.
files-links = Liens vers plusieurs fichiers : { $count }
files-shared = Partagé
