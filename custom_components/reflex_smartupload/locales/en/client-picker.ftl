# What is said when something is dropped or pasted that is not taken, and of a folder's files that are left out.

place-drop-several = This page has several places for files. Drop it on one of them.
place-paste-several = This page has several places for files. Go to one of them with the Tab key, then paste it once more.
place-drop-none = This page takes no files just now. Open the place for them, then drop it there.
place-paste-none = This page takes no files just now. Open the place for them, then paste it there.

no-file-link = That is a link and not a file. Save what it leads to, then drop the file here.
no-file-picture = That is a picture of a page and not a file. Save it first, then drop the file here.
no-file-text = That is text and not a file. Save it as a file, then choose that one.

left-out-one = { $name } was left out: the system keeps it for itself.
left-out-many = { $count } files that the system keeps for itself, such as { $name }, were left out.

# What is seen in large while files are dragged over the page: what they are, and below it where they go.
drag-some = Files
# A folder looks like a file of no known type until it is dropped.
drag-mixed =
    { $count ->
        [one] A file or a folder
       *[other] { $count } files or folders
    }
drag-here = Drop anywhere on this page.
# $place is a heading of the page.
drag-into = Drop anywhere, into “{ $place }”.
