notify-told = Nous vous préviendrons
notify-confirm = Consultez votre messagerie et confirmez l’adresse.
notify-mail = Par e-mail
notify-example = vous@example.org
notify-or-mail = Ou laissez une adresse e-mail :
notify-home-screen-mail = Sur cet appareil, les messages arrivent une fois ce site ajouté à l’écran d’accueil. Laissez plutôt une adresse e-mail :
notify-blocked-mail = Les messages de ce site sont bloqués dans ce navigateur. Laissez plutôt une adresse e-mail :
notify-unable-mail = Ce navigateur ne reçoit pas de messages quand la page est fermée. Laissez plutôt une adresse e-mail :
notify-home-screen = Sur cet appareil, les messages arrivent une fois ce site ajouté à l’écran d’accueil.
notify-blocked = Les messages de ce site sont bloqués dans ce navigateur.
notify-unable = Ce navigateur ne reçoit pas de messages quand la page est fermée.

notify-dismissed = Rien n’est encore autorisé. Appuyez à nouveau et choisissez « Autoriser ».
notify-silent = Le service de messages de ce navigateur ne répond pas. Réessayez une fois en ligne.
notify-refused = Ce navigateur n’a pas pu être configuré pour les messages. Réessayez dans un instant.
notify-away = Le serveur ne répond pas pour le moment. Réessayez dans un instant.
