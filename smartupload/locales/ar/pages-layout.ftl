### What every page has around its content.

layout-brand = smartupload
layout-skip = انتقل إلى المحتوى
layout-pages = الصفحات
layout-home = الرئيسية
layout-files = الملفات
layout-notifications = الإشعارات
layout-projects = المشاريع
layout-theme = بدّل بين الفاتح والداكن
layout-away = لا يصل إلى هذه الصفحة شيء من الخادم الآن: إما أنه لا يستجيب، وإما أن شيئًا بينهما لا يسمح باتصال websocket. يستمر الرفع قدر الإمكان، أما ما تعرضه الصفحة وما تغيّره فيها فيُستأنف تلقائيًا حين يستجيب الخادم.
layout-keep = أبقِها
