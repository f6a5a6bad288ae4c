# Sizes, speeds, times, and how many. A figure comes as it is written in the language, $count beside it is for the plural.

size-bytes =
    { $count ->
        [one] { $figure } byte
       *[other] { $figure } bytes
    }
# Powers of 1000, as file managers and drives show them.
size-kb = { $figure } KB
size-mb = { $figure } MB
size-gb = { $figure } GB
size-tb = { $figure } TB
# $done is a figure, as 1.31, and $size a size, as 2.14 GB.
size-of = { $done } of { $size }
# $size in a second.
speed = { $size }/s

# How long it takes, as a part of the sentences below: seconds, minutes, hours.
time-few = a few seconds
time-about-s = about { NUMBER($to, useGrouping: 0) } s
time-about-min = about { NUMBER($to, useGrouping: 0) } min
time-about-h = about { NUMBER($to, useGrouping: 0) } h
time-range-s = { NUMBER($from, useGrouping: 0) }–{ NUMBER($to, useGrouping: 0) } s
time-range-min = { NUMBER($from, useGrouping: 0) }–{ NUMBER($to, useGrouping: 0) } min
time-range-h = { NUMBER($from, useGrouping: 0) }–{ NUMBER($to, useGrouping: 0) } h
# $time is one of those above.
time-left = { $time } left

# $time is a clock's, as 11:42.
moment-today = Today { $time }
moment-yesterday = Yesterday { $time }

# On the icon of a file whose name has no ending; at most four or five letters.
kind-file = FILE

count-files =
    { $count ->
        [one] { $count } file
       *[other] { $count } files
    }
# The name of a group of which nobody has said how many files it has.
count-many = Many files
count-of-files = { $there } of { $all } files
count-on-their-way =
    { $count ->
        [one] { $count } file on its way
       *[other] { $count } files on their way
    }
# In the tray, while that can be undone.
count-withdrawn =
    { $count ->
        [one] { $count } file cancelled
       *[other] { $count } files cancelled
    }
# In the title of the tab: how many are there, and how far all of them are.
tab-title-some = { $there } of { $all } · { $percent } %
tab-title-one = { $percent } % · 1 file
count-need-you =
    { $count ->
        [one] { $count } file needs you
       *[other] { $count } files need you
    }
# In the browser's own list of downloads, for two files or more.
count-handed = { NUMBER($count, useGrouping: 0) } files
