### An example of an ordinary page, with a list of work of a translation company.

projects-heading = Projets
projects-sub = Ce que votre équipe traduit en ce moment.
projects-search = Chercher un projet
projects-none = Aucun projet ne correspond. Essayez avec moins de lettres ou une autre étape.

## Columns

projects-project = Projet
projects-languages = Langues
projects-words = Mots
projects-due = Échéance
projects-stage = Étape

## Stages of the work

projects-stage-all = Tous
projects-stage-new = Nouveau
projects-stage-translation = Traduction
projects-stage-recording = Enregistrement
projects-stage-review = Relecture
projects-stage-delivered = Livré
