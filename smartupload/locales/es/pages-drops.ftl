### Drop links, with which others send files without an account, on the page of the account.

drops-heading = Enlaces de recepción
drops-sub = Quien tenga uno de estos enlaces puede enviarle archivos sin una cuenta. No ve nada suyo.
drops-open = Abierto
drops-closed = Cerrado
drops-until = hasta { $ends }
drops-delete-question = ¿Eliminar el enlace? Lo que llegó por él se conserva.
drops-delete-yes = Sí, eliminar

## Buttons, and the same with the title of the link for screen readers

drops-copy = Copiar enlace
drops-copy-of = Copiar enlace: { $title }
drops-close = Cerrar
drops-close-of = Cerrar: { $title }
drops-delete = Eliminar
drops-delete-of = Eliminar: { $title }

## The form for a new one

drops-form = Nuevo enlace de recepción
drops-title = Qué pide
drops-title-example = Sus documentos fiscales
drops-asker = Quién lo pide, si debe mostrarse
drops-ends-after = Caduca en
drops-day = un día
drops-week = una semana
drops-two-weeks = dos semanas
drops-days-30 = 30 días
drops-days-90 = 90 días
drops-limits = Límites
drops-files = Archivos
drops-size = MB por archivo
drops-bytes = MB en total
drops-types = Tipos de archivo
drops-types-example = image/*, .pdf
drops-make = Crear enlace
