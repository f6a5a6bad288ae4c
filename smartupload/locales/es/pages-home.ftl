home-sub = Suelte sus archivos y siga con lo suyo. La subida continúa y los enlaces funcionan desde el primer segundo.
