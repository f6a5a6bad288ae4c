push-unreadable-title = Hay novedades sobre sus archivos
push-unreadable-body = Abra la lista para verlas.
handed-arrived = Ha llegado todo.
