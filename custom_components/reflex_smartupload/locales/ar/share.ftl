### The page behind a share link: the file, whether it is there yet, and its owner's panel.

share-title = ملف لك
share-description = ستتحول هذه الصفحة إلى الملف حين يصل.
share-loading = لحظة…
share-missing = لا يوجد ملف هنا
share-closed = هذا الرابط مغلق
share-upload-something = ارفع ملفًا أنت أيضًا
share-with-you = مشارَك معك
share-yours = ملفك
share-download = نزّل

## On its way

share-uploading = { $percent }‎%‎
share-paused = متوقف مؤقتًا عند { $percent }‎%‎
share-checked = قيد الفحص
share-still = لم يصل شيء منذ { $since }
share-bar = الرفع

## Preview

share-no-preview = لا يستطيع هذا المتصفح عرضه. نزّله بدلًا من ذلك.
share-no-pdf = لا يعرض هذا المتصفح مستندات PDF داخل الصفحة. { $link }
share-open = افتحه
share-text-cut = لا يظهر إلا أوله. نزّله لترى بقيته.

## The owner's panel

share-link = الرابط
share-only-you = لا يرى هذا سواك
share-address = رابط هذا الملف
share-copy = انسخ الرابط
share-stop = أوقف المشاركة
share-stop-question = أتوقف المشاركة؟ من يفتح الرابط يُقال له ذلك، إلى أن تشاركه مجددًا.
share-stop-yes = نعم، أوقف المشاركة
share-again = شارك مجددًا
share-renew = أنشئ رابطًا جديدًا
share-renew-question = أتنشئ رابطًا جديدًا؟ لن يؤدي القديم بعدها إلى شيء، لدى كل من يملكه.
share-renew-yes = نعم، أنشئ رابطًا جديدًا
share-keep = أبقِه
share-limits = حدود الرابط
share-last-day = آخر يوم
share-downloads-left = مرات التنزيل المتبقية
share-any-number = أي عدد
share-save-limits = احفظ الحدود
share-limited = ما دام عدد مرات التنزيل محدودًا، لا يرى الزوار معاينة: فما يُعرض يمكن حفظه أيضًا.

share-share = شارك…
share-preset-days =
    { $count ->
        [zero] لا أيام
        [one] يوم واحد
        [two] يومان
        [few] { $count } أيام
        [many] { $count } يومًا
       *[other] { $count } يوم
    }
share-preset-downloads =
    { $count ->
        [zero] لا تنزيل
        [one] تنزيل واحد
        [two] تنزيلان
        [few] { $count } تنزيلات
        [many] { $count } تنزيلًا
       *[other] { $count } تنزيل
    }
share-preset-none = بلا حدود
share-presets = حدود شائعة
share-sum-free = يمكن لمن لديه الرابط فتحه بلا حدود.
share-sum-until = يمكن لمن لديه الرابط فتحه حتى: { $until }.
share-sum-downloads =
    { $count ->
        [zero] لا يمكن لأي زائر التنزيل بعد الآن.
        [one] يمكن لمن لديه الرابط فتحه، ويمكن لزائر واحد بعد التنزيل.
        [two] يمكن لمن لديه الرابط فتحه، ويمكن لزائرين بعد التنزيل.
        [few] يمكن لمن لديه الرابط فتحه، ويمكن لعدد { $count } زوار بعد التنزيل.
        [many] يمكن لمن لديه الرابط فتحه، ويمكن لعدد { $count } زائرًا بعد التنزيل.
       *[other] يمكن لمن لديه الرابط فتحه، ويمكن لعدد { $count } زائر بعد التنزيل.
    }
share-sum-both =
    { $count ->
        [zero] لا يمكن لأي زائر التنزيل بعد الآن؛ الرابط صالح حتى: { $until }.
        [one] يمكن لزائر واحد بعد التنزيل؛ الرابط صالح حتى: { $until }.
        [two] يمكن لزائرين بعد التنزيل؛ الرابط صالح حتى: { $until }.
        [few] يمكن لعدد { $count } زوار بعد التنزيل؛ الرابط صالح حتى: { $until }.
        [many] يمكن لعدد { $count } زائرًا بعد التنزيل؛ الرابط صالح حتى: { $until }.
       *[other] يمكن لعدد { $count } زائر بعد التنزيل؛ الرابط صالح حتى: { $until }.
    }
share-qr = رمز QR
share-qr-hide = أخفِ رمز QR
share-qr-name = رمز QR للرابط

## The page of files that were given together

share-group-title = ملفات لك
share-group-yours = ملفاتك
share-group-download = نزّل الكل
share-group-coming =
    { $count ->
        [zero] لا ملفات في الطريق.
        [one] ملف واحد ما زال في الطريق. سيظهر هنا من تلقاء نفسه.
        [two] ملفان ما زالا في الطريق. سيظهران هنا من تلقاء نفسيهما.
        [few] { $count } ملفات ما زالت في الطريق. ستظهر هنا من تلقاء نفسها.
        [many] { $count } ملفًا ما زالت في الطريق. ستظهر هنا من تلقاء نفسها.
       *[other] { $count } ملف ما زالت في الطريق. ستظهر هنا من تلقاء نفسها.
    }
share-group-left-out =
    { $count ->
        [zero] لا ملفات ناقصة.
        [one] ملف واحد غير موجود هنا: لم يصل أو حُظر.
        [two] ملفان غير موجودين هنا: لم يصلا أو حُظرا.
        [few] { $count } ملفات غير موجودة هنا: لم تصل أو حُظرت.
        [many] { $count } ملفًا غير موجودة هنا: لم تصل أو حُظرت.
       *[other] { $count } ملف غير موجودة هنا: لم تصل أو حُظرت.
    }
share-group-files = الملفات
share-group-more = أظهر المزيد
