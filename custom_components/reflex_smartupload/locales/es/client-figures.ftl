size-bytes =
    { $count ->
        [one] { $figure } byte
       *[other] { $figure } bytes
    }
size-kb = { $figure } KB
size-mb = { $figure } MB
size-gb = { $figure } GB
size-tb = { $figure } TB
size-of = { $done } de { $size }
speed = { $size }/s

# Stands behind «termina en».
time-few = unos segundos
time-about-s =
    { $to ->
        [one] cerca de { NUMBER($to, useGrouping: 0) } s
       *[other] unos { NUMBER($to, useGrouping: 0) } s
    }
time-about-min =
    { $to ->
        [one] cerca de { NUMBER($to, useGrouping: 0) } min
       *[other] unos { NUMBER($to, useGrouping: 0) } min
    }
time-about-h =
    { $to ->
        [one] cerca de { NUMBER($to, useGrouping: 0) } h
       *[other] unas { NUMBER($to, useGrouping: 0) } h
    }
time-range-s = { NUMBER($from, useGrouping: 0) }–{ NUMBER($to, useGrouping: 0) } s
time-range-min = { NUMBER($from, useGrouping: 0) }–{ NUMBER($to, useGrouping: 0) } min
time-range-h = { NUMBER($from, useGrouping: 0) }–{ NUMBER($to, useGrouping: 0) } h
time-left = termina en { $time }

moment-today = Hoy { $time }
moment-yesterday = Ayer { $time }

kind-file = ARCH

count-files =
    { $count ->
        [one] { $count } archivo
       *[other] { $count } archivos
    }
count-many = Muchos archivos
count-of-files = { $there } de { $all } archivos
count-on-their-way =
    { $count ->
        [one] { $count } archivo en camino
       *[other] { $count } archivos en camino
    }
count-withdrawn =
    { $count ->
        [one] { $count } archivo cancelado
       *[other] { $count } archivos cancelados
    }
tab-title-some = { $there } de { $all } · { $percent } %
tab-title-one = { $percent } % · 1 archivo
count-need-you =
    { $count ->
        [one] { $count } archivo requiere su atención
       *[other] { $count } archivos requieren su atención
    }
count-handed = { NUMBER($count, useGrouping: 0) } archivos
