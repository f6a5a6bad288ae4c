# What a page says of files by itself, before the engine has heard of them: the first of what client-engine-states.ftl and client-engine-leaving.ftl say later.

state-no_server = the server of this page takes no uploads yet, goes on when it does
state-starting = getting ready
# Of a file that was just cancelled; Undo is the button beside it.
state-withdrawn = can be undone for 10 seconds, then it is deleted
leaving-moment = Keep this tab open for a moment, then you can leave.
# $size: how much of the file is neither in the store nor kept in this browser, as “40 MB”.
leaving-moment-size = Keep this tab open for a moment. Not safe yet: { $size }.
leaving-read = Keep this tab open: more files are being read.
