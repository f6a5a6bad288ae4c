### What every page has around its content.

layout-brand = smartupload
layout-skip = Aller au contenu
layout-pages = Pages
layout-home = Accueil
layout-files = Fichiers
layout-notifications = Notifications
layout-projects = Projets
layout-theme = Basculer entre clair et sombre
layout-away = Cette page ne reçoit plus rien du serveur pour le moment : il est injoignable, ou un intermédiaire ne laisse passer aucun websocket. Les envois continuent autant que possible ; l’affichage et les modifications de cette page reprendront d’eux-mêmes dès que le serveur répondra.
layout-keep = Garder
