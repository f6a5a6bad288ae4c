### The page of a drop link, for whoever sends files without an account.

drop-loading = لحظة…
drop-missing = لا يوجد رابط كهذا
drop-closed = هذا الرابط مغلق
drop-asked-by = يُطلب منك إرسال ملفات إلى { $asker }. لا تحتاج إلى حساب. لا يرى ما ترسله إلا من طلبه.
drop-asked = يُطلب منك إرسال ملفات. لا تحتاج إلى حساب. لا يرى ما ترسله إلا من طلبه.
drop-until = حتى { $until }
drop-name = اسمك، إن شئت
drop-in-the-name-of = يُرسل باسم { $name }
drop-no-cookies = هذا المتصفح لا يحفظ ملفات تعريف الارتباط، لذا لا يمكن إرسال شيء منه.
drop-on-their-way = قيد الرفع
drop-sent = تم إرساله
