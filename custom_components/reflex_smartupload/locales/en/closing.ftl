### The panel that says what happens on each way of closing. What happens stands beside each of them.

closing-heading = What happens if I close…
closing-page = this page
closing-tab = this tab, not the last
closing-tabs = all tabs
closing-browser = the browser
closing-computer = the computer
