### What an address shows that leads nowhere.

missing-heading = لا توجد صفحة كهذه
missing-sub = تحقق من العنوان، أو ابدأ من الصفحة الرئيسية. لا يتأثر ما هو قيد الرفع.
missing-home = إلى الصفحة الرئيسية
