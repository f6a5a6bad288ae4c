### The card of one file: its buttons, and its state in a word. `group` and `tray` have the rest.

## The state, in one or two words on a coloured ground

card-waiting = Waiting
card-being-checked = Being checked
card-blocked = Blocked
card-failed = Failed
card-expired = Expired
card-cancelled = Cancelled
# The browser has the file no more; a person has to choose it once more.
card-file-needed = File needed

## Buttons

card-sign-in = Sign in
# One click finds the file again. In a list, where the name stands beside the button.
card-show-again = Show me again
# The same on a card; $name is the name of the file.
card-show-name-again = Show me { $name } again
card-choose-file = Choose file
card-resume = Resume
card-retry = Retry
# Something stands between browser and store; beside this button it is tried by itself.
card-try-again = Try again
# It waits for Wi-Fi; beside this button it goes on by itself when there is some.
card-send-now = Send now
card-pause = Pause
card-download = Download
card-copy-link = Copy link
card-cancel = Cancel
# Brings back what was just cancelled.
card-undo = Undo
# Name of a button with a cross.
card-remove = Remove from this list

## The bar, as screen readers say it

# $name is the name of the file.
card-upload-of = Upload of { $name }
# $safe: how much of it nobody can lose any more, in this browser or in the store.
card-progress = { $percent } % uploaded, { $safe } % safe
