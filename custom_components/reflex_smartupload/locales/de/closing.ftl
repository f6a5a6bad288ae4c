### The panel that says what happens on each way of closing. What happens stands beside each of them.

closing-heading = Was passiert, wenn ich … schließe
closing-page = diese Seite
closing-tab = diesen Tab, nicht den letzten
closing-tabs = alle Tabs
closing-browser = den Browser
closing-computer = den Computer
