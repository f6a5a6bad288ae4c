# Pages that the server writes itself: of a share link, of an address that is to be confirmed, of a sign-in that did not work.

plain-download = نزّل
plain-unscanned = لم يُفحص بحثًا عن الفيروسات. لا تفتحه إلا إذا كنت تثق بالمرسل.
plain-not-signed-in = لم تسجّل الدخول
plain-sign-in = سجّل الدخول
plain-file-not-found = الملف غير موجود
plain-link-closed = هذا الرابط مغلق
plain-confirm-title = أكّد هذا العنوان
plain-confirm = سيراسل الموقع { $site } العنوان { $address } حين يصبح ملف جاهزًا أو يحتاج إليك.
plain-confirm-button = أكّد
plain-stopped = لن تصلك رسائل أخرى من هنا.
plain-drop = أرسل ملفات. لا حاجة إلى حساب.

# What a preview of the link says in a chat, below the file's name: "2.14 GB, ready to download".

plain-file-uploading = قيد الرفع، { $size } (وصل { $percent }‎%‎)
plain-file-checked = قيد الفحص بعد وصوله، { $size }
plain-file-ready = جاهز للتنزيل، { $size }
plain-file-blocked = لم يجتز الفحص، { $size }
plain-file-failed = لم يصل، { $size }
plain-file-expired = لم يصل في الوقت المحدد، { $size }
plain-group-files = ملفات
plain-group-title = ملفات لك
