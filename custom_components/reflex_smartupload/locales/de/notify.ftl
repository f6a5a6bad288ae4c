notify-told = Wir geben Bescheid
notify-confirm = Sehen Sie in Ihr Postfach und bestätigen Sie die Adresse.
notify-mail = Per E-Mail
notify-example = name@example.org
notify-or-mail = Oder eine E-Mail-Adresse angeben:
notify-home-screen-mail = Auf diesem Gerät kommen Nachrichten erst an, wenn diese Website auf dem Home-Bildschirm liegt. Stattdessen eine E-Mail-Adresse angeben:
notify-blocked-mail = Nachrichten dieser Website sind in diesem Browser blockiert. Stattdessen eine E-Mail-Adresse angeben:
notify-unable-mail = Dieser Browser nimmt keine Nachrichten an, während die Seite geschlossen ist. Stattdessen eine E-Mail-Adresse angeben:
notify-home-screen = Auf diesem Gerät kommen Nachrichten erst an, wenn diese Website auf dem Home-Bildschirm liegt.
notify-blocked = Nachrichten dieser Website sind in diesem Browser blockiert.
notify-unable = Dieser Browser nimmt keine Nachrichten an, während die Seite geschlossen ist.

notify-dismissed = Es wurde noch nichts erlaubt. Drücken Sie noch einmal darauf und wählen Sie „Zulassen“.
notify-silent = Der Nachrichtendienst dieses Browsers antwortet nicht. Versuchen Sie es noch einmal, wenn Sie online sind.
notify-refused = Dieser Browser ließ sich nicht für Nachrichten einrichten. Versuchen Sie es gleich noch einmal.
notify-away = Der Server antwortet gerade nicht. Versuchen Sie es gleich noch einmal.
