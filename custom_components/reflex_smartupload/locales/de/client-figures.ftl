size-bytes =
    { $count ->
        [one] { $figure } Byte
       *[other] { $figure } Bytes
    }
size-kb = { $figure } KB
size-mb = { $figure } MB
size-gb = { $figure } GB
size-tb = { $figure } TB
size-of = { $done } von { $size }
speed = { $size }/s

time-few = ein paar Sekunden
time-about-s = etwa { NUMBER($to, useGrouping: 0) } s
time-about-min = etwa { NUMBER($to, useGrouping: 0) } min
time-about-h = etwa { NUMBER($to, useGrouping: 0) } h
time-range-s = { NUMBER($from, useGrouping: 0) }–{ NUMBER($to, useGrouping: 0) } s
time-range-min = { NUMBER($from, useGrouping: 0) }–{ NUMBER($to, useGrouping: 0) } min
time-range-h = { NUMBER($from, useGrouping: 0) }–{ NUMBER($to, useGrouping: 0) } h
time-left = noch { $time }

moment-today = Heute { $time }
moment-yesterday = Gestern { $time }

kind-file = DATEI

count-files =
    { $count ->
        [one] { $count } Datei
       *[other] { $count } Dateien
    }
count-many = Viele Dateien
count-of-files = { $there } von { $all } Dateien
count-on-their-way =
    { $count ->
        [one] { $count } Datei unterwegs
       *[other] { $count } Dateien unterwegs
    }
count-withdrawn =
    { $count ->
        [one] { $count } Datei abgebrochen
       *[other] { $count } Dateien abgebrochen
    }
tab-title-some = { $there } von { $all } · { $percent } %
tab-title-one = { $percent } % · 1 Datei
count-need-you =
    { $count ->
        [one] { $count } Datei wartet auf Sie
       *[other] { $count } Dateien warten auf Sie
    }
count-handed =
    { $count ->
        [one] { NUMBER($count, useGrouping: 0) } Datei
       *[other] { NUMBER($count, useGrouping: 0) } Dateien
    }
