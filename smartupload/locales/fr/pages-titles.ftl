### Titles and descriptions of the pages, as the browser's tab and search engines show them.

titles-home = smartupload
titles-home-about = Déposez un fichier de n’importe quelle taille et passez à autre chose. L’envoi continue tout seul, et le lien fonctionne dès la première seconde.
titles-projects = Projets – smartupload
titles-projects-about = Les travaux en cours.
titles-files = Fichiers – smartupload
titles-files-about = Tout ce que vous avez envoyé.
titles-notifications = Notifications – smartupload
titles-notifications-about = Comment vous apprenez l’arrivée d’un fichier.
titles-account = Compte – smartupload
titles-account-about = Qui vous êtes ici, et quels programmes agissent pour vous.
titles-drop = Envoyer des fichiers – smartupload
titles-drop-about = Envoyez des fichiers. Aucun compte n’est nécessaire.
titles-missing = Page introuvable – smartupload
titles-missing-about = Cette page n’existe pas.
titles-shared = Un fichier pour vous – smartupload
