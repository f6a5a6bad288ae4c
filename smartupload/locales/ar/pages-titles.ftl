### Titles and descriptions of the pages, as the browser's tab and search engines show them.

titles-home = smartupload
titles-home-about = أفلت ملفًا بأي حجم وتابع عملك. يستمر رفعه تلقائيًا، ويعمل رابطه من الثانية الأولى.
titles-projects = المشاريع – smartupload
titles-projects-about = ما يجري العمل عليه.
titles-files = الملفات – smartupload
titles-files-about = كل ما رفعته.
titles-notifications = الإشعارات – smartupload
titles-notifications-about = كيف نخبرك حين يصل ملف.
titles-account = الحساب – smartupload
titles-account-about = من أنت هنا، وأي البرامج تعمل باسمك.
titles-drop = أرسل ملفات – smartupload
titles-drop-about = أرسل ملفات. لا حاجة إلى حساب.
titles-missing = الصفحة غير موجودة – smartupload
titles-missing-about = لا توجد صفحة كهذه.
titles-shared = ملف لك – smartupload
