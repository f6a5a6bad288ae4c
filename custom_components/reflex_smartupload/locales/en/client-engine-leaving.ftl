# Whether one may close the window, and what happens then. What is said here has to be true to the word: people rely on it.

leaving-continues = Safe. You can close this window. It goes on by itself.
leaving-return = Safe. You can close this window. It continues when you are back.
# Resume is the button of this card.
leaving-paused = Safe. You can close this window. It stays paused until you press Resume.
# Send now is a button of this card.
leaving-waits = Safe. You can close this window. It waits for another line, or until you press Send now.
leaving-full = Keep a tab of this site open until it is done: this browser’s storage is full.
leaving-none = Keep a tab of this site open until it is done: this browser keeps nothing for later.
leaving-seconds =
    { $count ->
        [one] Keep this tab open for { $count } more second. Not safe yet: { $size }.
       *[other] Keep this tab open for { $count } more seconds. Not safe yet: { $size }.
    }
leaving-minutes =
    { $count ->
       *[other] Keep this tab open for about { NUMBER($count, useGrouping: 0) } more minutes. Not safe yet: { $size }.
    }
# For several files; no full stop.
leaving-all-moment = Keep this tab open for a moment
leaving-all-seconds =
    { $count ->
        [one] { $count } more second until you can close everything
       *[other] { $count } more seconds until you can close everything
    }
leaving-all-minutes =
    { $count ->
       *[other] about { NUMBER($count, useGrouping: 0) } more minutes until you can close everything
    }

# $time is a time, as 4–6 min.
wait-itself = You don’t need to wait here: { $time } to go.
wait-meanwhile = You don’t need to wait here: { $time } to go, and it goes on while you work on other pages and in other tabs.

# What happens to what is on its way if one closes this page, this tab, all tabs, the browser, or switches the computer off: each beside its place, so no sentence.
closing-paused = stays paused
# It waits for Wi-Fi.
closing-waits = waits as before
closing-on = goes on
closing-itself = goes on by itself
closing-opened = goes on when it is next opened
closing-back = goes on when you are back
closing-little = goes on for a little while, then when you are back
closing-minutes = goes on for 5 minutes, then when you are back
closing-minutes-safe = goes on for 5 minutes; keep it open until it is safe
closing-asked = you are asked for the file again
