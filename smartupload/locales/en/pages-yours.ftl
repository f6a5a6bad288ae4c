### What is kept of a person: the controls at the end of a page, and the question before all of it is deleted.

yours-account = Account
# The button, and the heading of what it opens.
yours-data = Your data
# $link gets the archive: its words are below.
yours-along = { $link }: one archive with all that this site keeps of you, and your files or, for large ones, addresses that are good for a day.
yours-along-link = Take all of it along
yours-delete = Or have all of it deleted: every file and every upload, every link that you sent, your mail address, and what this browser keeps. { $warning } What was done stays on record for a while, without names.
# $warning of the sentences above, in bold.
yours-warning = Nobody can bring any of it back.
yours-delete-yes = Delete everything of mine
