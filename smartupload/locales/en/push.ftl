# Notifications of the system: a title and a line. $name is the name of a file.

push-ready-title = { $name } is ready
push-ready = { $size }. Open it or send the link.
push-blocked-title = { $name } was blocked
push-blocked = It did not pass the check, so nobody can open it.
push-expired-title = { $name } did not arrive in time
push-expired = It stood still for too long, so what was here has been removed. Drop the file again to start anew.
push-waits-title = { NUMBER($percent, useGrouping: 0) } % of { $name } is here
push-waits-title-none = { $name } is not here yet
push-waits = Open to continue.
push-waits-paused = You paused it. Open and press Resume.
push-failed-title = { $name } did not arrive
push-failed = Drop the file again to start anew.

# To somebody who waited for somebody else's file.

push-awaited-ready-title = { $name } has arrived
push-awaited-ready = { $size }. You wanted to know: open it now.
push-awaited-blocked = It did not pass the check, so nobody can open it. Ask the sender for another one.
push-awaited-failed = Ask the sender to send it again.
