push-ready-title = { $name } ist fertig
push-ready = { $size }. Öffnen Sie die Datei oder senden Sie den Link.
push-blocked-title = { $name } wurde gesperrt
push-blocked = Die Datei hat die Prüfung nicht bestanden, deshalb kann niemand sie öffnen.
push-expired-title = { $name } ist nicht rechtzeitig angekommen
push-expired = Der Upload stand zu lange still, deshalb wurde entfernt, was schon da war. Legen Sie die Datei noch einmal ab, um neu zu beginnen.
push-waits-title = { NUMBER($percent, useGrouping: 0) } % von { $name } sind da
push-waits-title-none = { $name } ist noch nicht da
push-waits = Zum Fortsetzen öffnen.
push-waits-paused = Sie haben den Upload pausiert. Öffnen Sie die Seite und drücken Sie auf „Fortsetzen“.
push-failed-title = { $name } ist nicht angekommen
push-failed = Legen Sie die Datei noch einmal ab, um neu zu beginnen.

push-awaited-ready-title = { $name } ist angekommen
push-awaited-ready = { $size }. Sie wollten Bescheid wissen: Jetzt können Sie die Datei öffnen.
push-awaited-blocked = Die Datei hat die Prüfung nicht bestanden, deshalb kann niemand sie öffnen. Bitten Sie den Absender um eine andere.
push-awaited-failed = Bitten Sie den Absender, die Datei noch einmal zu senden.
