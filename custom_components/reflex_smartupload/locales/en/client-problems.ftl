# What is so, and what to do, in the card of a file. $name is the file's name. Buttons and their names: Retry. In problem-folder stands the link of the page as places-pick-folder has it.

problem-empty_file = This file is empty (0 bytes), so there is nothing to upload. Check it and drop it again.
problem-file_too_large = This file is larger than the { $limit } allowed here. Split it or ask for a higher limit.
# $types as one would write them: PDF, .docx.
problem-type_not_allowed = Files of this type are not taken here. Choose one of these: { $types }.
problem-too_many_files =
    { $count ->
        [one] No more than { $count } file can be on the way here at a time. Wait until one is done, or cancel one, then drop { $name } again.
       *[other] No more than { $count } files can be on the way here at a time. Wait until one is done, or cancel one, then drop { $name } again.
    }
problem-metadata_inexact = This page cannot say exactly what { $name } belongs to, so it was not taken. Tell whoever runs this site.
problem-owner_quota_exceeded = Your space here is used up. Delete files you no longer need, then press Retry.
problem-file_changed = { $name } changed, moved or was deleted while it was being read. Choose it again: if it is as it was it goes on, else it is sent anew.
problem-other_version = Another version of { $name } is being sent by another browser. Choose the file again to send this one in its place.
problem-other_file = That is another file than { $name } ({ $size }), which was begun. Choose the original, or cancel and drop the new one.
problem-rest_needed = A part of { $name } is not in this browser. Choose it once more and it goes on to the end.
problem-file_needed = This browser has let go of the rest. Choose { $name } once more and it goes on from { $percent } %.
problem-folder = A folder cannot be read this way. Drop it on the page again or use the link “a folder”.
problem-folder_empty = This folder holds no files. Choose another one.
problem-unreadable = { $name } could not be read. Check that it still exists and that you may open it, then drop it again.
problem-upload_not_found = The server no longer knows this upload. Press Retry to send the file again.
problem-expired = This upload stood still for too long and was closed. Press Retry to send the file again.
problem-checksum_mismatch = The file arrived damaged several times. Press Retry to send it again.
problem-insecure = Uploads need a secure address (https). Open this page with https:// and try again.
problem-storage_blocked = This browser keeps nothing for this site, not even cookies, so it cannot upload. Allow cookies for this site in its settings, then open the page again.
problem-no_engine = This browser cannot run uploads in the background. Update it, or use another one.
problem-internal_error = Something went wrong on our side. Press Retry; what was sent is safe.

# What a browser still keeps after it was told to forget; $what is a list of those below.
wipe-left = Not everything could be wiped here: { $what }. Try once more, or delete this site’s data in the settings of your browser.
wipe-left-handed = what the browser sends by itself
wipe-left-sending = what the browser is sending by itself, which cannot be stopped before it has arrived
wipe-left-list = the list of files
wipe-left-copies = kept copies
wipe-no-engine = This browser did not answer, so nothing was forgotten. Load the page anew and try once more.
wipe-no-server = The copies and the list of files are wiped here, but the server did not answer, so this browser still knows your files. Try once more.
