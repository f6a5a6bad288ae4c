### An example of an ordinary page, with a list of work of a translation company.

projects-heading = Projekte
projects-sub = Was Ihr Team gerade übersetzt.
projects-search = Projekte suchen
projects-none = Kein Projekt passt. Versuchen Sie es mit weniger Buchstaben oder einer anderen Phase.

## Columns

projects-project = Projekt
projects-languages = Sprachen
projects-words = Wörter
projects-due = Fällig
projects-stage = Phase

## Stages of the work

projects-stage-all = Alle
projects-stage-new = Neu
projects-stage-translation = Übersetzung
projects-stage-recording = Aufnahme
projects-stage-review = Durchsicht
projects-stage-delivered = Geliefert
