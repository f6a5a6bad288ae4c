### The list of everything a person has uploaded.

files-heading = الملفات
files-sub = كل ما رفعته. يعمل الرابط من الثانية الأولى، ثم يؤدي إلى الملف.
files-search = ابحث في الملفات
files-more = أظهر المزيد
files-none-found = لا يوجد ملف في اسمه هذه الأحرف.
files-none = لا ملفات بعد
files-none-hint = أفلت ملفًا في أي مكان من هذه الصفحة، أو اختر ملفًا في الصفحة الرئيسية.
files-upload = ارفع ملفًا

## Columns

files-name = الاسم
files-size = الحجم
files-date = التاريخ
files-state = الحالة
files-actions = الإجراءات

## Buttons

files-download = نزّل
files-copy-link = انسخ الرابط
files-not-shared = غير مشارَك
files-rename = أعد التسمية
files-new-name = اسم جديد لـ { $name }
files-save = احفظ
files-keep-name = أبقِ الاسم
files-delete = احذف
files-delete-question = أتحذفه نهائيًا؟
files-delete-yes = نعم، احذفه

## Several files

files-copy-links = انسخ الروابط
files-select = حدد { $name }
files-select-all = حدد كل المعروض
files-select-none = ألغِ التحديد
files-selected = المحدد: { $count }، { $size }
files-with-selected = إجراءات المحدد
