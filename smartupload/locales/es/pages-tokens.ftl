### The tokens of a person's programs, on the page of the account.

tokens-heading = Tokens para programas
tokens-copy-now = Cópielo ahora: solo se muestra esta vez.
tokens-new = El nuevo token
tokens-copy = Copiar
tokens-done = Listo
tokens-expired = Caducado
tokens-used-ends = Último uso: { $used }; caduca: { $ends }
tokens-used-ended = Último uso: { $used }; caducó: { $ends }
tokens-never-used-ends = Sin usar; caduca: { $ends }
tokens-never-used-ended = Sin usar; caducó: { $ends }
tokens-revoke = Revocar
tokens-revoke-name = Revocar { $name }
tokens-revoke-question = ¿Revocarlo? Los programas que lo usan se detienen de inmediato.
tokens-revoke-yes = Sí, revocar

## The form for a new one

tokens-form = Nuevo token
tokens-name = Nombre del nuevo token
tokens-name-example = Copia nocturna
tokens-good-for = Para qué sirve
tokens-upload = Subir archivos
tokens-read = Ver y descargar sus archivos
tokens-ends-after = Caduca en
tokens-week = una semana
tokens-days-30 = 30 días
tokens-days-90 = 90 días
tokens-year = un año
tokens-make = Crear token
