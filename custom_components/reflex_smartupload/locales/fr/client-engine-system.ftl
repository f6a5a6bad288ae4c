push-unreadable-title = Il y a du nouveau pour vos fichiers
push-unreadable-body = Ouvrez la liste pour en savoir plus.
handed-arrived = Tout est arrivé.
