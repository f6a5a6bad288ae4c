### The tray: what is on its way, small, on every page.

tray-label = ملفات قيد الرفع
tray-percent = { $percent }‎%‎
tray-pause = أوقف مؤقتًا
tray-resume = استأنف
tray-send-now = أرسل الآن
tray-cancel = ألغِ
tray-undo = تراجع
tray-more =
    { $count ->
        [zero] ولا ملفات أخرى
        [one] وملف آخر
        [two] وملفان آخران
        [few] و{ NUMBER($count, useGrouping: 0) } ملفات أخرى
        [many] و{ NUMBER($count, useGrouping: 0) } ملفًا آخر
       *[other] و{ NUMBER($count, useGrouping: 0) } ملف آخر
    }
