### The tokens of a person's programs, on the page of the account.

tokens-heading = Tokens for programs
tokens-copy-now = Copy it now: it is shown this once.
# Name of the field with the token, for screen readers.
tokens-new = The new token
tokens-copy = Copy
tokens-done = Done
tokens-expired = Expired
# $used and $ends are moments, such as “Today 11:42”.
tokens-used-ends = Last used { $used }, ends { $ends }
tokens-used-ended = Last used { $used }, ended { $ends }
tokens-never-used-ends = Never used, ends { $ends }
tokens-never-used-ended = Never used, ended { $ends }
tokens-revoke = Revoke
# The same for screen readers; $name is the name of the token.
tokens-revoke-name = Revoke { $name }
tokens-revoke-question = Revoke it? Programs that use it stop at once.
tokens-revoke-yes = Yes, revoke it

## The form for a new one

# Name of the form, for screen readers.
tokens-form = A new token
tokens-name = Name of the new token
# An example, in the empty field.
tokens-name-example = Nightly backup
tokens-good-for = What it is good for
tokens-upload = Upload files
tokens-read = See and download your files
# Followed by a choice of the times below.
tokens-ends-after = Ends after
tokens-week = a week
tokens-days-30 = 30 days
tokens-days-90 = 90 days
tokens-year = a year
tokens-make = Make a token
