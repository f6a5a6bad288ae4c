leaving-continues = Gesichert. Sie können dieses Fenster schließen. Es geht von selbst weiter.
leaving-return = Gesichert. Sie können dieses Fenster schließen. Beim nächsten Besuch geht es weiter.
leaving-paused = Gesichert. Sie können dieses Fenster schließen. Es bleibt pausiert, bis Sie auf „Fortsetzen“ drücken.
leaving-waits = Gesichert. Sie können dieses Fenster schließen. Es wartet auf eine andere Verbindung, oder bis Sie auf „Jetzt senden“ drücken.
leaving-full = Lassen Sie einen Tab dieser Website offen, bis alles fertig ist: Der Speicher dieses Browsers ist voll.
leaving-none = Lassen Sie einen Tab dieser Website offen, bis alles fertig ist: Dieser Browser behält nichts für später.
leaving-seconds =
    { $count ->
        [one] Lassen Sie diesen Tab noch { $count } Sekunde offen. Noch nicht gesichert: { $size }.
       *[other] Lassen Sie diesen Tab noch { $count } Sekunden offen. Noch nicht gesichert: { $size }.
    }
leaving-minutes =
    { $count ->
        [one] Lassen Sie diesen Tab noch etwa { NUMBER($count, useGrouping: 0) } Minute offen. Noch nicht gesichert: { $size }.
       *[other] Lassen Sie diesen Tab noch etwa { NUMBER($count, useGrouping: 0) } Minuten offen. Noch nicht gesichert: { $size }.
    }
leaving-all-moment = Lassen Sie diesen Tab noch einen Moment offen
leaving-all-seconds =
    { $count ->
        [one] Noch { $count } Sekunde, dann können Sie alles schließen
       *[other] Noch { $count } Sekunden, dann können Sie alles schließen
    }
leaving-all-minutes =
    { $count ->
        [one] Noch etwa { NUMBER($count, useGrouping: 0) } Minute, dann können Sie alles schließen
       *[other] Noch etwa { NUMBER($count, useGrouping: 0) } Minuten, dann können Sie alles schließen
    }

wait-itself = Sie müssen hier nicht warten: noch { $time }.
wait-meanwhile = Sie müssen hier nicht warten: noch { $time }, und es geht weiter, während Sie auf anderen Seiten und in anderen Tabs arbeiten.

closing-paused = bleibt pausiert
closing-waits = wartet weiter
closing-on = geht weiter
closing-itself = geht von selbst weiter
closing-opened = geht beim nächsten Öffnen weiter
closing-back = geht beim nächsten Besuch weiter
closing-little = geht noch kurz weiter, dann beim nächsten Besuch
closing-minutes = geht noch 5 Minuten weiter, dann beim nächsten Besuch
closing-minutes-safe = geht noch 5 Minuten weiter; offen lassen, bis alles gesichert ist
closing-asked = die Datei muss noch einmal gewählt werden
