### The page of a drop link, for whoever sends files without an account.

drop-loading = Un instant…
drop-missing = Ce lien n’existe pas
drop-closed = Ce lien est fermé
drop-asked-by = { $asker } vous demande des fichiers. Aucun compte n’est nécessaire. Seule la personne qui les demande voit ce que vous envoyez.
drop-asked = On vous demande des fichiers. Aucun compte n’est nécessaire. Seule la personne qui les demande voit ce que vous envoyez.
drop-until = date limite : { $until }
drop-name = Votre nom, si vous le souhaitez
drop-in-the-name-of = Envoyé au nom de { $name }
drop-no-cookies = Ce navigateur ne garde pas de cookies, il ne peut donc rien envoyer.
drop-on-their-way = En route
drop-sent = Envoyés
