### Drop links, with which others send files without an account, on the page of the account.

drops-heading = Drop links
drops-sub = Whoever has such a link sends you files without an account. They see nothing of yours.
drops-open = Open
drops-closed = Closed
# Among other facts of a link; $ends is a moment, such as “3 Mar 2027”.
drops-until = until { $ends }
drops-delete-question = Delete the link? What came by it stays.
drops-delete-yes = Yes, delete it

## Buttons, and the same with the title of the link for screen readers

drops-copy = Copy link
drops-copy-of = Copy link: { $title }
drops-close = Close
drops-close-of = Close: { $title }
drops-delete = Delete
drops-delete-of = Delete: { $title }

## The form for a new one

# Name of the form, for screen readers.
drops-form = A new drop link
drops-title = What you ask for
# An example, in the empty field.
drops-title-example = Your tax papers
drops-asker = Who asks, if it is to be shown
# Followed by a choice of the times below.
drops-ends-after = Ends after
drops-day = a day
drops-week = a week
drops-two-weeks = two weeks
drops-days-30 = 30 days
drops-days-90 = 90 days
drops-limits = Limits
# How many files may come.
drops-files = Files
drops-size = MB a file
drops-bytes = MB in all
drops-types = Kinds of files
# An example, in the empty field.
drops-types-example = image/*, .pdf
drops-make = Make a link
