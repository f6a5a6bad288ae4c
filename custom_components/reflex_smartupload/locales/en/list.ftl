### Lists of cards.

# Button: what is done leaves the list, the files stay.
list-clear = Clear list
# Name of a list without a heading, for screen readers.
list-files = Files
# What the two shades of a bar mean, each beside its shade, above the list; no sentences.
list-legend-sent = uploaded
list-legend-safe = safe in this browser
