### Signing in and out, the account, and the tokens of programs.

account-sign-in = Se connecter
account-sign-out = Se déconnecter

## The question before a sign-out

account-sign-out-question = Se déconnecter alors que des fichiers sont en route ?
account-sign-out-means = Ce que ce navigateur garde de vos fichiers est effacé, pour que personne d’autre ne le trouve ici. Les fichiers qui ne sont pas encore entièrement arrivés s’arrêtent : après votre prochaine connexion, choisissez-les encore une fois, et l’envoi continue. Ce qui est arrivé n’est pas renvoyé.
account-stay = Rester

## The question after a sign-in

account-take-over =
    { $files ->
        [one] Avant votre connexion, un fichier a été envoyé depuis ce navigateur, ou son envoi a commencé. Était-ce vous ?
       *[other] Avant votre connexion, { NUMBER($files, useGrouping: 0) } fichiers ont été envoyés depuis ce navigateur, ou leur envoi a commencé. Était-ce vous ?
    }
account-take-along = Les reprendre
account-leave = Les laisser

## The page

account-heading = Compte
account-sub = Qui vous êtes ici, qui peut vous envoyer des fichiers et quels programmes agissent pour vous.
account-you = Vous
account-signed-in-as = Vous êtes connecté en tant que { $name }.
account-nobody = Vos fichiers sont liés à ce navigateur. « Oublier sur cet appareil » laisse les jetons en place : révoquez-les avant, car ensuite seule leur date de fin les arrête.
