### By which ways somebody is told when a file is there.

notifications-heading = Notifications
notifications-sub = Inutile d’attendre. Nous vous prévenons quand un fichier est prêt, et quand quelque chose l’arrête.
notifications-is-confirmed = L’adresse { $email } est confirmée. Ce que vous ne savez pas encore arrive dans un instant.

## By mail

notifications-mail = Par e-mail
notifications-confirmed = Confirmée
notifications-not-confirmed = Pas encore confirmée
notifications-your-address = Votre adresse e-mail
notifications-other-address = Autre adresse
notifications-address-example = anna@example.org
notifications-save = Enregistrer
notifications-change = Modifier
notifications-remove = Retirer
notifications-mails = E-mails quand un fichier est prêt ou vous attend
notifications-stop-mails = Arrêter ces e-mails
notifications-no-more-mails = Vous ne recevez plus d’e-mails.
notifications-mails-again = Les recevoir à nouveau
notifications-mail-as-file = Ce site n’a pas encore de serveur de messagerie : l’e-mail de confirmation se trouve donc sous forme de fichier dans son dossier de données. Ouvrez le lien qu’il contient.
notifications-mail-sent = Un e-mail est en route vers cette adresse. Cliquez sur le lien qu’il contient d’ici 3 jours ; d’ici là, rien d’autre n’y est envoyé.
notifications-send-again = Renvoyer

## By push

notifications-push = Par push
notifications-all-browsers = Messages vers tous vos navigateurs
notifications-by-link = Vous venez du lien d’un e-mail : ce que vous changez ici ne vaut que pour les e-mails à cette adresse.
