### What an address shows that leads nowhere.

missing-heading = Cette page n’existe pas
missing-sub = Vérifiez l’adresse ou repartez de la page d’accueil. Les envois en cours ne sont pas touchés.
missing-home = Aller à l’accueil
