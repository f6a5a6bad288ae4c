leaving-continues = À l’abri. Vous pouvez fermer cette fenêtre. L’envoi continue tout seul.
leaving-return = À l’abri. Vous pouvez fermer cette fenêtre. L’envoi continuera à votre retour.
leaving-paused = À l’abri. Vous pouvez fermer cette fenêtre. L’envoi reste en pause jusqu’à ce que vous appuyiez sur « Reprendre ».
leaving-waits = À l’abri. Vous pouvez fermer cette fenêtre. L’envoi attend une autre connexion, ou que vous appuyiez sur « Envoyer maintenant ».
leaving-full = Gardez un onglet de ce site ouvert jusqu’à la fin : le stockage de ce navigateur est plein.
leaving-none = Gardez un onglet de ce site ouvert jusqu’à la fin : ce navigateur ne garde rien pour plus tard.
leaving-seconds =
    { $count ->
        [one] Gardez cet onglet ouvert encore { $count } seconde. Pas encore à l’abri : { $size }.
       *[other] Gardez cet onglet ouvert encore { $count } secondes. Pas encore à l’abri : { $size }.
    }
leaving-minutes =
    { $count ->
        [one] Gardez cet onglet ouvert encore environ { NUMBER($count, useGrouping: 0) } minute. Pas encore à l’abri : { $size }.
       *[other] Gardez cet onglet ouvert encore environ { NUMBER($count, useGrouping: 0) } minutes. Pas encore à l’abri : { $size }.
    }
leaving-all-moment = Gardez cet onglet ouvert un instant
leaving-all-seconds =
    { $count ->
        [one] Encore { $count } seconde avant de pouvoir tout fermer
       *[other] Encore { $count } secondes avant de pouvoir tout fermer
    }
leaving-all-minutes =
    { $count ->
        [one] Encore environ { NUMBER($count, useGrouping: 0) } minute avant de pouvoir tout fermer
       *[other] Encore environ { NUMBER($count, useGrouping: 0) } minutes avant de pouvoir tout fermer
    }

wait-itself = Inutile d’attendre ici : encore { $time }.
wait-meanwhile = Inutile d’attendre ici : encore { $time }, et l’envoi continue pendant que vous travaillez sur d’autres pages et dans d’autres onglets.

closing-paused = reste en pause
closing-waits = attend toujours
closing-on = continue
closing-itself = continue tout seul
closing-opened = continue à la prochaine ouverture
closing-back = continue à votre retour
closing-little = continue un petit moment, puis à votre retour
closing-minutes = continue 5 minutes, puis à votre retour
closing-minutes-safe = continue 5 minutes ; à garder ouvert jusqu’à ce que tout soit à l’abri
closing-asked = le fichier vous sera redemandé
