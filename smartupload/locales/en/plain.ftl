# Pages that the server writes itself: of a share link, of an address that is to be confirmed, of a sign-in that did not work.

plain-download = Download
plain-unscanned = Not scanned for viruses. Open it only if you trust the sender.
plain-not-signed-in = You are not signed in
plain-sign-in = Sign in
plain-file-not-found = File not found
plain-link-closed = This link is closed
plain-confirm-title = Confirm this address
# $site is the name of the site, such as files.example.org.
plain-confirm = { $site } will write to { $address } when a file is ready, or needs you.
plain-confirm-button = Confirm
plain-stopped = You will get no more mails from here.
plain-drop = Send files. No account is needed.

# What a preview of the link says in a chat, below the file's name: "2.14 GB, ready to download".

plain-file-uploading = { $size }, on its way ({ $percent } % is here)
plain-file-checked = { $size }, here, and being checked
plain-file-ready = { $size }, ready to download
plain-file-blocked = { $size }, did not pass the check
plain-file-failed = { $size }, did not arrive
plain-file-expired = { $size }, did not arrive in time
plain-group-files = files
plain-group-title = Files for you
