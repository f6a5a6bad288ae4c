# Short messages in a corner of the page, which go away by themselves.

message-undo = تراجع
message-open = افتح
message-copy = انسخ الرابط
message-close = أغلق الرسالة

message-off-list-one = أُزيل { $name } من القائمة.
message-off-list-many =
    { $count ->
        [zero] لم يُزل شيء من القائمة.
        [one] أُزيل ملف واحد من القائمة.
        [two] أُزيل ملفان من القائمة.
        [few] أُزيلت { $count } ملفات من القائمة.
        [many] أُزيل { $count } ملفًا من القائمة.
       *[other] أُزيل { $count } ملف من القائمة.
    }
message-not-found-again = لم يُعثر على الملف هناك، أو لم يُسمح بقراءته. اختره عبر «اختر الملف».
message-deleted = حُذف { $name }.
message-not-deleted = تعذّر حذف { $name }. حاول مرة أخرى.
message-deleted-many =
    { $count ->
        [zero] لم يُحذف أي ملف.
        [one] حُذف ملف واحد.
        [two] حُذف ملفان.
        [few] حُذفت { $count } ملفات.
        [many] حُذف { $count } ملفًا.
       *[other] حُذف { $count } ملف.
    }
message-not-deleted-many =
    { $count ->
        [zero] لم يتعذر حذف أي ملف.
        [one] تعذّر حذف ملف واحد. حاول مرة أخرى.
        [two] تعذّر حذف ملفين. حاول مرة أخرى.
        [few] تعذّر حذف { $count } ملفات. حاول مرة أخرى.
        [many] تعذّر حذف { $count } ملفًا. حاول مرة أخرى.
       *[other] تعذّر حذف { $count } ملف. حاول مرة أخرى.
    }
message-wiping = يجري مسح ما هو محفوظ هنا…
message-signing-out = يجري تسجيل الخروج…
message-no-answer = لم يستجب الخادم. حاول مرة أخرى.
message-link-copied = نُسخ الرابط.
message-links-copied =
    { $count ->
        [zero] لم يُنسخ أي رابط.
        [one] نُسخ رابط واحد.
        [two] نُسخ رابطان.
        [few] نُسخت { $count } روابط.
        [many] نُسخ { $count } رابطًا.
       *[other] نُسخ { $count } رابط.
    }
message-not-copied = لا يسمح المتصفح لهذه الصفحة بالنسخ. اسمح به وحاول مرة أخرى.
message-copy-this = انسخ هذا الرابط: { $link }
message-no-group-link = لا يوجد رابط لهذه الملفات بعد. حاول مرة أخرى بعد لحظة.

ended-ready = أصبح { $name } جاهزًا.
ended-blocked = حُظر { $name }.
ended-failed = فشل رفع { $name }.
ended-blocked-why = حُظر { $name }. { $why }
ended-failed-why = فشل رفع { $name }. { $why }
ended-all = { $what }.
ended-first-ready =
    { $count ->
        [zero] لا ملفات جاهزة
        [one] ملف واحد جاهز
        [two] ملفان جاهزان
        [few] { $count } ملفات جاهزة
        [many] { $count } ملفًا جاهزًا
       *[other] { $count } ملف جاهز
    }
ended-first-blocked =
    { $count ->
        [zero] لا ملفات محظورة
        [one] ملف واحد محظور
        [two] ملفان محظوران
        [few] { $count } ملفات محظورة
        [many] { $count } ملفًا محظورًا
       *[other] { $count } ملف محظور
    }
ended-first-failed =
    { $count ->
        [zero] لا ملفات فشل رفعها
        [one] ملف واحد فشل رفعه
        [two] ملفان فشل رفعهما
        [few] { $count } ملفات فشل رفعها
        [many] { $count } ملفًا فشل رفعها
       *[other] { $count } ملف فشل رفعها
    }
ended-next-ready =
    { $count ->
        [zero] لا شيء جاهز
        [one] واحد جاهز
        [two] اثنان جاهزان
        [few] { $count } جاهزة
        [many] { $count } جاهزة
       *[other] { $count } جاهزة
    }
ended-next-blocked =
    { $count ->
        [zero] لا شيء محظور
        [one] واحد محظور
        [two] اثنان محظوران
        [few] { $count } محظورة
        [many] { $count } محظورة
       *[other] { $count } محظورة
    }
ended-next-failed =
    { $count ->
        [zero] لا شيء فشل رفعه
        [one] واحد فشل رفعه
        [two] اثنان فشل رفعهما
        [few] { $count } فشل رفعها
        [many] { $count } فشل رفعها
       *[other] { $count } فشل رفعها
    }

spoken-one = { $name }: { $what }
spoken-two = { $first }. { $second }
spoken-ready = جاهز
spoken-uploading = قيد الرفع
spoken-blocked = محظور
spoken-failed = فشل
spoken-withdrawn = أُلغي؛ يمكن التراجع خلال 10 ثوانٍ، ثم يُحذف

group-files-label = ملفات { $name }
group-files-label-only = ملفات { $name } التي تحتاج إليك

language-label = اللغة
language-away = تعذّر جلب نصوص هذه اللغة. حاول مرة أخرى.

# Files that another app has shared with this one.
message-shared-lost = تعذّر حفظ ما تمت مشاركته في هذا المتصفح. اختره هنا بدلًا من ذلك.
message-shared-foreign = لم يُستلم شيء: لا يمكن مشاركة الملفات مع هذا التطبيق إلا من تطبيقات هذا الجهاز وبعد تثبيته. اختر الملفات هنا بدلًا من ذلك.
