### Lists of cards.

list-clear = أفرغ القائمة
list-files = الملفات
