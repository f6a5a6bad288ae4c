### Which keys do something on a page: a button, and the dialog that it opens.

keys-label = Touches
keys-heading = Touches de cette page
keys-search = Chercher
keys-upload = Choisir des fichiers à envoyer
keys-rename = Renommer le fichier de la ligne
keys-undo = Rétablir ce qui a été retiré
keys-escape = Tout laisser tel quel
keys-this = Afficher ces touches
keys-on = Les lettres seules font quelque chose
keys-close = Fermer
