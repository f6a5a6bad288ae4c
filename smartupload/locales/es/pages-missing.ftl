### What an address shows that leads nowhere.

missing-heading = Esta página no existe
missing-sub = Compruebe la dirección o empiece de nuevo desde la página de inicio. Las subidas en curso no se ven afectadas.
missing-home = Ir a la página de inicio
