# Short messages in a corner of the page, which go away by themselves.

message-undo = Undo
message-open = Open
message-copy = Copy link
# The name of a button that is a cross.
message-close = Close message

message-off-list-one = { $name } is off the list.
message-off-list-many = { $count } files are off the list.
message-not-found-again = The file was not found there, or reading it was not allowed. Choose it with “Choose file”.
message-deleted = { $name } is deleted.
message-not-deleted = { $name } could not be deleted. Try it once more.
message-deleted-many = { $count } files are deleted.
message-not-deleted-many =
    { $count ->
        [one] { $count } file could not be deleted. Try it once more.
       *[other] { $count } files could not be deleted. Try it once more.
    }
message-wiping = Wiping what is kept here…
message-signing-out = Signing out…
message-no-answer = The server did not answer. Try it once more.
message-link-copied = Link copied.
message-links-copied = { $count } links copied.
message-not-copied = The browser does not let this page copy. Allow it, and try again.
message-copy-this = Copy this link: { $link }
message-no-group-link = There is no link for these files yet. Try it again in a moment.

ended-ready = { $name } is ready.
ended-blocked = { $name } was blocked.
ended-failed = { $name } failed.
# $why is a whole sentence.
ended-blocked-why = { $name } was blocked. { $why }
ended-failed-why = { $name } failed. { $why }
# $what is a list: the first of it has the word for files, the others have not.
ended-all = { $what }.
ended-first-ready =
    { $count ->
        [one] { $count } file is ready
       *[other] { $count } files are ready
    }
ended-first-blocked =
    { $count ->
        [one] { $count } file was blocked
       *[other] { $count } files were blocked
    }
ended-first-failed =
    { $count ->
        [one] { $count } file failed
       *[other] { $count } files failed
    }
ended-next-ready =
    { $count ->
        [one] { $count } is ready
       *[other] { $count } are ready
    }
ended-next-blocked =
    { $count ->
        [one] { $count } was blocked
       *[other] { $count } were blocked
    }
ended-next-failed = { $count } failed

# Said by a screen reader when a card changes; $what is a state in words, or a sentence.
spoken-one = { $name }: { $what }
# Both are what is above.
spoken-two = { $first }. { $second }
# States of which a card says nothing in words, for $what above.
spoken-ready = ready
spoken-uploading = on its way
spoken-blocked = blocked
spoken-failed = failed
# Of a file that was just cancelled.
spoken-withdrawn = cancelled; can be undone for 10 seconds, then it is deleted

group-files-label = Files of { $name }
group-files-label-only = Files of { $name } that need you

# The name of the control by which one chooses the language.
language-label = Language
language-away = The words of this language could not be fetched. Try it once more.

# Files that another app has shared with this one.
message-shared-lost = What was shared could not be kept in this browser. Choose it here instead.
message-shared-foreign = Nothing was taken: only apps of this device can share files with this one, once it is installed. Choose the files here instead.
