### The tokens of a person's programs, on the page of the account.

tokens-heading = Jetons pour les programmes
tokens-copy-now = Copiez-le maintenant : il n’est affiché que cette fois.
tokens-new = Le nouveau jeton
tokens-copy = Copier
tokens-done = Terminé
tokens-expired = Expiré
tokens-used-ends = Dernière utilisation : { $used }, fin : { $ends }
tokens-used-ended = Dernière utilisation : { $used }, terminé : { $ends }
tokens-never-used-ends = Jamais utilisé, fin : { $ends }
tokens-never-used-ended = Jamais utilisé, terminé : { $ends }
tokens-revoke = Révoquer
tokens-revoke-name = Révoquer { $name }
tokens-revoke-question = Révoquer ce jeton ? Les programmes qui l’utilisent s’arrêtent aussitôt.
tokens-revoke-yes = Oui, révoquer

## The form for a new one

tokens-form = Nouveau jeton
tokens-name = Nom du nouveau jeton
tokens-name-example = Sauvegarde de nuit
tokens-good-for = Ce qu’il permet
tokens-upload = Envoyer des fichiers
tokens-read = Voir et télécharger vos fichiers
tokens-ends-after = Se termine après
tokens-week = une semaine
tokens-days-30 = 30 jours
tokens-days-90 = 90 jours
tokens-year = un an
tokens-make = Créer un jeton
