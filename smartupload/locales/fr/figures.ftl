size-bytes = { $count ->
    [one] { NUMBER($count, useGrouping: 0) } octet
   *[other] { NUMBER($count, useGrouping: 0) } octets
}
size-kb = { $value } Ko
size-mb = { $value } Mo
size-gb = { $value } Go
size-tb = { $value } To

time-few = quelques secondes
time-about-s = environ { NUMBER($end, useGrouping: 0) } s
time-about-min = environ { NUMBER($end, useGrouping: 0) } min
time-about-h = environ { NUMBER($end, useGrouping: 0) } h
time-range-s = { NUMBER($start, useGrouping: 0) }–{ NUMBER($end, useGrouping: 0) } s
time-range-min = { NUMBER($start, useGrouping: 0) }–{ NUMBER($end, useGrouping: 0) } min
time-range-h = { NUMBER($start, useGrouping: 0) }–{ NUMBER($end, useGrouping: 0) } h
