### What is kept of a person: the controls at the end of a page, and the question before all of it is deleted.

yours-account = Compte
yours-data = Vos données
yours-along = { $link } : une archive avec tout ce que ce site garde de vous, et vos fichiers ; pour les plus gros, des adresses valables un jour.
yours-along-link = Tout emporter
yours-delete = Ou tout faire supprimer : chaque fichier et chaque envoi, chaque lien que vous avez transmis, votre adresse e-mail et ce que garde ce navigateur. { $warning } Ce qui a été fait reste consigné quelque temps, sans noms.
yours-warning = Personne ne pourra rien en récupérer.
yours-delete-yes = Supprimer tout ce qui est à moi
