# What is said when something is dropped or pasted that is not taken, and of a folder's files that are left out.

place-drop-several = في هذه الصفحة عدة أماكن للملفات. أفلته على أحدها.
place-paste-several = في هذه الصفحة عدة أماكن للملفات. انتقل إلى أحدها بمفتاح Tab، ثم الصقه مرة أخرى.
place-drop-none = هذه الصفحة لا تقبل ملفات الآن. افتح المكان المخصص لها، ثم أفلته فيه.
place-paste-none = هذه الصفحة لا تقبل ملفات الآن. افتح المكان المخصص لها، ثم الصقه فيه.

no-file-link = هذا رابط وليس ملفًا. احفظ ما يؤدي إليه، ثم أفلت الملف هنا.
no-file-picture = هذه صورة من صفحة وليست ملفًا. احفظها أولًا، ثم أفلت الملف هنا.
no-file-text = هذا نص وليس ملفًا. احفظه في ملف، ثم اختر ذلك الملف.

left-out-one = استُبعد { $name }: يحتفظ به النظام لنفسه.
left-out-many =
    { $count ->
        [zero] لم يُستبعد شيء مثل { $name }.
        [one] استُبعد ملف واحد يحتفظ به النظام لنفسه، وهو { $name }.
        [two] استُبعد ملفان يحتفظ بهما النظام لنفسه، أحدهما { $name }.
        [few] استُبعدت { $count } ملفات يحتفظ بها النظام لنفسه، مثل { $name }.
        [many] استُبعد { $count } ملفًا يحتفظ بها النظام لنفسه، مثل { $name }.
       *[other] استُبعد { $count } ملف يحتفظ بها النظام لنفسه، مثل { $name }.
    }

drag-some = ملفات
drag-mixed =
    { $count ->
        [zero] ملفات أو مجلدات
        [one] ملف أو مجلد
        [two] ملفان أو مجلدان
        [few] { $count } ملفات أو مجلدات
        [many] { $count } ملفًا أو مجلدًا
       *[other] { $count } ملف أو مجلد
    }
drag-here = أفلت في أي مكان من هذه الصفحة.
drag-into = أفلت في أي مكان، إلى «{ $place }».
