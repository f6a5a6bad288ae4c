# Sizes in powers of 1000. $value is a number that is written as the language does, with its decimal sign.

size-bytes = { $count ->
    [one] 1 byte
   *[other] { NUMBER($count, useGrouping: 0) } bytes
}
size-kb = { $value } KB
size-mb = { $value } MB
size-gb = { $value } GB
size-tb = { $value } TB

# How long something takes, with no word behind it: "4–6 min". s, min and h are seconds, minutes and hours.

time-few = a few seconds
time-about-s = about { NUMBER($end, useGrouping: 0) } s
time-about-min = about { NUMBER($end, useGrouping: 0) } min
time-about-h = about { NUMBER($end, useGrouping: 0) } h
time-range-s = { NUMBER($start, useGrouping: 0) }–{ NUMBER($end, useGrouping: 0) } s
time-range-min = { NUMBER($start, useGrouping: 0) }–{ NUMBER($end, useGrouping: 0) } min
time-range-h = { NUMBER($start, useGrouping: 0) }–{ NUMBER($end, useGrouping: 0) } h
