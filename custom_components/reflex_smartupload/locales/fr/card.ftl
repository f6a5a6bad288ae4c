### The card of one file: its buttons, and its state in a word. `group` and `tray` have the rest.

## The state, in one or two words on a coloured ground

card-waiting = En attente
card-being-checked = Vérification
card-blocked = Bloqué
card-failed = Échec
card-expired = Expiré
card-cancelled = Annulé
card-file-needed = Fichier requis

## Buttons

card-sign-in = Se connecter
card-show-again = Retrouver
card-show-name-again = Retrouver { $name }
card-choose-file = Choisir le fichier
card-resume = Reprendre
card-retry = Relancer
card-try-again = Réessayer
card-send-now = Envoyer maintenant
card-pause = Pause
card-download = Télécharger
card-copy-link = Copier le lien
card-cancel = Annuler
card-undo = Rétablir
card-remove = Retirer de cette liste

## The bar, as screen readers say it

card-upload-of = Envoi de { $name }
card-progress = { $percent } % envoyés, { $safe } % à l’abri
