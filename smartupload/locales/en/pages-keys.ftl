### Which keys do something on a page: a button, and the dialog that it opens.

# A button that shows which keys there are, and what follows is in its dialog.
keys-label = Keys
keys-heading = Keys on this page
keys-search = Search
keys-upload = Choose files to upload
keys-rename = Rename the file of the row
keys-undo = Undo what was removed
keys-escape = Leave all as it is
keys-this = Show these keys
keys-on = Single letters do something
keys-close = Close
