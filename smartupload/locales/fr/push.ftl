push-ready-title = { $name } est prêt
push-ready = { $size }. Ouvrez le fichier ou envoyez le lien.
push-blocked-title = { $name } a été bloqué
push-blocked = Ce fichier n’a pas passé la vérification, personne ne peut donc l’ouvrir.
push-expired-title = { $name } n’est pas arrivé à temps
push-expired = L’envoi est resté trop longtemps à l’arrêt, ce qui était arrivé a donc été retiré. Déposez le fichier à nouveau pour recommencer.
push-waits-title = { NUMBER($percent, useGrouping: 0) } % de { $name } sont là
push-waits-title-none = { $name } n’est pas encore là
push-waits = Ouvrez pour continuer.
push-waits-paused = Vous avez mis l’envoi en pause. Ouvrez la page et appuyez sur « Reprendre ».
push-failed-title = { $name } n’est pas arrivé
push-failed = Déposez le fichier à nouveau pour recommencer.

push-awaited-ready-title = { $name } est arrivé
push-awaited-ready = { $size }. Vous vouliez le savoir : ouvrez-le maintenant.
push-awaited-blocked = Ce fichier n’a pas passé la vérification, personne ne peut donc l’ouvrir. Demandez-en un autre à l’expéditeur.
push-awaited-failed = Demandez à l’expéditeur de le renvoyer.
