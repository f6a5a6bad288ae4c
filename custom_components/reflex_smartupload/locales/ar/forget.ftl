### What somebody presses before they leave a computer that others use, and the question before it is done.

forget-label = انسَني على هذا الجهاز
forget-question = أتريد أن ينساك هذا الجهاز؟
forget-question-of = { $label }؟
forget-wiped = إن كان غيرك يستخدم هذا الحاسوب، فافعل هذا قبل أن تغادر. يُمسح ما يحتفظ به هذا المتصفح: نسخ الملفات التي لم يكتمل رفعها، وقائمة ملفاتك.
forget-lost = ما لم يكتمل رفعه يتوقف نهائيًا: لا يستطيع أحد متابعته بغير هذا المتصفح. أما الملفات الجاهزة فتبقى، لكن لا يُوصل إليها إلا بروابطها. { $warning }
forget-warning = انسخ أولًا الروابط التي تحتاج إليها.
forget-no = أبقِها
forget-yes = انسَ كل شيء هنا
