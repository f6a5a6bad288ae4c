state-no_server = der Server dieser Seite nimmt noch keine Uploads an, geht weiter, sobald er es tut
state-starting = wird vorbereitet
state-withdrawn = lässt sich 10 Sekunden lang rückgängig machen, dann wird es gelöscht
leaving-moment = Lassen Sie diesen Tab noch einen Moment offen, dann können Sie gehen.
leaving-moment-size = Lassen Sie diesen Tab noch einen Moment offen. Noch nicht gesichert: { $size }.
leaving-read = Lassen Sie diesen Tab offen: Es werden noch Dateien gelesen.
