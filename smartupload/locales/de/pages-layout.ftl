### What every page has around its content.

layout-brand = smartupload
layout-skip = Zum Inhalt springen
layout-pages = Seiten
layout-home = Start
layout-files = Dateien
layout-notifications = Benachrichtigungen
layout-projects = Projekte
layout-theme = Zwischen hell und dunkel wechseln
layout-away = Diese Seite hört gerade nichts vom Server: Er ist nicht erreichbar, oder etwas dazwischen lässt keine WebSocket-Verbindung durch. Uploads laufen weiter, soweit es geht. Anzeige und Änderungen auf dieser Seite laufen von selbst weiter, sobald der Server wieder antwortet.
layout-keep = Behalten
