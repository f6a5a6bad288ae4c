### By which ways somebody is told when a file is there.

notifications-heading = Benachrichtigungen
notifications-sub = Sie müssen nicht warten. Sie erfahren es, wenn eine Datei fertig ist und wenn etwas sie aufhält.
notifications-is-confirmed = { $email } ist bestätigt. Was Sie noch nicht wissen, kommt gleich.

## By mail

notifications-mail = Per E-Mail
notifications-confirmed = Bestätigt
notifications-not-confirmed = Noch nicht bestätigt
notifications-your-address = Ihre E-Mail-Adresse
notifications-other-address = Andere Adresse
notifications-address-example = anna@example.org
notifications-save = Speichern
notifications-change = Ändern
notifications-remove = Entfernen
notifications-mails = E-Mails, wenn eine Datei fertig ist oder auf Sie wartet
notifications-stop-mails = E-Mails beenden
notifications-no-more-mails = Sie bekommen keine E-Mails mehr.
notifications-mails-again = Wieder senden
notifications-mail-as-file = Diese Website hat noch keinen Mailserver, deshalb liegt die E-Mail zur Bestätigung als Datei in ihrem Datenordner. Öffnen Sie den Link darin.
notifications-mail-sent = Eine E-Mail ist dorthin unterwegs. Klicken Sie innerhalb von 3 Tagen auf den Link darin; vorher geht sonst nichts an diese Adresse.
notifications-send-again = Noch einmal senden

## By push

notifications-push = Per Push
notifications-all-browsers = Nachrichten an alle Ihre Browser
notifications-by-link = Sie sind über den Link in einer E-Mail gekommen: Was Sie hier ändern, gilt nur für die E-Mails an diese Adresse.
