# Mails. $name is the name of a file, $site that of the site, such as files.example.org.
# A title begins with an Arabic word, not with a name: mail programs take the direction of a line from its first word.

# The state of a file, in a word or two, on a chip.

mail-state-ready = جاهز
mail-state-blocked = محظور
mail-state-expired = انتهت مهلته
mail-state-failed = فشل
mail-state-waits = ينتظر عند { NUMBER($percent, useGrouping: 0) }‎%‎
mail-state-waits-paused = متوقف مؤقتًا عند { NUMBER($percent, useGrouping: 0) }‎%‎

# To whom sent the file: the title, which is the subject, and what stands below it.

mail-ready-title = أصبح { $name } جاهزًا
mail-ready = وصل كله. افتحه، أو أرسل رابطه إلى من ينتظره.
mail-ready-unscanned = وصل كله. افتحه، أو أرسل رابطه إلى من ينتظره. لم يُفحص بحثًا عن الفيروسات.
mail-blocked-title = حُظر { $name }
mail-blocked = لم يجتز الفحص، لذا لا يستطيع أحد فتحه.
mail-expired-title = لم يصل { $name } في الوقت المحدد
mail-expired = توقف الرفع طويلًا، فأُزيل ما وصل منه. أفلت الملف مرة أخرى لتبدأ من جديد.
mail-failed-title = لم يصل { $name }
mail-failed = لم يصل. أفلت الملف مرة أخرى.
mail-waits-title = وصل { NUMBER($percent, useGrouping: 0) }‎%‎ من { $name }، افتح الصفحة ليستمر الرفع
mail-waits-title-none = لم يصل { $name } بعد، افتح الصفحة ليستمر الرفع
mail-waits = افتح الصفحة في المتصفح الذي أرسلته منه، فيستمر الرفع تلقائيًا.
mail-waits-until = افتح الصفحة في المتصفح الذي أرسلته منه، فيستمر الرفع تلقائيًا. يُحفظ ما وصل حتى { $day }.
mail-waits-paused = أوقفته مؤقتًا. افتح الصفحة في المتصفح الذي أرسلته منه، واضغط «استأنف».
mail-waits-paused-until = أوقفته مؤقتًا. افتح الصفحة في المتصفح الذي أرسلته منه، واضغط «استأنف». يُحفظ ما وصل حتى { $day }.

# To somebody else, who waited for the file.

mail-awaited-ready-title = وصل الملف الذي تنتظره: { $name }
mail-awaited-ready = طلبت أن نخبرك: وصل الملف كله الآن.
mail-awaited-ready-unscanned = طلبت أن نخبرك: وصل الملف كله الآن. لم يُفحص بحثًا عن الفيروسات.
mail-awaited-blocked-title = حُظر الملف الذي تنتظره: { $name }
mail-awaited-blocked = لم يجتز الفحص، لذا لا يستطيع أحد فتحه. اطلب من المرسل ملفًا آخر.
mail-awaited-expired = لم يصل في الوقت المحدد. اطلب من المرسل أن يرسله مرة أخرى.
mail-awaited-failed-title = لم يصل الملف الذي تنتظره: { $name }
mail-awaited-failed = لم يصل. اطلب من المرسل أن يرسله مرة أخرى.

# Buttons.

mail-open = افتح الملف
mail-open-files = افتح «الملفات»
mail-see-file = اعرض صفحة الملف
mail-see-its = اعرض صفحته
mail-send-again = أرسله مرة أخرى
mail-continue = تابع الرفع

# Several files in one mail: what came of the first kind, then what came of others, such as "2 files are ready, 1 was blocked".

mail-and = { $said }، و{ $next }
mail-several-ready = { $count ->
    [zero] لا ملفات جاهزة
    [one] ملف واحد جاهز
    [two] ملفان جاهزان
    [few] { NUMBER($count, useGrouping: 0) } ملفات جاهزة
    [many] { NUMBER($count, useGrouping: 0) } ملفًا جاهزًا
   *[other] { NUMBER($count, useGrouping: 0) } ملف جاهز
}
mail-also-ready = { $count ->
    [zero] لا شيء جاهز
    [one] واحد جاهز
    [two] اثنان جاهزان
    [few] { NUMBER($count, useGrouping: 0) } جاهزة
    [many] { NUMBER($count, useGrouping: 0) } جاهزة
   *[other] { NUMBER($count, useGrouping: 0) } جاهزة
}
mail-several-blocked = { $count ->
    [zero] لا ملفات محظورة
    [one] ملف واحد محظور
    [two] ملفان محظوران
    [few] { NUMBER($count, useGrouping: 0) } ملفات محظورة
    [many] { NUMBER($count, useGrouping: 0) } ملفًا محظورًا
   *[other] { NUMBER($count, useGrouping: 0) } ملف محظور
}
mail-also-blocked = { $count ->
    [zero] لا شيء محظور
    [one] واحد محظور
    [two] اثنان محظوران
    [few] { NUMBER($count, useGrouping: 0) } محظورة
    [many] { NUMBER($count, useGrouping: 0) } محظورة
   *[other] { NUMBER($count, useGrouping: 0) } محظورة
}
mail-several-failed = { $count ->
    [zero] لا ملفات لم تصل
    [one] ملف واحد لم يصل
    [two] ملفان لم يصلا
    [few] { NUMBER($count, useGrouping: 0) } ملفات لم تصل
    [many] { NUMBER($count, useGrouping: 0) } ملفًا لم تصل
   *[other] { NUMBER($count, useGrouping: 0) } ملف لم تصل
}
mail-also-failed = { $count ->
    [zero] لا شيء لم يصل
    [one] واحد لم يصل
    [two] اثنان لم يصلا
    [few] { NUMBER($count, useGrouping: 0) } لم تصل
    [many] { NUMBER($count, useGrouping: 0) } لم تصل
   *[other] { NUMBER($count, useGrouping: 0) } لم تصل
}
mail-several-expired = { $count ->
    [zero] لا ملفات انتهت مهلتها
    [one] ملف واحد لم يصل في الوقت المحدد
    [two] ملفان لم يصلا في الوقت المحدد
    [few] { NUMBER($count, useGrouping: 0) } ملفات لم تصل في الوقت المحدد
    [many] { NUMBER($count, useGrouping: 0) } ملفًا لم تصل في الوقت المحدد
   *[other] { NUMBER($count, useGrouping: 0) } ملف لم تصل في الوقت المحدد
}
mail-also-expired = { $count ->
    [zero] لا شيء انتهت مهلته
    [one] واحد لم يصل في الوقت المحدد
    [two] اثنان لم يصلا في الوقت المحدد
    [few] { NUMBER($count, useGrouping: 0) } لم تصل في الوقت المحدد
    [many] { NUMBER($count, useGrouping: 0) } لم تصل في الوقت المحدد
   *[other] { NUMBER($count, useGrouping: 0) } لم تصل في الوقت المحدد
}
mail-several-waits = { $count ->
    [zero] لا ملفات تنتظر أن يستمر رفعها
    [one] ملف واحد ينتظر أن يستمر رفعه
    [two] ملفان ينتظران أن يستمر رفعهما
    [few] { NUMBER($count, useGrouping: 0) } ملفات تنتظر أن يستمر رفعها
    [many] { NUMBER($count, useGrouping: 0) } ملفًا تنتظر أن يستمر رفعها
   *[other] { NUMBER($count, useGrouping: 0) } ملف تنتظر أن يستمر رفعها
}
mail-also-waits = { $count ->
    [zero] لا شيء ينتظر أن يستمر رفعه
    [one] واحد ينتظر أن يستمر رفعه
    [two] اثنان ينتظران أن يستمر رفعهما
    [few] { NUMBER($count, useGrouping: 0) } تنتظر أن يستمر رفعها
    [many] { NUMBER($count, useGrouping: 0) } تنتظر أن يستمر رفعها
   *[other] { NUMBER($count, useGrouping: 0) } تنتظر أن يستمر رفعها
}

# Below the list of files that are shown.

mail-more = { $count ->
    [zero] كل الملفات في صفحة «الملفات».
    [one] وملف آخر؛ كلها في صفحة «الملفات».
    [two] وملفان آخران؛ كلها في صفحة «الملفات».
    [few] و{ NUMBER($count, useGrouping: 0) } ملفات أخرى؛ كلها في صفحة «الملفات».
    [many] و{ NUMBER($count, useGrouping: 0) } ملفًا آخر؛ كلها في صفحة «الملفات».
   *[other] و{ NUMBER($count, useGrouping: 0) } ملف آخر؛ كلها في صفحة «الملفات».
}

# A file in the plain text of a mail.

mail-file = الملف: { $name }، { $size }
mail-line = الملف: { $name }، { $size }، الحالة: { $state }

# At the foot.

mail-foot = تصلك هذه الرسالة لأن أحدًا أدخل هذا العنوان في { $site }.
mail-manage = غيّر العنوان أو أوقف هذه الرسائل

# Asks whether an address is right.

mail-confirm-subject = أكّد هذا العنوان لموقع { $site }
mail-confirm-title = هل هذا عنوانك؟
mail-confirm = طلب أحد، وهو أنت على الأرجح، من { $site } أن يراسل { $address } حين تصبح ملفات جاهزة. أكّد العنوان ليصلك ما حدث منذ ذلك الحين.
mail-confirm-button = نعم، راسلني هنا
mail-confirm-foot = { $days ->
    [zero] لم يعد الرابط صالحًا. إن لم تكن أنت من طلب ذلك فلا تفعل شيئًا: لن تصلك رسالة أخرى.
    [one] الرابط صالح ليوم واحد. إن لم تكن أنت من طلب ذلك فلا تفعل شيئًا: لن تصلك رسالة أخرى.
    [two] الرابط صالح ليومين. إن لم تكن أنت من طلب ذلك فلا تفعل شيئًا: لن تصلك رسالة أخرى.
    [few] الرابط صالح لمدة { NUMBER($days, useGrouping: 0) } أيام. إن لم تكن أنت من طلب ذلك فلا تفعل شيئًا: لن تصلك رسالة أخرى.
    [many] الرابط صالح لمدة { NUMBER($days, useGrouping: 0) } يومًا. إن لم تكن أنت من طلب ذلك فلا تفعل شيئًا: لن تصلك رسالة أخرى.
   *[other] الرابط صالح لمدة { NUMBER($days, useGrouping: 0) } يوم. إن لم تكن أنت من طلب ذلك فلا تفعل شيئًا: لن تصلك رسالة أخرى.
}

# To administrators, about files that were blocked.

mail-admin = حُظر: { $name }
mail-admin-several = { $count ->
    [zero] حُظر: { $name }
    [one] حُظر: { $name } وملف آخر
    [two] حُظر: { $name } وملفان آخران
    [few] حُظر: { $name } و{ NUMBER($count, useGrouping: 0) } ملفات أخرى
    [many] حُظر: { $name } و{ NUMBER($count, useGrouping: 0) } ملفًا آخر
   *[other] حُظر: { $name } و{ NUMBER($count, useGrouping: 0) } ملف آخر
}
mail-admin-reason = { $reason } معرّف الرفع: { $upload }.
mail-admin-foot = تصلك هذه الرسالة لأن { $site } يذكرك بين مديريه (ADMIN_EMAILS).
