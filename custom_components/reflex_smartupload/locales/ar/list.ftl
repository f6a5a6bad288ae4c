### Lists of cards.

list-clear = أفرغ القائمة
list-files = الملفات
list-legend-sent = رُفع
list-legend-safe = في أمان في هذا المتصفح
