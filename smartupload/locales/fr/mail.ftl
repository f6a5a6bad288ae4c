mail-state-ready = Prêt
mail-state-blocked = Bloqué
mail-state-expired = Expiré
mail-state-failed = Échec
mail-state-waits = En attente à { NUMBER($percent, useGrouping: 0) } %
mail-state-waits-paused = En pause à { NUMBER($percent, useGrouping: 0) } %

mail-ready-title = { $name } est prêt
mail-ready = Tout est arrivé. Ouvrez le fichier, ou envoyez son lien à ceux qui l’attendent.
mail-ready-unscanned = Tout est arrivé. Ouvrez le fichier, ou envoyez son lien à ceux qui l’attendent. Aucune analyse antivirus n’a été faite.
mail-blocked-title = { $name } a été bloqué
mail-blocked = Ce fichier n’a pas passé la vérification, personne ne peut donc l’ouvrir.
mail-expired-title = { $name } n’est pas arrivé à temps
mail-expired = L’envoi est resté trop longtemps à l’arrêt, ce qui était arrivé a donc été retiré. Déposez le fichier à nouveau pour recommencer.
mail-failed-title = { $name } n’est pas arrivé
mail-failed = Ce fichier n’est pas arrivé. Déposez-le à nouveau.
mail-waits-title = { NUMBER($percent, useGrouping: 0) } % de { $name } sont là, ouvrez pour continuer
mail-waits-title-none = { $name } n’est pas encore là, ouvrez pour continuer
mail-waits = Ouvrez la page dans le navigateur depuis lequel vous avez envoyé le fichier, et l’envoi continue tout seul.
mail-waits-until = Ouvrez la page dans le navigateur depuis lequel vous avez envoyé le fichier, et l’envoi continue tout seul. Ce qui est arrivé est gardé jusqu’au { $day }.
mail-waits-paused = Vous avez mis l’envoi en pause. Ouvrez la page dans le navigateur depuis lequel vous avez envoyé le fichier, et appuyez sur « Reprendre ».
mail-waits-paused-until = Vous avez mis l’envoi en pause. Ouvrez la page dans le navigateur depuis lequel vous avez envoyé le fichier, et appuyez sur « Reprendre ». Ce qui est arrivé est gardé jusqu’au { $day }.

mail-awaited-ready-title = Le fichier que vous attendiez est là : { $name }
mail-awaited-ready = Vous vouliez le savoir : tout est arrivé.
mail-awaited-ready-unscanned = Vous vouliez le savoir : tout est arrivé. Aucune analyse antivirus n’a été faite.
mail-awaited-blocked-title = Le fichier que vous attendiez a été bloqué : { $name }
mail-awaited-blocked = Ce fichier n’a pas passé la vérification, personne ne peut donc l’ouvrir. Demandez-en un autre à l’expéditeur.
mail-awaited-expired = Ce fichier n’est pas arrivé à temps. Demandez à l’expéditeur de le renvoyer.
mail-awaited-failed-title = Le fichier que vous attendiez n’est pas arrivé : { $name }
mail-awaited-failed = Ce fichier n’est pas arrivé. Demandez à l’expéditeur de le renvoyer.

mail-open = Ouvrir le fichier
mail-open-files = Voir les fichiers
mail-see-file = Voir la page du fichier
mail-see-its = Voir sa page
mail-send-again = Renvoyer le fichier
mail-continue = Continuer

mail-and = { $said }, { $next }
mail-several-ready = { $count ->
    [one] { NUMBER($count, useGrouping: 0) } fichier est prêt
   *[other] { NUMBER($count, useGrouping: 0) } fichiers sont prêts
}
mail-also-ready = { $count ->
    [one] { NUMBER($count, useGrouping: 0) } est prêt
   *[other] { NUMBER($count, useGrouping: 0) } sont prêts
}
mail-several-blocked = { $count ->
    [one] { NUMBER($count, useGrouping: 0) } fichier a été bloqué
   *[other] { NUMBER($count, useGrouping: 0) } fichiers ont été bloqués
}
mail-also-blocked = { $count ->
    [one] { NUMBER($count, useGrouping: 0) } a été bloqué
   *[other] { NUMBER($count, useGrouping: 0) } ont été bloqués
}
mail-several-failed = { $count ->
    [one] { NUMBER($count, useGrouping: 0) } fichier n’est pas arrivé
   *[other] { NUMBER($count, useGrouping: 0) } fichiers ne sont pas arrivés
}
mail-also-failed = { $count ->
    [one] { NUMBER($count, useGrouping: 0) } n’est pas arrivé
   *[other] { NUMBER($count, useGrouping: 0) } ne sont pas arrivés
}
mail-several-expired = { $count ->
    [one] { NUMBER($count, useGrouping: 0) } fichier n’est pas arrivé à temps
   *[other] { NUMBER($count, useGrouping: 0) } fichiers ne sont pas arrivés à temps
}
mail-also-expired = { $count ->
    [one] { NUMBER($count, useGrouping: 0) } n’est pas arrivé à temps
   *[other] { NUMBER($count, useGrouping: 0) } ne sont pas arrivés à temps
}
mail-several-waits = { $count ->
    [one] { NUMBER($count, useGrouping: 0) } fichier attend de continuer
   *[other] { NUMBER($count, useGrouping: 0) } fichiers attendent de continuer
}
mail-also-waits = { $count ->
    [one] { NUMBER($count, useGrouping: 0) } attend de continuer
   *[other] { NUMBER($count, useGrouping: 0) } attendent de continuer
}

mail-more =
    { $count ->
        [one] Et { NUMBER($count, useGrouping: 0) } autre, tous se trouvent sous « Fichiers ».
       *[other] Et { NUMBER($count, useGrouping: 0) } autres, tous se trouvent sous « Fichiers ».
    }

mail-file = { $name }, { $size }
mail-line = { $name }, { $size } : { $state }

mail-foot = Vous recevez cet e-mail parce que quelqu’un a donné cette adresse sur { $site }.
mail-manage = Changer l’adresse ou arrêter ces e-mails

mail-confirm-subject = Confirmez cette adresse pour { $site }
mail-confirm-title = Est-ce votre adresse ?
mail-confirm = Quelqu’un, sans doute vous, a demandé à { $site } d’écrire à { $address } quand des fichiers sont prêts. Confirmez l’adresse, et vous saurez aussi ce qui s’est passé depuis.
mail-confirm-button = Oui, c’est mon adresse
mail-confirm-foot =
    { $days ->
        [one] Le lien est valable { NUMBER($days, useGrouping: 0) } jour. Si ce n’était pas vous, ne faites rien : vous ne recevrez pas d’autre e-mail.
       *[other] Le lien est valable { NUMBER($days, useGrouping: 0) } jours. Si ce n’était pas vous, ne faites rien : vous ne recevrez pas d’autre e-mail.
    }

mail-admin = Bloqué : { $name }
mail-admin-several =
    { $count ->
        [one] Bloqués : { $name } et { NUMBER($count, useGrouping: 0) } autre
       *[other] Bloqués : { $name } et { NUMBER($count, useGrouping: 0) } autres
    }
mail-admin-reason = { $reason } Envoi { $upload }.
mail-admin-foot = Vous recevez cet e-mail parce que { $site } vous compte parmi ses administrateurs (ADMIN_EMAILS).
