### The card of files that were given together, and the list of them.

group-sign-in = Se connecter
group-resume = Tout reprendre
group-retry = Tout relancer
group-send-now = Tout envoyer maintenant
group-pause = Tout en pause
group-copy-link = Copier le lien
group-cancel = Tout annuler
group-undo = Rétablir
group-show-problems = Les afficher
group-show-all = Tout afficher
group-show-files = Voir la liste
group-hide-files = Masquer la liste
