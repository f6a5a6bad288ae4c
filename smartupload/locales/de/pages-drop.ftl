### The page of a drop link, for whoever sends files without an account.

drop-loading = Einen Moment …
drop-missing = Diesen Link gibt es nicht
drop-closed = Dieser Link ist geschlossen
drop-asked-by = { $asker } bittet Sie um Dateien. Ein Konto ist nicht nötig. Nur wer darum bittet, sieht, was Sie senden.
drop-asked = Sie werden um Dateien gebeten. Ein Konto ist nicht nötig. Nur wer darum bittet, sieht, was Sie senden.
drop-until = Frist: { $until }
drop-name = Ihr Name, wenn Sie möchten
drop-in-the-name-of = Gesendet im Namen von { $name }
drop-no-cookies = Dieser Browser speichert keine Cookies, deshalb lässt sich von hier nichts senden.
drop-on-their-way = Unterwegs
drop-sent = Gesendet
