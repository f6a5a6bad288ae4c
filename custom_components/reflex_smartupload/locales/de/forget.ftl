### What somebody presses before they leave a computer that others use, and the question before it is done.

forget-label = Auf diesem Gerät vergessen
forget-question = Auf diesem Gerät vergessen?
forget-question-of = { $label }?
forget-wiped = An einem Computer, den auch andere benutzen, sollten Sie das tun, bevor Sie gehen. Gelöscht wird, was dieser Browser gespeichert hat: die Kopien unfertiger Uploads und die Liste Ihrer Dateien.
forget-lost = Unfertige Uploads enden endgültig: Ohne diesen Browser kann niemand sie fortsetzen. Fertige Dateien bleiben, aber nur noch ihre Links führen zu ihnen. { $warning }
forget-warning = Kopieren Sie vorher die Links, die Sie brauchen.
forget-no = Behalten
forget-yes = Hier alles vergessen
