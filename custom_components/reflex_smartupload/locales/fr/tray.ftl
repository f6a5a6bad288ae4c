### The tray: what is on its way, small, on every page.

tray-label = Fichiers en route
tray-percent = { $percent } %
tray-pause = Pause
tray-resume = Reprendre
tray-send-now = Envoyer maintenant
tray-cancel = Annuler
tray-undo = Rétablir
tray-more =
    { $count ->
        [one] et { NUMBER($count, useGrouping: 0) } autre
       *[other] et { NUMBER($count, useGrouping: 0) } autres
    }
