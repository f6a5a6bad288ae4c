### The card of files that were given together, and the list of them.

group-sign-in = Sign in
group-resume = Resume all
group-retry = Retry all
group-send-now = Send all now
group-pause = Pause all
group-copy-link = Copy link
group-cancel = Cancel all
# Brings back what was just cancelled.
group-undo = Undo
# Button beside how many files need the person: lists those alone, and then all again.
group-show-problems = Show them
group-show-all = Show all
# Opens and closes the list of the files.
group-show-files = Show files
group-hide-files = Hide files
