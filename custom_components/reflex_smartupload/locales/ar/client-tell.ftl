# How a person is told that a file is there: by a push to this browser, or by mail.

notify-told = سنخبرك
notify-confirm = افتح بريدك وأكّد العنوان.
notify-mail = راسلني
notify-example = you@example.org
notify-or-mail = أو اترك عنوان بريد إلكتروني:
notify-home-screen-mail = على هذا الجهاز تصل الإشعارات بعد إضافة هذا الموقع إلى الشاشة الرئيسية. أو اترك عنوان بريد إلكتروني:
notify-blocked-mail = إشعارات هذا الموقع محظورة في هذا المتصفح. اترك عنوان بريد إلكتروني بدلًا منها:
notify-unable-mail = لا يستقبل هذا المتصفح إشعارات والصفحة مغلقة. اترك عنوان بريد إلكتروني بدلًا منها:
notify-home-screen = على هذا الجهاز تصل الإشعارات بعد إضافة هذا الموقع إلى الشاشة الرئيسية.
notify-blocked = إشعارات هذا الموقع محظورة في هذا المتصفح.
notify-unable = لا يستقبل هذا المتصفح إشعارات والصفحة مغلقة.

notify-dismissed = لم تسمح بعد بالإشعارات. اضغط الزر مرة أخرى واختر «السماح».
notify-silent = لا تستجيب خدمة الإشعارات في هذا المتصفح. حاول مرة أخرى حين تكون متصلًا بالإنترنت.
notify-refused = تعذّر إعداد هذا المتصفح للإشعارات. حاول مرة أخرى بعد لحظات.
notify-away = لا يستجيب الخادم الآن. حاول مرة أخرى بعد لحظات.

# A notification of the system, where nobody can say which file it is about.
push-unreadable-title = هناك جديد بشأن ملفاتك
push-unreadable-body = افتح القائمة لتراه.
handed-arrived = وصل كله.
