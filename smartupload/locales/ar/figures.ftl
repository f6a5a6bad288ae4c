# Sizes in powers of 1000. $value is a number that is written as the language does, with its decimal sign.

size-bytes = { $count ->
    [zero] 0 بايت
    [one] بايت واحد
    [two] بايتان
    [few] { NUMBER($count, useGrouping: 0) } بايتات
    [many] { NUMBER($count, useGrouping: 0) } بايتًا
   *[other] { NUMBER($count, useGrouping: 0) } بايت
}
size-kb = { $value } كيلوبايت
size-mb = { $value } ميغابايت
size-gb = { $value } غيغابايت
size-tb = { $value } تيرابايت

# How long something takes, behind the word for "left" or "about": so in the genitive.

time-few = بضع ثوانٍ
time-about-s = { $end ->
    [zero] نحو 0 ثانية
    [one] نحو ثانية
    [two] نحو ثانيتين
    [few] نحو { NUMBER($end, useGrouping: 0) } ثوانٍ
    [many] نحو { NUMBER($end, useGrouping: 0) } ثانية
   *[other] نحو { NUMBER($end, useGrouping: 0) } ثانية
}
time-about-min = { $end ->
    [zero] نحو 0 دقيقة
    [one] نحو دقيقة
    [two] نحو دقيقتين
    [few] نحو { NUMBER($end, useGrouping: 0) } دقائق
    [many] نحو { NUMBER($end, useGrouping: 0) } دقيقة
   *[other] نحو { NUMBER($end, useGrouping: 0) } دقيقة
}
time-about-h = { $end ->
    [zero] نحو 0 ساعة
    [one] نحو ساعة
    [two] نحو ساعتين
    [few] نحو { NUMBER($end, useGrouping: 0) } ساعات
    [many] نحو { NUMBER($end, useGrouping: 0) } ساعة
   *[other] نحو { NUMBER($end, useGrouping: 0) } ساعة
}
# A range that ends at two begins at one.
time-range-s = { $end ->
    [zero] { NUMBER($start, useGrouping: 0) } إلى { NUMBER($end, useGrouping: 0) } ثانية
    [one] { NUMBER($start, useGrouping: 0) } إلى { NUMBER($end, useGrouping: 0) } ثانية
    [two] ثانية إلى ثانيتين
    [few] { NUMBER($start, useGrouping: 0) } إلى { NUMBER($end, useGrouping: 0) } ثوانٍ
    [many] { NUMBER($start, useGrouping: 0) } إلى { NUMBER($end, useGrouping: 0) } ثانية
   *[other] { NUMBER($start, useGrouping: 0) } إلى { NUMBER($end, useGrouping: 0) } ثانية
}
time-range-min = { $end ->
    [zero] { NUMBER($start, useGrouping: 0) } إلى { NUMBER($end, useGrouping: 0) } دقيقة
    [one] { NUMBER($start, useGrouping: 0) } إلى { NUMBER($end, useGrouping: 0) } دقيقة
    [two] دقيقة إلى دقيقتين
    [few] { NUMBER($start, useGrouping: 0) } إلى { NUMBER($end, useGrouping: 0) } دقائق
    [many] { NUMBER($start, useGrouping: 0) } إلى { NUMBER($end, useGrouping: 0) } دقيقة
   *[other] { NUMBER($start, useGrouping: 0) } إلى { NUMBER($end, useGrouping: 0) } دقيقة
}
time-range-h = { $end ->
    [zero] { NUMBER($start, useGrouping: 0) } إلى { NUMBER($end, useGrouping: 0) } ساعة
    [one] { NUMBER($start, useGrouping: 0) } إلى { NUMBER($end, useGrouping: 0) } ساعة
    [two] ساعة إلى ساعتين
    [few] { NUMBER($start, useGrouping: 0) } إلى { NUMBER($end, useGrouping: 0) } ساعات
    [many] { NUMBER($start, useGrouping: 0) } إلى { NUMBER($end, useGrouping: 0) } ساعة
   *[other] { NUMBER($start, useGrouping: 0) } إلى { NUMBER($end, useGrouping: 0) } ساعة
}
