# What a card says of the state of its file, in few words, beside figures; no sentence, so it begins in lower case and has no full stop.

state-paused = paused by you
state-paused_handed = paused by you; your browser still sends what it was given
state-no_connection = no connection, goes on when it is back
state-server_away = the server is away, goes on when it is back
state-too_many_requests = much was asked from here just now, goes on by itself in a while
state-too_many_open_uploads = many files are on their way already, this one begins when some of them are done
state-site_full = there is no room on this site just now, goes on when there is
# The store is where the bytes of the files go: another computer than the server.
state-store_unreachable = the store cannot be reached, goes on when it is back
state-store_shut = the store does not let this site in; nothing is lost, tell whoever runs it
state-store_full = the store is full; nothing is lost, and it goes on when there is room
state-store_away = the store is busy, goes on by itself
state-signed_out = you are signed out; sign in, and it goes on
state-store_private = this browser does not let the page reach the store, which is in a private network: allow it to reach devices on the local network; goes on after that
state-way_closed = something between this browser and the store keeps them apart: a filter of this network, or the store does not know this site; tried again by itself
state-way_cut = the line to the store is cut before a part is through; tried again from time to time
state-way_gateway = something before the store answers that it is away, goes on when it is back
state-way_proxy = the proxy of this network wants you to sign in first; goes on after that
state-way_refused = something between this browser and the store refuses the upload; ask who runs this network, or use another one; tried again by itself
state-way_too_large = something between this browser and the store lets no upload of this size through; ask who runs this network, or use another one; tried again from time to time
# A café or a hotel whose network shows a page of its own before it lets anything through.
state-portal = this network asks you to sign in first; goes on after that
# $size: how much of it is left, as 700 MB. Beside it is the button that sends it all the same.
state-metered = waits for Wi-Fi: { $size } would go over mobile data
# The person has told the system or the browser to save data.
state-saving = waits, since this device saves data: { $size } would go out
state-queued = next in line
state-handed = sent by the browser itself
state-anew = begun anew, from the first byte
# A copy is made in the browser's own storage, so that the file is not lost when the window is closed.
state-staging = being made safe in this browser
state-verifying = being checked
state-scanning = being checked
state-cancelled = cancelled
state-withdrawn_handed = your browser still sends what it was given; can be undone for 10 seconds, then it is deleted
state-cancelled_handed = your browser still sends what it was given; it is thrown away
state-expired = expired
state-duplicate = already on its way: this is the same file
# Retry is the button of this card.
state-crowded = no more can be on the way here just now; wait until one is done, then press Retry
state-elsewhere = on its way from another browser
state-unstaged = this window keeps nothing for later
