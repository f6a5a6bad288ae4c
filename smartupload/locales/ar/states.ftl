# Around % stands U+200E: else the sign changes its side behind an Arabic letter.

# What pages show that the server words: lists of files and links, the page of a file, notifications.

# In the list of files, on a chip.

state-uploading = قيد الرفع، { NUMBER($percent, useGrouping: 0) }‎%‎
state-paused = متوقف مؤقتًا، { NUMBER($percent, useGrouping: 0) }‎%‎
state-verifying = قيد الفحص
state-scanning = قيد الفحص
state-ready = جاهز
state-blocked = محظور
state-failed = فشل
state-cancelled = ملغى
state-expired = انتهت مهلته

# Who sent a file, and by which drop link ($link is its title).

state-sent-by-you = أرسلته أنت عبر رابط استلام
state-sent-by = أُرسل من { $name } عبر «{ $link }»
state-sent-by-somebody = أُرسل من شخص ما عبر «{ $link }»
state-sent-by-old = أُرسل من { $name } عبر رابط استلام لم يعد موجودًا
state-sent-by-somebody-old = أُرسل من شخص ما عبر رابط استلام لم يعد موجودًا

# What a file is; $kind is an extension in capital letters, such as PNG.

state-type-file = ملف
state-type-pdf = PDF
state-type-kind = ملف { $kind }
state-type-picture = صورة
state-type-audio = صوت
state-type-video = فيديو
state-type-text = نص
state-type-picture-kind = صورة ({ $kind })
state-type-audio-kind = صوت ({ $kind })
state-type-video-kind = فيديو ({ $kind })
state-type-text-kind = نص ({ $kind })

# $time is one of time-… such as "4–6 min".

state-left = يتبقى { $time }

# The page of a file.

state-page-uploading = ستتحول هذه الصفحة إلى الملف حين يصل. يمكنك إغلاقها والعودة إلى الرابط نفسه.
state-page-paused = أوقفه المرسل مؤقتًا. حين يستأنف ويصل الملف، تتحول هذه الصفحة إليه.
state-page-verifying = وصل كله وهو قيد الفحص. لن يطول ذلك.
state-page-scanning = وصل كله وهو قيد الفحص. لن يطول ذلك.
state-page-blocked = لم يجتز هذا الملف الفحص، لذا لا يستطيع أحد فتحه. اطلب من المرسل ملفًا آخر.
state-page-virus = عُثر على فيروس في هذا الملف، لذا لا يستطيع أحد فتحه. أخبر المرسل.
state-page-failed = لم يصل هذا الملف. اطلب من المرسل أن يرسله مرة أخرى.
state-page-cancelled = سحب المرسل هذا الملف.
state-page-expired = لم يصل هذا الملف في الوقت المحدد. اطلب من المرسل أن يرسله مرة أخرى.
state-scan-clean = فُحص بحثًا عن الفيروسات، ولم يُعثر على شيء.
state-scan-off = لم يُفحص بحثًا عن الفيروسات.
state-scan-off-visitor = لم يُفحص بحثًا عن الفيروسات. لا تفتحه إلا إذا كنت تثق بالمرسل.

# Its link, for its owner.

state-closed-revoked = غير مشارَك: من يفتح الرابط يُقال له ذلك. أما أنت فما زال بوسعك فتح الملف وتنزيله.
state-closed-over = انقضى آخر يوم لهذا الرابط. اختر يومًا بعده لتشارك الملف مجددًا.
state-closed-used = استُنفدت مرات التنزيل المسموحة. اسمح بالمزيد لتشارك الملف مجددًا.
state-link-stopped = لم يعد الملف مشارَكًا.
state-link-works = عاد الرابط إلى العمل.
state-link-no-day = لا يمكن أن ينتهي الرابط في هذا اليوم. اختر يومًا آخر، أو اترك الحقل فارغًا.
state-link-no-number = اكتب عدد مرات التنزيل بالأرقام، أو اترك الحقل فارغًا لأي عدد.
state-link-renewed = أُلغي الرابط القديم. هذا هو الجديد.
state-saved = تم الحفظ.

# What may come by a drop link, a piece each; the list of them is shown with commas.

state-limit-files = { $count ->
    [zero] لا ملفات
    [one] ملف واحد
    [two] ملفان كحد أقصى
    [few] { NUMBER($count, useGrouping: 0) } ملفات كحد أقصى
    [many] { NUMBER($count, useGrouping: 0) } ملفًا كحد أقصى
   *[other] { NUMBER($count, useGrouping: 0) } ملف كحد أقصى
}
state-limit-size = كل ملف حتى { $size }
state-limit-bytes = { $size } إجمالًا
state-limit-types = الأنواع { $types } فقط

# What has come by a drop link.

state-arrived = { $count ->
    [zero] لا ملفات، { $size }
    [one] ملف واحد، { $size }
    [two] ملفان، { $size }
    [few] { NUMBER($count, useGrouping: 0) } ملفات، { $size }
    [many] { NUMBER($count, useGrouping: 0) } ملفًا، { $size }
   *[other] { NUMBER($count, useGrouping: 0) } ملف، { $size }
}
state-arrived-none = لم يصل شيء بعد

# What a token is good for.

state-token-upload = رفع
state-token-read = قراءة
state-token-both = رفع وقراءة

# How many browsers of the reader are pushed to.

state-browsers-none = لا تصل إلى أي متصفح من متصفحاتك بعد.
state-browsers = { $count ->
    [zero] لا تصل إلى أي متصفح من متصفحاتك بعد.
    [one] تصل إلى متصفح واحد من متصفحاتك.
    [two] تصل إلى متصفحين من متصفحاتك.
    [few] تصل إلى { NUMBER($count, useGrouping: 0) } من متصفحاتك.
    [many] تصل إلى { NUMBER($count, useGrouping: 0) } من متصفحاتك.
   *[other] تصل إلى { NUMBER($count, useGrouping: 0) } من متصفحاتك.
}

# The list of example projects: due today or tomorrow, from which language into which others, how many words, a file that has just come.

state-project-today = اليوم
state-project-tomorrow = غدًا
state-project-languages = من { $source } إلى { $into }
state-project-words = { $count }
state-project-arrived = وصل للتو
