# What pages show that the server words: lists of files and links, the page of a file, notifications.

# In the list of files, on a chip.

state-uploading = On its way, { NUMBER($percent, useGrouping: 0) } %
state-paused = Paused, { NUMBER($percent, useGrouping: 0) } %
state-verifying = Being checked
state-scanning = Being checked
state-ready = Ready
state-blocked = Blocked
state-failed = Failed
state-cancelled = Cancelled
state-expired = Expired

# Who sent a file, and by which drop link ($link is its title).

state-sent-by-you = Sent by you, by a drop link
state-sent-by = Sent by { $name } by “{ $link }”
state-sent-by-somebody = Sent by somebody by “{ $link }”
state-sent-by-old = Sent by { $name } by a drop link that is no more
state-sent-by-somebody-old = Sent by somebody by a drop link that is no more

# What a file is; $kind is an extension in capital letters, such as PNG.

state-type-file = File
state-type-pdf = PDF
state-type-kind = { $kind } file
state-type-picture = Picture
state-type-audio = Sound
state-type-video = Video
state-type-text = Text
state-type-picture-kind = Picture ({ $kind })
state-type-audio-kind = Sound ({ $kind })
state-type-video-kind = Video ({ $kind })
state-type-text-kind = Text ({ $kind })

# $time is one of time-… such as "4–6 min".

state-left = { $time } left

# The page of a file.

state-page-uploading = This page becomes the file. You can close it and come back to the same link.
state-page-paused = The sender has paused it. When they go on, this page becomes the file.
state-page-verifying = All of it is here and is being checked. This takes a moment.
state-page-scanning = All of it is here and is being checked. This takes a moment.
state-page-blocked = This file did not pass the check, so nobody can open it. Ask the sender for another one.
state-page-virus = A virus was found in this file, so nobody can open it. Tell the sender.
state-page-failed = This file did not arrive. Ask the sender to send it again.
state-page-cancelled = The sender took this file back.
state-page-expired = This file did not arrive in time. Ask the sender to send it again.
state-scan-clean = Scanned for viruses, nothing found.
state-scan-off = Not scanned for viruses.
state-scan-off-visitor = Not scanned for viruses. Open it only if you trust the sender.

# Its link, for its owner.

state-closed-revoked = Not shared: whoever opens the link is told so. You can still open and download the file.
state-closed-over = The link's last day is over. Choose a later one to share the file again.
state-closed-used = All allowed downloads were made. Allow more to share the file again.
state-link-stopped = The file is not shared any more.
state-link-works = The link works again.
state-link-no-day = This is no day that a link can end on. Choose another one, or leave the field empty.
state-link-no-number = Write the number of downloads in digits, or leave the field empty for any number.
state-link-renewed = The old link is void. Here is the new one.
state-saved = Saved.

# What may come by a drop link, a piece each; the list of them is shown with commas.

state-limit-files = { $count ->
    [one] one file
   *[other] { NUMBER($count, useGrouping: 0) } files at most
}
state-limit-size = each up to { $size }
state-limit-bytes = { $size } in all
state-limit-types = only { $types }

# What has come by a drop link.

state-arrived = { $count ->
    [one] 1 file, { $size }
   *[other] { NUMBER($count, useGrouping: 0) } files, { $size }
}
state-arrived-none = Nothing has come yet

# What a token is good for.

state-token-upload = Upload
state-token-read = Read
state-token-both = Upload and read

# How many browsers of the reader are pushed to.

state-browsers-none = No browser of yours gets them yet.
state-browsers = { $count ->
    [one] 1 browser of yours gets them.
   *[other] { NUMBER($count, useGrouping: 0) } browsers of yours get them.
}

# The list of example projects: due today or tomorrow, from which language into which others, how many words, a file that has just come.

state-project-today = Today
state-project-tomorrow = Tomorrow
state-project-languages = { $source } to { $into }
state-project-words = { $count }
state-project-arrived = Just arrived
