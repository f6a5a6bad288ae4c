### By which ways somebody is told when a file is there.

notifications-heading = Notifications
notifications-sub = You do not have to wait. You are told when a file is ready, and when something stops it.
# $email is an address, in bold.
notifications-is-confirmed = { $email } is confirmed. What you have not been told yet comes in a moment.

## By mail

notifications-mail = By mail
notifications-confirmed = Confirmed
notifications-not-confirmed = Not confirmed yet
notifications-your-address = Your mail address
notifications-other-address = Another address
# An example, in the empty field.
notifications-address-example = anna@example.org
notifications-save = Save
# Another address in the place of the one that is there.
notifications-change = Change
notifications-remove = Remove
notifications-mails = Mails when a file is ready or needs you
notifications-stop-mails = Stop these mails
notifications-no-more-mails = You get no more mails.
notifications-mails-again = Send them again
notifications-mail-as-file = This site has no mail server yet, so the mail that asks lies as a file in its data folder. Open the link in it.
notifications-mail-sent = A mail is on its way there. Click the link in it within 3 days; until then nothing else is sent to it.
notifications-send-again = Send it again

## By push

notifications-push = By push
notifications-all-browsers = Messages to all your browsers
notifications-by-link = You came by the link in a mail: what you change here counts for the mails to that address only.
