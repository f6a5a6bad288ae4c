### The tokens of a person's programs, on the page of the account.

tokens-heading = Tokens für Programme
tokens-copy-now = Kopieren Sie das Token jetzt: Es wird nur dieses eine Mal gezeigt.
tokens-new = Das neue Token
tokens-copy = Kopieren
tokens-done = Fertig
tokens-expired = Abgelaufen
tokens-used-ends = Zuletzt benutzt: { $used }, Ablauf: { $ends }
tokens-used-ended = Zuletzt benutzt: { $used }, abgelaufen: { $ends }
tokens-never-used-ends = Nie benutzt, Ablauf: { $ends }
tokens-never-used-ended = Nie benutzt, abgelaufen: { $ends }
tokens-revoke = Widerrufen
tokens-revoke-name = { $name } widerrufen
tokens-revoke-question = Token widerrufen? Programme, die es benutzen, haben sofort keinen Zugang mehr.
tokens-revoke-yes = Ja, widerrufen

## The form for a new one

tokens-form = Neues Token
tokens-name = Name des neuen Tokens
tokens-name-example = Nächtliche Sicherung
tokens-good-for = Was es darf
tokens-upload = Dateien hochladen
tokens-read = Ihre Dateien sehen und herunterladen
tokens-ends-after = Endet nach
tokens-week = einer Woche
tokens-days-30 = 30 Tagen
tokens-days-90 = 90 Tagen
tokens-year = einem Jahr
tokens-make = Token erstellen
