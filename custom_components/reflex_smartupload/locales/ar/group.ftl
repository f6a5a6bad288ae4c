### The card of files that were given together, and the list of them.

group-sign-in = سجّل الدخول
group-resume = استأنف الكل
group-retry = أعد المحاولة للكل
group-send-now = أرسل الكل الآن
group-pause = أوقف الكل مؤقتًا
group-copy-link = انسخ الرابط
group-cancel = ألغِ الكل
group-undo = تراجع
group-show-problems = أظهرها
group-show-all = أظهر الكل
group-show-files = أظهر الملفات
group-hide-files = أخفِ الملفات
