### The page behind a share link: the file, whether it is there yet, and its owner's panel.

share-title = A file for you
share-description = This page becomes the file.
share-loading = One moment…
share-missing = There is no file here
share-closed = This link is closed
share-upload-something = Upload something yourself
# Beside the file's size and date: whose it is.
share-with-you = shared with you
share-yours = your file
share-download = Download

## On its way

share-uploading = { $percent } %
share-paused = Paused at { $percent } %
share-checked = Being checked
# $since is a moment, such as “Today 11:42”.
share-still = nothing has arrived since { $since }
# Name of the bar, for screen readers.
share-bar = Upload

## Preview

share-no-preview = This browser cannot show it. Download it instead.
# $link opens the file: its words are below.
share-no-pdf = This browser shows no PDF inside of a page. { $link }
share-open = Open it
share-text-cut = Only the beginning is shown. Download it for the rest.

## The owner's panel

share-link = Link
share-only-you = Only you see this
# Name of the field with the link, for screen readers.
share-address = Link to this file
share-copy = Copy link
share-stop = Stop sharing
share-stop-question = Stop sharing? Whoever opens the link is told so, until you share it again.
share-stop-yes = Yes, stop sharing
share-again = Share again
share-renew = Make a new link
share-renew-question = Make a new link? The old one leads nowhere for good, for everybody who has it.
share-renew-yes = Yes, make a new link
share-keep = Keep
# Name of the form with the three below, for screen readers.
share-limits = Limits of the link
share-last-day = Last day
share-downloads-left = Downloads left
# In the empty field of the one before.
share-any-number = Any number
share-save-limits = Save limits
share-limited = While downloads are limited, visitors see no preview: what is shown can be saved as well.

# Opens the share sheet of the system.
share-share = Share…
share-preset-days =
    { $count ->
        [one] 1 day
       *[other] { $count } days
    }
share-preset-downloads =
    { $count ->
        [one] 1 download
       *[other] { $count } downloads
    }
share-preset-none = No limits
# Name of the buttons above, for screen readers.
share-presets = Common limits
# What the link allows now. $until is a moment, such as “Today 11:42”.
share-sum-free = Whoever has the link can open it, without limits.
share-sum-until = Whoever has the link can open it until { $until }.
share-sum-downloads =
    { $count ->
        [one] Whoever has the link can open it, and one visitor can still download.
       *[other] Whoever has the link can open it, and { $count } visitors can still download.
    }
share-sum-both =
    { $count ->
        [one] Whoever has the link can open it until { $until }, and one visitor can still download.
       *[other] Whoever has the link can open it until { $until }, and { $count } visitors can still download.
    }
share-qr = QR code
share-qr-hide = Hide QR code
# Name of the picture, for screen readers.
share-qr-name = QR code of the link

## The page of files that were given together

share-group-title = Files for you
share-group-yours = your files
share-group-download = Download all
share-group-coming =
    { $count ->
        [one] 1 file is still on its way. It appears here by itself.
       *[other] { $count } files are still on their way. They appear here by themselves.
    }
share-group-left-out =
    { $count ->
        [one] 1 file is left out: it did not arrive, or was blocked.
       *[other] { $count } files are left out: they did not arrive, or were blocked.
    }
share-group-files = Files
share-group-more = Show more
