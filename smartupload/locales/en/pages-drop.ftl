### The page of a drop link, for whoever sends files without an account.

drop-loading = One moment…
drop-missing = There is no such link
drop-closed = This link is closed
# $asker, who asks, is in bold.
drop-asked-by = { $asker } asks you for files. You need no account. Only who asks sees what you send.
drop-asked = You are asked for files. You need no account. Only who asks sees what you send.
# In a list of limits; $until is a moment, such as “3 Mar 2027”.
drop-until = until { $until }
drop-name = Your name, if you like
# $name is in bold.
drop-in-the-name-of = Sent in the name of { $name }
drop-no-cookies = This browser keeps no cookies, so nothing can be sent from it.
# Headings of the two lists.
drop-on-their-way = On their way
drop-sent = Sent
