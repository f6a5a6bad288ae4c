size-bytes =
    { $count ->
        [one] { $figure } octet
       *[other] { $figure } octets
    }
size-kb = { $figure } Ko
size-mb = { $figure } Mo
size-gb = { $figure } Go
size-tb = { $figure } To
size-of = { $done } sur { $size }
speed = { $size }/s

time-few = quelques secondes
time-about-s = environ { NUMBER($to, useGrouping: 0) } s
time-about-min = environ { NUMBER($to, useGrouping: 0) } min
time-about-h = environ { NUMBER($to, useGrouping: 0) } h
time-range-s = { NUMBER($from, useGrouping: 0) }–{ NUMBER($to, useGrouping: 0) } s
time-range-min = { NUMBER($from, useGrouping: 0) }–{ NUMBER($to, useGrouping: 0) } min
time-range-h = { NUMBER($from, useGrouping: 0) }–{ NUMBER($to, useGrouping: 0) } h
time-left = encore { $time }

moment-today = Aujourd’hui à { $time }
moment-yesterday = Hier à { $time }

kind-file = FICH

count-files =
    { $count ->
        [one] { $count } fichier
       *[other] { $count } fichiers
    }
count-many = Beaucoup de fichiers
count-of-files =
    { $all ->
        [one] { $there } sur { $all } fichier
       *[other] { $there } sur { $all } fichiers
    }
count-on-their-way =
    { $count ->
        [one] { $count } fichier en route
       *[other] { $count } fichiers en route
    }
count-withdrawn =
    { $count ->
        [one] { $count } fichier annulé
       *[other] { $count } fichiers annulés
    }
tab-title-some = { $there } sur { $all } · { $percent } %
tab-title-one = { $percent } % · 1 fichier
count-need-you =
    { $count ->
        [one] { $count } fichier vous attend
       *[other] { $count } fichiers vous attendent
    }
count-handed =
    { $count ->
        [one] { NUMBER($count, useGrouping: 0) } fichier
       *[other] { NUMBER($count, useGrouping: 0) } fichiers
    }
