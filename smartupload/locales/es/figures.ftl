size-bytes = { $count ->
    [one] 1 byte
   *[other] { NUMBER($count, useGrouping: 0) } bytes
}
size-kb = { $value } KB
size-mb = { $value } MB
size-gb = { $value } GB
size-tb = { $value } TB

# Stands behind «termina en».

time-few = unos segundos
time-about-s = { $end ->
    [one] cerca de { NUMBER($end, useGrouping: 0) } s
   *[other] unos { NUMBER($end, useGrouping: 0) } s
}
time-about-min = { $end ->
    [one] cerca de { NUMBER($end, useGrouping: 0) } min
   *[other] unos { NUMBER($end, useGrouping: 0) } min
}
time-about-h = { $end ->
    [one] cerca de { NUMBER($end, useGrouping: 0) } h
   *[other] unas { NUMBER($end, useGrouping: 0) } h
}
time-range-s = { NUMBER($start, useGrouping: 0) }–{ NUMBER($end, useGrouping: 0) } s
time-range-min = { NUMBER($start, useGrouping: 0) }–{ NUMBER($end, useGrouping: 0) } min
time-range-h = { NUMBER($start, useGrouping: 0) }–{ NUMBER($end, useGrouping: 0) } h
