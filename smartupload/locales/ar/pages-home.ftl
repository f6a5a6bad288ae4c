### The first page, where files are dropped.

home-heading = الرفع
home-sub = أفلت ملفاتك وتابع عملك. يستمر رفعها، وتعمل روابطها من الثانية الأولى.
home-on-their-way = قيد الرفع
home-today = اليوم
home-camera = التقط صورة
home-gallery = الصور والفيديو
home-keep-working = تابع عملك

## Three steps, each with a sentence, while there are no files

home-drop = أفلت الملف
home-drop-means = أي حجم. تظهر البطاقة فورًا، ومعها الرابط الذي يمكنك إرساله.
home-move-on = تابع عملك
home-move-on-means = افتح صفحة أخرى، وافعل شيئًا آخر. تخبرك البطاقة متى يمكنك إغلاق النافذة.
home-come-back = عد متى شئت
home-come-back-means = يستمر الرفع من حيث كان. وحين يصل الملف كله، يؤدي الرابط إليه.
