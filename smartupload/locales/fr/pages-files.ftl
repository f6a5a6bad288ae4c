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
files-delete-question = Supprimer définitivement ?
files-delete-yes = Oui, supprimer

## Several files

files-copy-links = Copier les liens
files-select = Sélectionner { $name }
files-select-all = Sélectionner tous les fichiers affichés
files-select-none = Ne rien sélectionner
files-selected = Sélection : { $count }, { $size }
files-with-selected = Avec la sélection
