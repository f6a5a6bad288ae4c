### Which keys do something on a page: a button, and the dialog that it opens.

keys-label = المفاتيح
keys-heading = مفاتيح هذه الصفحة
keys-search = ابحث
keys-upload = اختر ملفات لرفعها
keys-rename = أعد تسمية ملف الصف
keys-undo = تراجع عما أُزيل
keys-escape = اترك كل شيء كما هو
keys-this = أظهر هذه المفاتيح
keys-on = الحروف المفردة تنفذ أمرًا
keys-close = أغلق
