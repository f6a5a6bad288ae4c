### Signing in and out, the account, and the tokens of programs.

account-sign-in = Anmelden
account-sign-out = Abmelden

## The question before a sign-out

account-sign-out-question = Abmelden, während Dateien unterwegs sind?
account-sign-out-means = Was dieser Browser von Ihren Dateien gespeichert hat, wird gelöscht, damit es hier sonst niemand findet. Dateien, die noch nicht ganz da sind, bleiben stehen: Nach der nächsten Anmeldung geht es weiter, wenn Sie sie noch einmal wählen. Was angekommen ist, wird nicht noch einmal gesendet.
account-stay = Bleiben

## The question after a sign-in

account-take-over =
    { $files ->
        [one] Vor Ihrer Anmeldung wurde in diesem Browser eine Datei hochgeladen oder ein Upload begonnen. Waren Sie das?
       *[other] Vor Ihrer Anmeldung wurden in diesem Browser { NUMBER($files, useGrouping: 0) } Dateien hochgeladen oder Uploads begonnen. Waren Sie das?
    }
account-take-along = Übernehmen
account-leave = Nicht übernehmen

## The page

account-heading = Konto
account-sub = Wer Sie hier sind, wer Ihnen Dateien senden darf und welche Programme für Sie handeln.
account-you = Sie
account-signed-in-as = Sie sind angemeldet als { $name }.
account-nobody = Ihre Dateien gehören zu diesem Browser. „Auf diesem Gerät vergessen“ lässt Tokens bestehen: Widerrufen Sie sie vorher, denn danach endet ihre Gültigkeit erst mit dem Ablaufdatum.
