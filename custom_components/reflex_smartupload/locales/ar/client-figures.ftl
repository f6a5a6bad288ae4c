# Sizes, speeds, times, and how many. A figure comes as it is written in the language, $count beside it is for the plural.
# Around % stands U+200E: else the sign changes its side behind an Arabic letter.

size-bytes =
    { $count ->
        [zero] { $figure } بايت
        [one] بايت واحد
        [two] بايتان
        [few] { $figure } بايتات
        [many] { $figure } بايتًا
       *[other] { $figure } بايت
    }
size-kb = { $figure } كيلوبايت
size-mb = { $figure } ميغابايت
size-gb = { $figure } غيغابايت
size-tb = { $figure } تيرابايت
size-of = { $done } من { $size }
speed = { $size }/ث

# Behind the word for "left" or "about": so in the genitive.
time-few = بضع ثوانٍ
time-about-s =
    { $to ->
        [zero] نحو 0 ثانية
        [one] نحو ثانية
        [two] نحو ثانيتين
        [few] نحو { NUMBER($to, useGrouping: 0) } ثوانٍ
        [many] نحو { NUMBER($to, useGrouping: 0) } ثانية
       *[other] نحو { NUMBER($to, useGrouping: 0) } ثانية
    }
time-about-min =
    { $to ->
        [zero] نحو 0 دقيقة
        [one] نحو دقيقة
        [two] نحو دقيقتين
        [few] نحو { NUMBER($to, useGrouping: 0) } دقائق
        [many] نحو { NUMBER($to, useGrouping: 0) } دقيقة
       *[other] نحو { NUMBER($to, useGrouping: 0) } دقيقة
    }
time-about-h =
    { $to ->
        [zero] نحو 0 ساعة
        [one] نحو ساعة
        [two] نحو ساعتين
        [few] نحو { NUMBER($to, useGrouping: 0) } ساعات
        [many] نحو { NUMBER($to, useGrouping: 0) } ساعة
       *[other] نحو { NUMBER($to, useGrouping: 0) } ساعة
    }
# A range that ends at two begins at one.
time-range-s =
    { $to ->
        [zero] { NUMBER($from, useGrouping: 0) } إلى { NUMBER($to, useGrouping: 0) } ثانية
        [one] { NUMBER($from, useGrouping: 0) } إلى { NUMBER($to, useGrouping: 0) } ثانية
        [two] ثانية إلى ثانيتين
        [few] { NUMBER($from, useGrouping: 0) } إلى { NUMBER($to, useGrouping: 0) } ثوانٍ
        [many] { NUMBER($from, useGrouping: 0) } إلى { NUMBER($to, useGrouping: 0) } ثانية
       *[other] { NUMBER($from, useGrouping: 0) } إلى { NUMBER($to, useGrouping: 0) } ثانية
    }
time-range-min =
    { $to ->
        [zero] { NUMBER($from, useGrouping: 0) } إلى { NUMBER($to, useGrouping: 0) } دقيقة
        [one] { NUMBER($from, useGrouping: 0) } إلى { NUMBER($to, useGrouping: 0) } دقيقة
        [two] دقيقة إلى دقيقتين
        [few] { NUMBER($from, useGrouping: 0) } إلى { NUMBER($to, useGrouping: 0) } دقائق
        [many] { NUMBER($from, useGrouping: 0) } إلى { NUMBER($to, useGrouping: 0) } دقيقة
       *[other] { NUMBER($from, useGrouping: 0) } إلى { NUMBER($to, useGrouping: 0) } دقيقة
    }
time-range-h =
    { $to ->
        [zero] { NUMBER($from, useGrouping: 0) } إلى { NUMBER($to, useGrouping: 0) } ساعة
        [one] { NUMBER($from, useGrouping: 0) } إلى { NUMBER($to, useGrouping: 0) } ساعة
        [two] ساعة إلى ساعتين
        [few] { NUMBER($from, useGrouping: 0) } إلى { NUMBER($to, useGrouping: 0) } ساعات
        [many] { NUMBER($from, useGrouping: 0) } إلى { NUMBER($to, useGrouping: 0) } ساعة
       *[other] { NUMBER($from, useGrouping: 0) } إلى { NUMBER($to, useGrouping: 0) } ساعة
    }
time-left = يتبقى { $time }

moment-today = اليوم { $time }
moment-yesterday = أمس { $time }

kind-file = ملف

count-files =
    { $count ->
        [zero] لا ملفات
        [one] ملف واحد
        [two] ملفان
        [few] { $count } ملفات
        [many] { $count } ملفًا
       *[other] { $count } ملف
    }
count-many = ملفات كثيرة
count-of-files =
    { $all ->
        [zero] { $there } من { $all } ملف
        [one] { $there } من ملف واحد
        [two] { $there } من ملفين
        [few] { $there } من { $all } ملفات
        [many] { $there } من { $all } ملفًا
       *[other] { $there } من { $all } ملف
    }
count-on-their-way =
    { $count ->
        [zero] لا ملفات قيد الرفع
        [one] ملف واحد قيد الرفع
        [two] ملفان قيد الرفع
        [few] { $count } ملفات قيد الرفع
        [many] { $count } ملفًا قيد الرفع
       *[other] { $count } ملف قيد الرفع
    }
count-withdrawn =
    { $count ->
        [zero] لم يُلغَ أي ملف
        [one] أُلغي ملف واحد
        [two] أُلغي ملفان
        [few] أُلغيت { $count } ملفات
        [many] أُلغي { $count } ملفًا
       *[other] أُلغي { $count } ملف
    }
tab-title-some = { $there } من { $all } · { $percent }‎%‎
tab-title-one = { $percent }‎%‎ · ملف واحد
count-need-you =
    { $count ->
        [zero] لا ملفات تحتاج إليك
        [one] ملف واحد يحتاج إليك
        [two] ملفان يحتاجان إليك
        [few] { $count } ملفات تحتاج إليك
        [many] { $count } ملفًا تحتاج إليك
       *[other] { $count } ملف تحتاج إليك
    }
count-handed =
    { $count ->
        [zero] لا ملفات
        [one] ملف واحد
        [two] ملفان
        [few] { NUMBER($count, useGrouping: 0) } ملفات
        [many] { NUMBER($count, useGrouping: 0) } ملفًا
       *[other] { NUMBER($count, useGrouping: 0) } ملف
    }
