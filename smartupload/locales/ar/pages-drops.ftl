### Drop links, with which others send files without an account, on the page of the account.

drops-heading = روابط الاستلام
drops-sub = من لديه رابط كهذا يرسل إليك ملفات بلا حساب، ولا يرى شيئًا من ملفاتك.
drops-open = مفتوح
drops-closed = مغلق
drops-until = حتى { $ends }
drops-delete-question = أتحذف الرابط؟ ما وصل عبره يبقى.
drops-delete-yes = نعم، احذفه

## Buttons, and the same with the title of the link for screen readers

drops-copy = انسخ الرابط
drops-copy-of = انسخ الرابط: { $title }
drops-close = أغلق
drops-close-of = أغلق: { $title }
drops-delete = احذف
drops-delete-of = احذف: { $title }

## The form for a new one

drops-form = رابط استلام جديد
drops-title = ما تطلبه
drops-title-example = مستنداتك الضريبية
drops-asker = من يطلب، إن أردت إظهاره
drops-ends-after = ينتهي بعد
drops-day = يوم
drops-week = أسبوع
drops-two-weeks = أسبوعين
drops-days-30 = 30 يومًا
drops-days-90 = 90 يومًا
drops-limits = الحدود
drops-files = عدد الملفات
drops-size = حجم الملف (ميغابايت)
drops-bytes = الحجم الكلي (ميغابايت)
drops-types = أنواع الملفات
drops-types-example = image/*, .pdf
drops-make = أنشئ رابطًا
