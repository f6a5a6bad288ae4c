### Titles and descriptions of the pages, as the browser's tab and search engines show them.

titles-home = smartupload
titles-home-about = Eine Datei beliebiger Größe ablegen und weitermachen. Der Upload läuft von selbst, und der Link gilt von der ersten Sekunde an.
titles-projects = Projekte – smartupload
titles-projects-about = Woran gerade gearbeitet wird.
titles-files = Dateien – smartupload
titles-files-about = Alles, was Sie hochgeladen haben.
titles-notifications = Benachrichtigungen – smartupload
titles-notifications-about = Wie Sie erfahren, dass eine Datei da ist.
titles-account = Konto – smartupload
titles-account-about = Wer Sie hier sind und welche Programme für Sie handeln.
titles-drop = Dateien senden – smartupload
titles-drop-about = Dateien senden. Ein Konto ist nicht nötig.
titles-missing = Nicht gefunden – smartupload
titles-missing-about = Diese Seite gibt es nicht.
titles-shared = Eine Datei für Sie – smartupload
