state-uploading = En route, { NUMBER($percent, useGrouping: 0) } %
state-paused = En pause, { NUMBER($percent, useGrouping: 0) } %
state-verifying = Vérification
state-scanning = Vérification
state-ready = Prêt
state-blocked = Bloqué
state-failed = Échec
state-cancelled = Annulé
state-expired = Expiré

state-sent-by-you = Envoyé par vous, par un lien de dépôt
state-sent-by = Envoyé par { $name } via « { $link } »
state-sent-by-somebody = Envoyé par quelqu’un via « { $link } »
state-sent-by-old = Envoyé par { $name } via un lien de dépôt qui n’existe plus
state-sent-by-somebody-old = Envoyé par quelqu’un via un lien de dépôt qui n’existe plus

state-type-file = Fichier
state-type-pdf = PDF
state-type-kind = Fichier { $kind }
state-type-picture = Image
state-type-audio = Audio
state-type-video = Vidéo
state-type-text = Texte
state-type-picture-kind = Image ({ $kind })
state-type-audio-kind = Audio ({ $kind })
state-type-video-kind = Vidéo ({ $kind })
state-type-text-kind = Texte ({ $kind })

state-left = encore { $time }

state-page-uploading = Le fichier apparaîtra sur cette page. Vous pouvez la fermer et revenir par le même lien.
state-page-paused = L’expéditeur a mis l’envoi en pause. Dès qu’il le reprendra, le fichier apparaîtra sur cette page.
state-page-verifying = Tout est arrivé, la vérification est en cours. Cela prend un instant.
state-page-scanning = Tout est arrivé, la vérification est en cours. Cela prend un instant.
state-page-blocked = Ce fichier n’a pas passé la vérification, personne ne peut donc l’ouvrir. Demandez-en un autre à l’expéditeur.
state-page-virus = Un virus a été trouvé dans ce fichier, personne ne peut donc l’ouvrir. Prévenez l’expéditeur.
state-page-failed = Ce fichier n’est pas arrivé. Demandez à l’expéditeur de le renvoyer.
state-page-cancelled = L’expéditeur a retiré ce fichier.
state-page-expired = Ce fichier n’est pas arrivé à temps. Demandez à l’expéditeur de le renvoyer.
state-scan-clean = Analyse antivirus faite, rien trouvé.
state-scan-off = Aucune analyse antivirus.
state-scan-off-visitor = Aucune analyse antivirus. N’ouvrez ce fichier que si vous faites confiance à l’expéditeur.

state-closed-revoked = Non partagé : toute personne qui ouvre le lien en est informée. Vous pouvez toujours ouvrir et télécharger le fichier.
state-closed-over = Le dernier jour du lien est passé. Choisissez-en un plus tardif pour partager le fichier à nouveau.
state-closed-used = Tous les téléchargements permis ont été faits. Permettez-en davantage pour partager le fichier à nouveau.
state-link-stopped = Le fichier n’est plus partagé.
state-link-works = Le lien fonctionne à nouveau.
state-link-no-day = Un lien ne peut pas se terminer ce jour-là. Choisissez-en un autre, ou laissez le champ vide.
state-link-no-number = Écrivez le nombre de téléchargements en chiffres, ou laissez le champ vide pour ne pas les limiter.
state-link-renewed = L’ancien lien n’est plus valable. Voici le nouveau.
state-saved = Enregistré.

state-limit-files = { $count ->
    [one] un seul fichier
   *[other] { NUMBER($count, useGrouping: 0) } fichiers au plus
}
state-limit-size = jusqu’à { $size } chacun
state-limit-bytes = { $size } au total
state-limit-types = seulement { $types }

state-arrived = { $count ->
    [one] { NUMBER($count, useGrouping: 0) } fichier, { $size }
   *[other] { NUMBER($count, useGrouping: 0) } fichiers, { $size }
}
state-arrived-none = Rien n’est encore arrivé

state-token-upload = Envoyer
state-token-read = Lire
state-token-both = Envoyer et lire

state-browsers-none = Aucun de vos navigateurs ne les reçoit pour l’instant.
state-browsers = { $count ->
    [one] { NUMBER($count, useGrouping: 0) } de vos navigateurs les reçoit.
   *[other] { NUMBER($count, useGrouping: 0) } de vos navigateurs les reçoivent.
}

state-project-today = Aujourd’hui
state-project-tomorrow = Demain
state-project-languages = { $source } vers { $into }
state-project-words = { $count }
state-project-arrived = Vient d’arriver
