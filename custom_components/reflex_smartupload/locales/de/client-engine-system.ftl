push-unreadable-title = Es gibt Neues zu Ihren Dateien
push-unreadable-body = Öffnen Sie die Liste, um es zu sehen.
handed-arrived = Alles ist angekommen.
