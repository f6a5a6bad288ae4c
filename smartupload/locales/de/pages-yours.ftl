### What is kept of a person: the controls at the end of a page, and the question before all of it is deleted.

yours-account = Konto
yours-data = Ihre Daten
yours-along = { $link }: ein Archiv mit allem, was diese Website über Sie gespeichert hat, und mit Ihren Dateien; bei großen Dateien sind es Adressen, die einen Tag lang gelten.
yours-along-link = Alles mitnehmen
yours-delete = Oder alles löschen lassen: jede Datei und jeden Upload, jeden Link, den Sie verschickt haben, Ihre E-Mail-Adresse und was dieser Browser gespeichert hat. { $warning } Ein Protokoll der Vorgänge bleibt noch eine Weile bestehen, ohne Namen.
yours-warning = Niemand kann etwas davon zurückholen.
yours-delete-yes = Alles von mir löschen
