# Whether one may close the window, and what happens then. What is said here has to be true to the word: people rely on it.

leaving-continues = كل شيء في أمان. يمكنك إغلاق هذه النافذة. يستمر الرفع تلقائيًا.
leaving-return = كل شيء في أمان. يمكنك إغلاق هذه النافذة. يستمر الرفع حين تعود.
leaving-paused = كل شيء في أمان. يمكنك إغلاق هذه النافذة. يبقى الرفع متوقفًا حتى تضغط «استأنف».
leaving-waits = كل شيء في أمان. يمكنك إغلاق هذه النافذة. ينتظر الرفع شبكة أخرى، أو أن تضغط «أرسل الآن».
leaving-full = أبقِ علامة تبويب من هذا الموقع مفتوحة حتى يكتمل الرفع: امتلأت مساحة التخزين في هذا المتصفح.
leaving-none = أبقِ علامة تبويب من هذا الموقع مفتوحة حتى يكتمل الرفع: هذا المتصفح لا يحفظ شيئًا لوقت لاحق.
leaving-seconds =
    { $count ->
        [zero] أبقِ علامة التبويب هذه مفتوحة لحظة. ليس في أمان بعد: { $size }.
        [one] أبقِ علامة التبويب هذه مفتوحة ثانية أخرى. ليس في أمان بعد: { $size }.
        [two] أبقِ علامة التبويب هذه مفتوحة ثانيتين أخريين. ليس في أمان بعد: { $size }.
        [few] أبقِ علامة التبويب هذه مفتوحة { $count } ثوانٍ أخرى. ليس في أمان بعد: { $size }.
        [many] أبقِ علامة التبويب هذه مفتوحة { $count } ثانية أخرى. ليس في أمان بعد: { $size }.
       *[other] أبقِ علامة التبويب هذه مفتوحة { $count } ثانية أخرى. ليس في أمان بعد: { $size }.
    }
leaving-minutes =
    { $count ->
        [zero] أبقِ علامة التبويب هذه مفتوحة لحظة. ليس في أمان بعد: { $size }.
        [one] أبقِ علامة التبويب هذه مفتوحة نحو دقيقة أخرى. ليس في أمان بعد: { $size }.
        [two] أبقِ علامة التبويب هذه مفتوحة نحو دقيقتين أخريين. ليس في أمان بعد: { $size }.
        [few] أبقِ علامة التبويب هذه مفتوحة نحو { NUMBER($count, useGrouping: 0) } دقائق أخرى. ليس في أمان بعد: { $size }.
        [many] أبقِ علامة التبويب هذه مفتوحة نحو { NUMBER($count, useGrouping: 0) } دقيقة أخرى. ليس في أمان بعد: { $size }.
       *[other] أبقِ علامة التبويب هذه مفتوحة نحو { NUMBER($count, useGrouping: 0) } دقيقة أخرى. ليس في أمان بعد: { $size }.
    }
leaving-all-moment = أبقِ علامة التبويب هذه مفتوحة لحظة
leaving-all-seconds =
    { $count ->
        [zero] بعد لحظة يمكنك إغلاق كل شيء
        [one] بعد ثانية أخرى يمكنك إغلاق كل شيء
        [two] بعد ثانيتين أخريين يمكنك إغلاق كل شيء
        [few] بعد { $count } ثوانٍ أخرى يمكنك إغلاق كل شيء
        [many] بعد { $count } ثانية أخرى يمكنك إغلاق كل شيء
       *[other] بعد { $count } ثانية أخرى يمكنك إغلاق كل شيء
    }
leaving-all-minutes =
    { $count ->
        [zero] بعد لحظة يمكنك إغلاق كل شيء
        [one] بعد نحو دقيقة أخرى يمكنك إغلاق كل شيء
        [two] بعد نحو دقيقتين أخريين يمكنك إغلاق كل شيء
        [few] بعد نحو { NUMBER($count, useGrouping: 0) } دقائق أخرى يمكنك إغلاق كل شيء
        [many] بعد نحو { NUMBER($count, useGrouping: 0) } دقيقة أخرى يمكنك إغلاق كل شيء
       *[other] بعد نحو { NUMBER($count, useGrouping: 0) } دقيقة أخرى يمكنك إغلاق كل شيء
    }

wait-itself = لا داعي للانتظار هنا: يتبقى { $time }.
wait-meanwhile = لا داعي للانتظار هنا: يتبقى { $time }، ويستمر الرفع وأنت تعمل في صفحات أخرى وعلامات تبويب أخرى.

# What happens to what is on its way if one closes this page, this tab, all tabs, the browser, or switches the computer off: each beside its place, so no sentence.
closing-paused = يبقى متوقفًا مؤقتًا
closing-waits = يبقى منتظرًا
closing-on = يستمر
closing-itself = يستمر تلقائيًا
closing-opened = يستمر حين يُفتح من جديد
closing-back = يستمر حين تعود
closing-little = يستمر مدةً قصيرة، ثم حين تعود
closing-minutes = يستمر 5 دقائق، ثم حين تعود
closing-minutes-safe = يستمر 5 دقائق؛ أبقِه مفتوحًا حتى يصبح الملف في أمان
closing-asked = يُطلب منك الملف مرة أخرى
