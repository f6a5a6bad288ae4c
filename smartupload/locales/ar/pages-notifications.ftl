### By which ways somebody is told when a file is there.

notifications-heading = الإشعارات
notifications-sub = لا داعي للانتظار. نخبرك حين يصبح ملف جاهزًا، وحين يوقفه شيء.
notifications-is-confirmed = تم تأكيد { $email }. ما لم نخبرك به بعد يصلك خلال لحظات.

## By mail

notifications-mail = بالبريد
notifications-confirmed = مؤكَّد
notifications-not-confirmed = لم يُؤكَّد بعد
notifications-your-address = عنوان بريدك الإلكتروني
notifications-other-address = عنوان آخر
notifications-address-example = anna@example.org
notifications-save = احفظ
notifications-change = غيّر
notifications-remove = أزِل
notifications-mails = رسائل حين يصبح ملف جاهزًا أو يحتاج إليك
notifications-stop-mails = أوقف هذه الرسائل
notifications-no-more-mails = لن تصلك رسائل أخرى.
notifications-mails-again = أعد إرسال الرسائل
notifications-mail-as-file = ليس لهذا الموقع خادم بريد بعد، لذا حُفظت رسالة التأكيد ملفًا في مجلد بياناته. افتح الرابط الذي فيها.
notifications-mail-sent = رسالة في طريقها إلى هذا العنوان. انقر الرابط الذي فيها خلال 3 أيام؛ وحتى ذلك الحين لا يُرسل إليه شيء آخر.
notifications-send-again = أرسلها مرة أخرى

## By push

notifications-push = بالإشعارات الفورية
notifications-all-browsers = إشعارات إلى كل متصفحاتك
notifications-by-link = جئت من رابط في رسالة بريد: ما تغيّره هنا يسري على الرسائل إلى ذلك العنوان وحده.
