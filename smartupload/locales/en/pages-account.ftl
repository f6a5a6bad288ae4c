### Signing in and out, the account, and the tokens of programs.

account-sign-in = Sign in
account-sign-out = Sign out

## The question before a sign-out

account-sign-out-question = Sign out while files are on their way?
account-sign-out-means = What this browser keeps of your files is wiped, so that nobody else finds it here. Files that are not all there yet stop: once you have signed in again they go on when you choose them once more. What has arrived is not sent again.
account-stay = Stay

## The question after a sign-in

account-take-over =
    { $files ->
        [one] Before you signed in, one file was uploaded in this browser, or begun. Were you the one who did that?
       *[other] Before you signed in, { NUMBER($files, useGrouping: 0) } files were uploaded in this browser, or begun. Were you the one who did that?
    }
account-take-along = Take them along
account-leave = Leave them

## The page

account-heading = Account
account-sub = Who you are here, who may send you files, and which programs act for you.
account-you = You
# $name is in bold.
account-signed-in-as = You are signed in as { $name }.
# “Forget on this device” is forget-label.
account-nobody = Your files belong to this browser. “Forget on this device” leaves tokens as they are: revoke them before, since afterwards only their end date stops them.
