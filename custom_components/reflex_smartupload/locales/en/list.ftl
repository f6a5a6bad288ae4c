### Lists of cards.

# Button: what is done leaves the list, the files stay.
list-clear = Clear list
# Name of a list without a heading, for screen readers.
list-files = Files
