### What is kept of a person: the controls at the end of a page, and the question before all of it is deleted.

yours-account = الحساب
yours-data = بياناتك
yours-along = { $link }: أرشيف واحد فيه كل ما يحتفظ به هذا الموقع عنك، مع ملفاتك، أو مع عناوين تصلح يومًا واحدًا للكبيرة منها.
yours-along-link = نزّل بياناتك كلها
yours-delete = أو احذفها كلها: كل ملف وكل عملية رفع، وكل رابط أرسلته، وعنوان بريدك، وما يحتفظ به هذا المتصفح. { $warning } يبقى سجل ما جرى مدةً من الزمن، بلا أسماء.
yours-warning = لا يستطيع أحد استعادة أي شيء منها.
yours-delete-yes = احذف كل ما يخصني
