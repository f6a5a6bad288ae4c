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

## Several files

files-copy-links = انسخ الروابط
files-select = حدد { $name }
files-select-all = حدد كل المعروض
files-select-none = ألغِ التحديد
files-selected = المحدد: { $count }، { $size }
files-with-selected = إجراءات المحدد

## Order and states

files-order = الترتيب
files-newest = الأحدث أولًا
files-oldest = الأقدم أولًا
files-by-name = الاسم، من الألف إلى الياء
files-by-name-back = الاسم، من الياء إلى الألف
files-largest = الأكبر أولًا
files-smallest = الأصغر أولًا
files-by-state = الحالة، المشكلات أولًا
files-by-state-back = الحالة، ما في الطريق أولًا
files-all = الكل
files-on-their-way = في الطريق
files-ready = جاهزة
files-in-trouble = مشكلات
files-none-in-state = لا يوجد ملف بهذه الحالة.
files-show-all = أظهر كل الملفات
files-sum =
    { $count ->
        [zero] لا ملفات، { $size }
        [one] ملف واحد، { $size }
        [two] ملفان، { $size }
        [few] { $count } ملفات، { $size }
        [many] { $count } ملفًا، { $size }
       *[other] { $count } ملف، { $size }
    }
files-sum-of = { $count } من { $all }، { $size }

## How far it is

files-sending = قيد الرفع، { NUMBER($percent, useGrouping: 0) }‎%‎
files-paused = متوقف مؤقتًا، { NUMBER($percent, useGrouping: 0) }‎%‎

## Tags

files-tags = الوسوم
files-tags-of = وسوم { $name }
files-tags-of-selected = وسوم الملفات المحددة
files-new-tag = وسم جديد
files-add-tag = إضافة
files-tags-done = تم
files-untag = إزالة الوسم { $tag }
files-tagged = عرض الملفات ذات الوسم { $tag }
files-tag = الوسم
files-all-tags = كل الوسوم
files-tag-count = { $tag } ({ $count })
files-none-tagged = لا يوجد ملف بهذا الوسم.

## Links that lead to several files at once

# $count links.
files-links = روابط لعدة ملفات: { $count }
files-shared = مشارَك
