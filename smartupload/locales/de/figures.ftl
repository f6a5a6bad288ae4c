size-bytes = { $count ->
    [one] 1 Byte
   *[other] { NUMBER($count, useGrouping: 0) } Bytes
}
size-kb = { $value } KB
size-mb = { $value } MB
size-gb = { $value } GB
size-tb = { $value } TB

time-few = ein paar Sekunden
time-about-s = etwa { NUMBER($end, useGrouping: 0) } s
time-about-min = etwa { NUMBER($end, useGrouping: 0) } min
time-about-h = etwa { NUMBER($end, useGrouping: 0) } h
time-range-s = { NUMBER($start, useGrouping: 0) }–{ NUMBER($end, useGrouping: 0) } s
time-range-min = { NUMBER($start, useGrouping: 0) }–{ NUMBER($end, useGrouping: 0) } min
time-range-h = { NUMBER($start, useGrouping: 0) }–{ NUMBER($end, useGrouping: 0) } h
