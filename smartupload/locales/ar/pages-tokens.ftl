### The tokens of a person's programs, on the page of the account.

tokens-heading = رموز وصول للبرامج
tokens-copy-now = انسخه الآن: لن يظهر مرة أخرى.
tokens-new = رمز الوصول الجديد
tokens-copy = انسخ
tokens-done = تم
tokens-expired = منتهي الصلاحية
tokens-used-ends = آخر استخدام: { $used }، ينتهي: { $ends }
tokens-used-ended = آخر استخدام: { $used }، انتهى: { $ends }
tokens-never-used-ends = لم يُستخدم قط، ينتهي: { $ends }
tokens-never-used-ended = لم يُستخدم قط، انتهى: { $ends }
tokens-revoke = أبطل
tokens-revoke-name = أبطل { $name }
tokens-revoke-question = أتبطله؟ البرامج التي تستخدمه تتوقف فورًا.
tokens-revoke-yes = نعم، أبطله

## The form for a new one

tokens-form = رمز وصول جديد
tokens-name = اسم رمز الوصول الجديد
tokens-name-example = النسخ الاحتياطي الليلي
tokens-good-for = ما يسمح به
tokens-upload = رفع الملفات
tokens-read = رؤية ملفاتك وتنزيلها
tokens-ends-after = ينتهي بعد
tokens-week = أسبوع
tokens-days-30 = 30 يومًا
tokens-days-90 = 90 يومًا
tokens-year = سنة
tokens-make = أنشئ رمز وصول
