state-no_server = le serveur de cette page n’accepte pas encore d’envois, continue dès qu’il en accepte
state-starting = préparation
state-withdrawn = peut être rétabli pendant 10 secondes, puis sera supprimé
leaving-moment = Gardez cet onglet ouvert un instant, puis vous pourrez partir.
leaving-moment-size = Gardez cet onglet ouvert un instant. Pas encore à l’abri : { $size }.
leaving-read = Gardez cet onglet ouvert : d’autres fichiers sont en cours de lecture.
