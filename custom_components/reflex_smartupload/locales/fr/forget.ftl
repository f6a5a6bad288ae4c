### What somebody presses before they leave a computer that others use, and the question before it is done.

forget-label = Oublier sur cet appareil
forget-question = Oublier sur cet appareil ?
forget-question-of = { $label } ?
forget-wiped = Sur un ordinateur partagé, faites-le avant de partir. Ce que garde ce navigateur est effacé : les copies des envois inachevés et la liste de vos fichiers.
forget-lost = Les envois inachevés s’arrêtent pour de bon : sans ce navigateur, personne ne peut les continuer. Les fichiers prêts restent, mais seuls leurs liens y mènent. { $warning }
forget-warning = Copiez d’abord les liens dont vous avez besoin.
forget-no = Garder
forget-yes = Tout oublier ici
