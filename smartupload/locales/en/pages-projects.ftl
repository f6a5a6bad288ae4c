### An example of an ordinary page, with a list of work of a translation company.

projects-heading = Projects
projects-sub = What your team is translating now.
projects-search = Search projects
projects-none = No project fits. Try fewer letters or another stage.

## Columns

projects-project = Project
projects-languages = Languages
projects-words = Words
projects-due = Due
# Also the name of the row of buttons with the stages below.
projects-stage = Stage

## Stages of the work

projects-stage-all = All
projects-stage-new = New
projects-stage-translation = Translation
projects-stage-recording = Recording
projects-stage-review = Review
projects-stage-delivered = Delivered
