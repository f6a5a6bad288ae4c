### The first page, where files are dropped.

home-heading = Hochladen
home-sub = Dateien ablegen und weitermachen. Der Upload läuft von selbst, und die Links gelten von der ersten Sekunde an.
home-on-their-way = Unterwegs
home-today = Heute
home-camera = Foto aufnehmen
home-gallery = Bilder und Videos
home-keep-working = Weiterarbeiten

## Three steps, each with a sentence, while there are no files

home-drop = Ablegen
home-drop-means = Die Größe ist egal. Die Karte ist sofort da, und mit ihr der Link zum Weitergeben.
home-move-on = Weitermachen
home-move-on-means = Eine andere Seite öffnen, etwas anderes tun. Die Karte sagt, wann Sie das Fenster schließen können.
home-come-back = Jederzeit zurückkommen
home-come-back-means = Es geht dort weiter, wo es stand. Sobald alles da ist, führt der Link zur Datei.
