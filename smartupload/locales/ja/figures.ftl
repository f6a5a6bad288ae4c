size-bytes = { NUMBER($count, useGrouping: 0) } バイト
size-kb = { $value } KB
size-mb = { $value } MB
size-gb = { $value } GB
size-tb = { $value } TB

time-few = 数秒
time-about-s = 約{ NUMBER($end, useGrouping: 0) }秒
time-about-min = 約{ NUMBER($end, useGrouping: 0) }分
time-about-h = 約{ NUMBER($end, useGrouping: 0) }時間
time-range-s = { NUMBER($start, useGrouping: 0) }～{ NUMBER($end, useGrouping: 0) }秒
time-range-min = { NUMBER($start, useGrouping: 0) }～{ NUMBER($end, useGrouping: 0) }分
time-range-h = { NUMBER($start, useGrouping: 0) }～{ NUMBER($end, useGrouping: 0) }時間
