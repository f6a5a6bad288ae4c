### The card of one file: its buttons, and its state in a word. `group` and `tray` have the rest.

## The state, in one or two words on a coloured ground

card-waiting = بالانتظار
card-being-checked = قيد الفحص
card-blocked = محظور
card-failed = فشل
card-expired = انتهت مهلته
card-cancelled = ملغى
card-file-needed = الملف مطلوب

## Buttons

card-sign-in = سجّل الدخول
card-show-again = اعثر عليه مجددًا
card-show-name-again = اعثر على { $name } مجددًا
card-choose-file = اختر الملف
card-resume = استأنف
card-retry = أعد المحاولة
card-try-again = حاول الآن
card-send-now = أرسل الآن
card-pause = أوقف مؤقتًا
card-download = نزّل
card-copy-link = انسخ الرابط
card-cancel = ألغِ
card-undo = تراجع
card-remove = أزِل من هذه القائمة

## The bar, as screen readers say it

card-upload-of = رفع { $name }
card-progress = رُفع { $percent }‎%‎، وفي أمان { $safe }‎%‎
