place-drop-several = Auf dieser Seite gibt es mehrere Bereiche für Dateien. Legen Sie die Datei in einem davon ab.
place-paste-several = Auf dieser Seite gibt es mehrere Bereiche für Dateien. Gehen Sie mit der Tabulatortaste zu einem davon und fügen Sie die Datei dort noch einmal ein.
place-drop-none = Diese Seite nimmt gerade keine Dateien an. Öffnen Sie den Bereich dafür und legen Sie die Datei dort ab.
place-paste-none = Diese Seite nimmt gerade keine Dateien an. Öffnen Sie den Bereich dafür und fügen Sie die Datei dort ein.

no-file-link = Das ist ein Link und keine Datei. Speichern Sie das, wohin er führt, und legen Sie die Datei dann hier ab.
no-file-picture = Das ist ein Bild einer Seite und keine Datei. Speichern Sie es zuerst und legen Sie die Datei dann hier ab.
no-file-text = Das ist Text und keine Datei. Speichern Sie ihn als Datei und wählen Sie dann diese.

left-out-one = { $name } wurde ausgelassen: Das System behält diese Datei für sich.
left-out-many =
    { $count ->
        [one] { $count } Datei, die das System für sich behält, wurde ausgelassen: { $name }.
       *[other] { $count } Dateien, die das System für sich behält, wurden ausgelassen, zum Beispiel { $name }.
    }

drag-some = Dateien
drag-mixed =
    { $count ->
        [one] Eine Datei oder ein Ordner
       *[other] { $count } Dateien oder Ordner
    }
drag-here = Irgendwo auf dieser Seite ablegen.
drag-into = Irgendwo ablegen, sie kommen in „{ $place }“.
