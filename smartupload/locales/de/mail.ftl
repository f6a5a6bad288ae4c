mail-state-ready = Fertig
mail-state-blocked = Gesperrt
mail-state-expired = Abgelaufen
mail-state-failed = Fehlgeschlagen
mail-state-waits = Wartet bei { NUMBER($percent, useGrouping: 0) } %
mail-state-waits-paused = Pausiert bei { NUMBER($percent, useGrouping: 0) } %

mail-ready-title = { $name } ist fertig
mail-ready = Alles ist angekommen. Öffnen Sie die Datei oder senden Sie ihren Link an alle, die darauf warten.
mail-ready-unscanned = Alles ist angekommen. Öffnen Sie die Datei oder senden Sie ihren Link an alle, die darauf warten. Sie wurde nicht auf Viren geprüft.
mail-blocked-title = { $name } wurde gesperrt
mail-blocked = Die Datei hat die Prüfung nicht bestanden, deshalb kann niemand sie öffnen.
mail-expired-title = { $name } ist nicht rechtzeitig angekommen
mail-expired = Der Upload stand zu lange still, deshalb wurde entfernt, was schon da war. Legen Sie die Datei noch einmal ab, um neu zu beginnen.
mail-failed-title = { $name } ist nicht angekommen
mail-failed = Die Datei ist nicht angekommen. Legen Sie sie noch einmal ab.
mail-waits-title = { NUMBER($percent, useGrouping: 0) } % von { $name } sind da, zum Fortsetzen öffnen
mail-waits-title-none = { $name } ist noch nicht da, zum Fortsetzen öffnen
mail-waits = Öffnen Sie die Seite in dem Browser, von dem aus Sie die Datei gesendet haben, dann geht es von selbst weiter.
mail-waits-until = Öffnen Sie die Seite in dem Browser, von dem aus Sie die Datei gesendet haben, dann geht es von selbst weiter. Was schon da ist, bleibt bis zum { $day } gespeichert.
mail-waits-paused = Sie haben den Upload pausiert. Öffnen Sie die Seite in dem Browser, von dem aus Sie die Datei gesendet haben, und drücken Sie auf „Fortsetzen“.
mail-waits-paused-until = Sie haben den Upload pausiert. Öffnen Sie die Seite in dem Browser, von dem aus Sie die Datei gesendet haben, und drücken Sie auf „Fortsetzen“. Was schon da ist, bleibt bis zum { $day } gespeichert.

mail-awaited-ready-title = Die Datei, auf die Sie gewartet haben, ist da: { $name }
mail-awaited-ready = Sie wollten Bescheid wissen: Jetzt ist alles angekommen.
mail-awaited-ready-unscanned = Sie wollten Bescheid wissen: Jetzt ist alles angekommen. Die Datei wurde nicht auf Viren geprüft.
mail-awaited-blocked-title = Die Datei, auf die Sie gewartet haben, wurde gesperrt: { $name }
mail-awaited-blocked = Die Datei hat die Prüfung nicht bestanden, deshalb kann niemand sie öffnen. Bitten Sie den Absender um eine andere.
mail-awaited-expired = Die Datei ist nicht rechtzeitig angekommen. Bitten Sie den Absender, sie noch einmal zu senden.
mail-awaited-failed-title = Die Datei, auf die Sie gewartet haben, ist nicht angekommen: { $name }
mail-awaited-failed = Die Datei ist nicht angekommen. Bitten Sie den Absender, sie noch einmal zu senden.

mail-open = Datei öffnen
mail-open-files = Zu den Dateien
mail-see-file = Zur Seite der Datei
mail-see-its = Zur Seite der Datei
mail-send-again = Noch einmal senden
mail-continue = Fortsetzen

mail-and = { $said }, { $next }
mail-several-ready = { $count ->
    [one] 1 Datei ist fertig
   *[other] { NUMBER($count, useGrouping: 0) } Dateien sind fertig
}
mail-also-ready = { $count ->
    [one] 1 ist fertig
   *[other] { NUMBER($count, useGrouping: 0) } sind fertig
}
mail-several-blocked = { $count ->
    [one] 1 Datei wurde gesperrt
   *[other] { NUMBER($count, useGrouping: 0) } Dateien wurden gesperrt
}
mail-also-blocked = { $count ->
    [one] 1 wurde gesperrt
   *[other] { NUMBER($count, useGrouping: 0) } wurden gesperrt
}
mail-several-failed = { $count ->
    [one] 1 Datei ist nicht angekommen
   *[other] { NUMBER($count, useGrouping: 0) } Dateien sind nicht angekommen
}
mail-also-failed = { $count ->
    [one] 1 ist nicht angekommen
   *[other] { NUMBER($count, useGrouping: 0) } sind nicht angekommen
}
mail-several-expired = { $count ->
    [one] 1 Datei ist nicht rechtzeitig angekommen
   *[other] { NUMBER($count, useGrouping: 0) } Dateien sind nicht rechtzeitig angekommen
}
mail-also-expired = { $count ->
    [one] 1 ist nicht rechtzeitig angekommen
   *[other] { NUMBER($count, useGrouping: 0) } sind nicht rechtzeitig angekommen
}
mail-several-waits = { $count ->
    [one] 1 Datei wartet auf die Fortsetzung
   *[other] { NUMBER($count, useGrouping: 0) } Dateien warten auf die Fortsetzung
}
mail-also-waits = { $count ->
    [one] 1 wartet auf die Fortsetzung
   *[other] { NUMBER($count, useGrouping: 0) } warten auf die Fortsetzung
}

mail-more = Und { NUMBER($count, useGrouping: 0) } weitere, alle unter „Dateien“.

mail-file = { $name }, { $size }
mail-line = { $name }, { $size }: { $state }

mail-foot = Sie bekommen diese E-Mail, weil jemand diese Adresse bei { $site } angegeben hat.
mail-manage = Adresse ändern oder diese E-Mails beenden

mail-confirm-subject = Diese Adresse für { $site } bestätigen
mail-confirm-title = Ist das Ihre Adresse?
mail-confirm = Jemand, wahrscheinlich Sie, hat { $site } gebeten, an { $address } zu schreiben, wenn Dateien fertig sind. Bestätigen Sie die Adresse, dann erfahren Sie auch, was seitdem geschehen ist.
mail-confirm-button = Ja, das ist meine Adresse
mail-confirm-foot =
    { $days ->
        [one] Der Link gilt { NUMBER($days, useGrouping: 0) } Tag. Wenn Sie das nicht waren, tun Sie nichts: Es kommt keine weitere E-Mail.
       *[other] Der Link gilt { NUMBER($days, useGrouping: 0) } Tage. Wenn Sie das nicht waren, tun Sie nichts: Es kommt keine weitere E-Mail.
    }

mail-admin = Gesperrt: { $name }
mail-admin-several = Gesperrt: { $name } und { NUMBER($count, useGrouping: 0) } weitere
mail-admin-reason = { $reason } Upload { $upload }.
mail-admin-foot = Sie bekommen diese E-Mail, weil { $site } Sie unter seinen Administratoren nennt (ADMIN_EMAILS).
