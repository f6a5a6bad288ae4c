# How a person is told that a file is there: by a push to this browser, or by mail.

notify-told = We will tell you
notify-confirm = Look into your mailbox and confirm the address.
notify-mail = Mail me
# In an empty field for an address, as an example.
notify-example = you@example.org
# Above the field for an address.
notify-or-mail = Or leave an e-mail address:
notify-home-screen-mail = On this device, messages come once this site is on the home screen. Leave an e-mail address instead:
notify-blocked-mail = Messages from this site are blocked in this browser. Leave an e-mail address instead:
notify-unable-mail = This browser takes no messages while the page is closed. Leave an e-mail address instead:
notify-home-screen = On this device, messages come once this site is on the home screen.
notify-blocked = Messages from this site are blocked in this browser.
notify-unable = This browser takes no messages while the page is closed.

# Allow is the button in the browser's own question.
notify-dismissed = Nothing was allowed yet. Press it again and choose “Allow”.
notify-silent = The message service of this browser does not answer. Try again when you are online.
notify-refused = This browser could not be set up for messages. Try again in a moment.
notify-away = The server does not answer just now. Try again in a moment.
