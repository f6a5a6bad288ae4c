### The first page, where files are dropped.

home-heading = Envoyer
home-sub = Déposez vos fichiers et passez à autre chose. L’envoi continue tout seul, et les liens fonctionnent dès la première seconde.
home-on-their-way = En route
home-today = Aujourd’hui
home-camera = Prendre une photo
home-gallery = Photos et vidéos
home-keep-working = Continuer à travailler

## Three steps, each with a sentence, while there are no files

home-drop = Déposez
home-drop-means = Peu importe la taille. La carte apparaît aussitôt, avec le lien à transmettre.
home-move-on = Passez à autre chose
home-move-on-means = Ouvrez une autre page, faites autre chose. La carte indique quand vous pouvez fermer la fenêtre.
home-come-back = Revenez quand vous voulez
home-come-back-means = L’envoi reprend où il en était. Quand tout est arrivé, le lien mène au fichier.
