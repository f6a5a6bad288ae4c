### Where files are dropped or chosen, and how somebody asks to be told.

places-files-or-folders-anywhere = Dateien oder Ordner irgendwo hier ablegen
places-files-anywhere = Dateien irgendwo hier ablegen
places-files-or-folders-here = Dateien oder Ordner hier ablegen
places-files-here = Dateien hier ablegen
places-choose-files-or-folder = oder { $files } oder { $folder }
places-choose-files = oder { $files }
places-pick-files = Dateien wählen
places-pick-folder = Ordner wählen
places-most = je bis zu { $size }
places-notify-me = Benachrichtigen
places-tell-me = Bescheid geben, wenn sie da ist
places-messages-here = Nachrichten an diesen Browser
