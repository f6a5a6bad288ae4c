### What an address shows that leads nowhere.

missing-heading = Diese Seite gibt es nicht
missing-sub = Prüfen Sie die Adresse oder beginnen Sie auf der Startseite. Laufende Uploads sind nicht betroffen.
missing-home = Zur Startseite
