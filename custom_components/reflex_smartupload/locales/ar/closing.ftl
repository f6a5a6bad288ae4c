### The panel that says what happens on each way of closing. What happens stands beside each of them.

closing-heading = ماذا يحدث إن أغلقتُ…
closing-page = هذه الصفحة
closing-tab = علامة التبويب هذه، وليست الأخيرة
closing-tabs = كل علامات التبويب
closing-browser = المتصفح
closing-computer = الحاسوب
