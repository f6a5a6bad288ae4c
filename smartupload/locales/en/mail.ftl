# Mails. $name is the name of a file, $site that of the site, such as files.example.org.

# The state of a file, in a word or two, on a chip.

mail-state-ready = Ready
mail-state-blocked = Blocked
mail-state-expired = Expired
mail-state-failed = Failed
mail-state-waits = Waits at { NUMBER($percent, useGrouping: 0) } %
mail-state-waits-paused = Paused at { NUMBER($percent, useGrouping: 0) } %

# To whom sent the file: the title, which is the subject, and what stands below it.

mail-ready-title = { $name } is ready
mail-ready = All of it is here. Open it, or send its link to whoever waits for it.
mail-ready-unscanned = All of it is here. Open it, or send its link to whoever waits for it. It was not scanned for viruses.
mail-blocked-title = { $name } was blocked
mail-blocked = It did not pass the check, so nobody can open it.
mail-expired-title = { $name } did not arrive in time
mail-expired = It stood still for too long, so what was here has been removed. Drop the file again to start anew.
mail-failed-title = { $name } did not arrive
mail-failed = It did not arrive. Drop the file again.
mail-waits-title = { NUMBER($percent, useGrouping: 0) } % of { $name } is here, open to continue
mail-waits-title-none = { $name } is not here yet, open to continue
mail-waits = Open the page in the browser that you sent it from, and it goes on by itself.
mail-waits-until = Open the page in the browser that you sent it from, and it goes on by itself. What is here is kept until { $day }.
mail-waits-paused = You paused it. Open the page in the browser that you sent it from, and press Resume.
mail-waits-paused-until = You paused it. Open the page in the browser that you sent it from, and press Resume. What is here is kept until { $day }.

# To somebody else, who waited for the file.

mail-awaited-ready-title = The file you waited for is here: { $name }
mail-awaited-ready = You wanted to know: all of it is here now.
mail-awaited-ready-unscanned = You wanted to know: all of it is here now. It was not scanned for viruses.
mail-awaited-blocked-title = The file you waited for was blocked: { $name }
mail-awaited-blocked = It did not pass the check, so nobody can open it. Ask the sender for another one.
mail-awaited-expired = It did not arrive in time. Ask the sender to send it again.
mail-awaited-failed-title = The file you waited for did not arrive: { $name }
mail-awaited-failed = It did not arrive. Ask the sender to send it again.

# Buttons.

mail-open = Open the file
mail-open-files = Open Files
mail-see-file = See the file's page
mail-see-its = See its page
mail-send-again = Send it again
mail-continue = Continue

# Several files in one mail: what came of the first kind, then what came of others, such as "2 files are ready, 1 was blocked".

mail-and = { $said }, { $next }
mail-several-ready = { $count ->
    [one] 1 file is ready
   *[other] { NUMBER($count, useGrouping: 0) } files are ready
}
mail-also-ready = { $count ->
    [one] 1 is ready
   *[other] { NUMBER($count, useGrouping: 0) } are ready
}
mail-several-blocked = { $count ->
    [one] 1 file was blocked
   *[other] { NUMBER($count, useGrouping: 0) } files were blocked
}
mail-also-blocked = { $count ->
    [one] 1 was blocked
   *[other] { NUMBER($count, useGrouping: 0) } were blocked
}
mail-several-failed = { $count ->
    [one] 1 file did not arrive
   *[other] { NUMBER($count, useGrouping: 0) } files did not arrive
}
mail-also-failed = { $count ->
    [one] 1 did not arrive
   *[other] { NUMBER($count, useGrouping: 0) } did not arrive
}
mail-several-expired = { $count ->
    [one] 1 file did not arrive in time
   *[other] { NUMBER($count, useGrouping: 0) } files did not arrive in time
}
mail-also-expired = { $count ->
    [one] 1 did not arrive in time
   *[other] { NUMBER($count, useGrouping: 0) } did not arrive in time
}
mail-several-waits = { $count ->
    [one] 1 file waits to go on
   *[other] { NUMBER($count, useGrouping: 0) } files wait to go on
}
mail-also-waits = { $count ->
    [one] 1 waits to go on
   *[other] { NUMBER($count, useGrouping: 0) } wait to go on
}

# Below the list of files that are shown.

mail-more = And { NUMBER($count, useGrouping: 0) } more, all of them under Files.

# A file in the plain text of a mail.

mail-file = { $name }, { $size }
mail-line = { $name }, { $size }: { $state }

# At the foot.

mail-foot = You get this mail because somebody gave this address at { $site }.
mail-manage = Change the address or stop these mails

# Asks whether an address is right.

mail-confirm-subject = Confirm this address for { $site }
mail-confirm-title = Is this your address?
mail-confirm = Somebody, probably you, asked { $site } to write to { $address } when files are ready. Confirm the address, and you get what has happened since.
mail-confirm-button = Yes, write to me here
mail-confirm-foot = The link is good for { NUMBER($days, useGrouping: 0) } days. If it was not you, do nothing: no other mail will come.

# To administrators, about files that were blocked.

mail-admin = Blocked: { $name }
mail-admin-several = Blocked: { $name } and { NUMBER($count, useGrouping: 0) } more
mail-admin-reason = { $reason } Upload { $upload }.
mail-admin-foot = You get this mail because { $site } names you as one of its administrators (ADMIN_EMAILS).
