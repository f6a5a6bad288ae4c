### The card of files that were given together, and the list of them.

group-sign-in = سجّل الدخول
group-resume = استأنف الكل
group-retry = أعد المحاولة للكل
group-pause = أوقف الكل مؤقتًا
group-cancel = ألغِ الكل
group-cancel-question = أتلغي كل ما لم يصل بعد؟
group-cancel-name = أتلغي الكل؟
group-cancel-yes = ألغِها
group-cancel-no = أبقِها
group-show-problems = أظهرها
group-show-all = أظهر الكل
group-show-files = أظهر الملفات
group-hide-files = أخفِ الملفات
