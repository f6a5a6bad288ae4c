plain-download = Télécharger
plain-unscanned = Aucune analyse antivirus. N’ouvrez ce fichier que si vous faites confiance à l’expéditeur.
plain-not-signed-in = Vous n’êtes pas connecté
plain-sign-in = Se connecter
plain-file-not-found = Fichier introuvable
plain-link-closed = Ce lien est fermé
plain-confirm-title = Confirmer cette adresse
plain-confirm = { $site } écrira à { $address } quand un fichier sera prêt ou vous attendra.
plain-confirm-button = Confirmer
plain-stopped = Vous ne recevrez plus d’e-mails de ce site.
plain-drop = Envoyez des fichiers. Aucun compte n’est nécessaire.

plain-file-uploading = { $size }, en route ({ $percent } % sont là)
plain-file-checked = { $size }, arrivé, en cours de vérification
plain-file-ready = { $size }, prêt à télécharger
plain-file-blocked = { $size }, n’a pas passé la vérification
plain-file-failed = { $size }, n’est pas arrivé
plain-file-expired = { $size }, n’est pas arrivé à temps
