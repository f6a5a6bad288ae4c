### An example of an ordinary page, with a list of work of a translation company.

projects-heading = Proyectos
projects-sub = Lo que su equipo está traduciendo ahora.
projects-search = Buscar proyectos
projects-none = Ningún proyecto coincide. Pruebe con menos letras o con otra fase.

## Columns

projects-project = Proyecto
projects-languages = Idiomas
projects-words = Palabras
projects-due = Entrega
projects-stage = Fase

## Stages of the work

projects-stage-all = Todos
projects-stage-new = Nuevo
projects-stage-translation = Traducción
projects-stage-recording = Grabación
projects-stage-review = Revisión
projects-stage-delivered = Entregado
