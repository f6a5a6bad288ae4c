# Notifications of the system: a title and a line. $name is the name of a file.
# A line begins with an Arabic word, not with a name or a figure: systems take its direction from its first word.

push-ready-title = أصبح { $name } جاهزًا
push-ready = حجمه { $size }. افتحه أو أرسل رابطه.
push-blocked-title = حُظر { $name }
push-blocked = لم يجتز الفحص، لذا لا يستطيع أحد فتحه.
push-expired-title = لم يصل { $name } في الوقت المحدد
push-expired = توقف الرفع طويلًا، فأُزيل ما وصل منه. أفلت الملف مرة أخرى لتبدأ من جديد.
push-waits-title = وصل { NUMBER($percent, useGrouping: 0) }‎%‎ من { $name }
push-waits-title-none = لم يصل { $name } بعد
push-waits = افتح الصفحة ليستمر الرفع.
push-waits-paused = أوقفته مؤقتًا. افتح الصفحة واضغط «استأنف».
push-failed-title = لم يصل { $name }
push-failed = أفلت الملف مرة أخرى لتبدأ من جديد.

# To somebody who waited for somebody else's file.

push-awaited-ready-title = وصل { $name }
push-awaited-ready = طلبت أن نخبرك: افتحه الآن. حجمه { $size }.
push-awaited-blocked = لم يجتز الفحص، لذا لا يستطيع أحد فتحه. اطلب من المرسل ملفًا آخر.
push-awaited-failed = اطلب من المرسل أن يرسله مرة أخرى.
