### What somebody presses before they leave a computer that others use, and the question before it is done.

forget-label = Olvidar en este dispositivo
forget-question = ¿Olvidar en este dispositivo?
forget-question-of = ¿{ $label }?
forget-wiped = En un equipo que usan otras personas, haga esto antes de irse. Se borra lo que guarda este navegador: las copias de las subidas sin terminar y la lista de sus archivos.
forget-lost = Las subidas sin terminar se detienen para siempre: sin este navegador nadie puede continuarlas. Los archivos listos se conservan, pero solo se llega a ellos por sus enlaces. { $warning }
forget-warning = Copie antes los enlaces que necesite.
forget-no = Conservar
forget-yes = Olvidar todo aquí
