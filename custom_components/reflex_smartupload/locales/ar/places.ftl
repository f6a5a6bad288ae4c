### Where files are dropped or chosen, and how somebody asks to be told.

places-files-or-folders-anywhere = أفلت ملفات أو مجلدات في أي مكان
places-files-anywhere = أفلت ملفات في أي مكان
places-files-or-folders-here = أفلت ملفات أو مجلدات هنا
places-files-here = أفلت ملفات هنا
places-choose-files-or-folder = أو { $files } أو { $folder }
places-choose-files = أو { $files }
places-pick-files = اختر ملفات
places-pick-folder = اختر مجلدًا
places-most = حتى { $size } لكل ملف
places-notify-me = أشعرني
places-tell-me = أخبرني حين يصل
places-messages-here = إشعارات إلى هذا المتصفح
