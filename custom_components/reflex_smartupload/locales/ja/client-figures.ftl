size-bytes =
    { $count ->
       *[other] { $figure } バイト
    }
size-kb = { $figure } KB
size-mb = { $figure } MB
size-gb = { $figure } GB
size-tb = { $figure } TB
size-of = { $done } / { $size }
speed = { $size }/秒

time-few = 数秒
time-about-s = 約{ NUMBER($to, useGrouping: 0) }秒
time-about-min = 約{ NUMBER($to, useGrouping: 0) }分
time-about-h = 約{ NUMBER($to, useGrouping: 0) }時間
time-range-s = { NUMBER($from, useGrouping: 0) }～{ NUMBER($to, useGrouping: 0) }秒
time-range-min = { NUMBER($from, useGrouping: 0) }～{ NUMBER($to, useGrouping: 0) }分
time-range-h = { NUMBER($from, useGrouping: 0) }～{ NUMBER($to, useGrouping: 0) }時間
time-left = 残り{ $time }

moment-today = 今日 { $time }
moment-yesterday = 昨日 { $time }

kind-file = FILE

count-files = { $count }件のファイル
count-many = 多数のファイル
count-of-files = { $all }件中{ $there }件
count-on-their-way = { $count }件をアップロード中
count-withdrawn = { $count }件をキャンセルしました
tab-title-some = { $there } / { $all } · { $percent }%
tab-title-one = { $percent }% · 1件
count-need-you = { $count }件のファイルで対応が必要です
count-handed = { NUMBER($count, useGrouping: 0) }件のファイル
