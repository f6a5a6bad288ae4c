### An example of an ordinary page, with a list of work of a translation company.

projects-heading = المشاريع
projects-sub = ما يترجمه فريقك الآن.
projects-search = ابحث في المشاريع
projects-none = لا يوجد مشروع مطابق. جرّب أحرفًا أقل أو مرحلة أخرى.

## Columns

projects-project = المشروع
projects-languages = اللغات
projects-words = الكلمات
projects-due = الموعد
projects-stage = المرحلة

## Stages of the work

projects-stage-all = الكل
projects-stage-new = جديد
projects-stage-translation = ترجمة
projects-stage-recording = تسجيل
projects-stage-review = مراجعة
projects-stage-delivered = تم التسليم
