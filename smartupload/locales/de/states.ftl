state-uploading = Unterwegs, { NUMBER($percent, useGrouping: 0) } %
state-paused = Pausiert, { NUMBER($percent, useGrouping: 0) } %
state-verifying = Wird geprüft
state-scanning = Wird geprüft
state-ready = Fertig
state-blocked = Gesperrt
state-failed = Fehlgeschlagen
state-cancelled = Abgebrochen
state-expired = Abgelaufen

state-sent-by-you = Von Ihnen über einen Empfangslink gesendet
state-sent-by = Von { $name } über „{ $link }“ gesendet
state-sent-by-somebody = Von jemandem über „{ $link }“ gesendet
state-sent-by-old = Von { $name } gesendet, über einen Empfangslink, den es nicht mehr gibt
state-sent-by-somebody-old = Von jemandem gesendet, über einen Empfangslink, den es nicht mehr gibt

state-type-file = Datei
state-type-pdf = PDF
state-type-kind = { $kind }-Datei
state-type-picture = Bild
state-type-audio = Audio
state-type-video = Video
state-type-text = Text
state-type-picture-kind = Bild ({ $kind })
state-type-audio-kind = Audio ({ $kind })
state-type-video-kind = Video ({ $kind })
state-type-text-kind = Text ({ $kind })

state-left = noch { $time }

state-page-uploading = Auf dieser Seite erscheint die Datei. Sie können die Seite schließen und über denselben Link wiederkommen.
state-page-paused = Der Upload wurde beim Absender pausiert. Geht er weiter, erscheint die Datei auf dieser Seite.
state-page-verifying = Alles ist angekommen und wird geprüft. Das dauert einen Moment.
state-page-scanning = Alles ist angekommen und wird geprüft. Das dauert einen Moment.
state-page-blocked = Diese Datei hat die Prüfung nicht bestanden, deshalb kann niemand sie öffnen. Bitten Sie den Absender um eine andere.
state-page-virus = In dieser Datei wurde ein Virus gefunden, deshalb kann niemand sie öffnen. Sagen Sie dem Absender Bescheid.
state-page-failed = Diese Datei ist nicht angekommen. Bitten Sie den Absender, sie noch einmal zu senden.
state-page-cancelled = Der Absender hat diese Datei zurückgezogen.
state-page-expired = Diese Datei ist nicht rechtzeitig angekommen. Bitten Sie den Absender, sie noch einmal zu senden.
state-scan-clean = Auf Viren geprüft, nichts gefunden.
state-scan-off = Nicht auf Viren geprüft.
state-scan-off-visitor = Nicht auf Viren geprüft. Öffnen Sie die Datei nur, wenn Sie dem Absender vertrauen.

state-closed-revoked = Nicht geteilt: Wer den Link öffnet, erfährt das. Sie selbst können die Datei weiterhin öffnen und herunterladen.
state-closed-over = Der letzte Tag des Links ist vorbei. Wählen Sie einen späteren, um die Datei wieder zu teilen.
state-closed-used = Alle erlaubten Downloads sind aufgebraucht. Erlauben Sie mehr, um die Datei wieder zu teilen.
state-link-stopped = Die Datei wird nicht mehr geteilt.
state-link-works = Der Link gilt wieder.
state-link-no-day = An diesem Tag kann ein Link nicht enden. Wählen Sie einen anderen oder lassen Sie das Feld leer.
state-link-no-number = Schreiben Sie die Zahl der Downloads in Ziffern. Bleibt das Feld leer, sind es beliebig viele.
state-link-renewed = Der alte Link gilt nicht mehr. Hier ist der neue.
state-saved = Gespeichert.

state-limit-files = { $count ->
    [one] eine Datei
   *[other] höchstens { NUMBER($count, useGrouping: 0) } Dateien
}
state-limit-size = je bis zu { $size }
state-limit-bytes = insgesamt { $size }
state-limit-types = nur { $types }

state-arrived = { $count ->
    [one] 1 Datei, { $size }
   *[other] { NUMBER($count, useGrouping: 0) } Dateien, { $size }
}
state-arrived-none = Noch nichts gekommen

state-token-upload = Hochladen
state-token-read = Lesen
state-token-both = Hochladen und lesen

state-browsers-none = Noch bekommt sie keiner Ihrer Browser.
state-browsers = { $count ->
    [one] Einer Ihrer Browser bekommt sie.
   *[other] { NUMBER($count, useGrouping: 0) } Ihrer Browser bekommen sie.
}

state-project-today = Heute
state-project-tomorrow = Morgen
state-project-languages = { $source } nach { $into }
state-project-words = { $count }
state-project-arrived = Gerade angekommen
