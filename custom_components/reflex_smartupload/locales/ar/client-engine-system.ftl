# A notification of the system, where nobody can say which file it is about.
push-unreadable-title = هناك جديد بشأن ملفاتك
push-unreadable-body = افتح القائمة لتراه.
handed-arrived = وصل كله.
