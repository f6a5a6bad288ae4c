### The first page, where files are dropped.

home-heading = Upload
home-sub = Drop your files and move on. They keep going, and their links work from the first second.
# Headings of the two lists.
home-on-their-way = On their way
home-today = Today
# Two buttons of a phone.
home-camera = Take a picture
home-gallery = Pictures and films
# On the card of a file that takes long: a way to another page.
home-keep-working = Keep working

## Three steps, each with a sentence, while there are no files

home-drop = Drop it
home-drop-means = Any size. The card is there at once, and so is the link you can send.
home-move-on = Move on
home-move-on-means = Open another page, do something else. The card says when you are free to close the window.
home-come-back = Come back any time
home-come-back-means = It goes on from where it was. When all of it is there, the link becomes the file.
