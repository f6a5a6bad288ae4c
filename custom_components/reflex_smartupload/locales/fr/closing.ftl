### The panel that says what happens on each way of closing. What happens stands beside each of them.

closing-heading = Que se passe-t-il si je ferme…
closing-page = cette page
closing-tab = cet onglet, pas le dernier
closing-tabs = tous les onglets
closing-browser = le navigateur
closing-computer = l’ordinateur
