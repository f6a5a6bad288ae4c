### Where files are dropped or chosen, and how somebody asks to be told.

places-files-or-folders-anywhere = Drop files or folders anywhere
places-files-anywhere = Drop files anywhere
places-files-or-folders-here = Drop files or folders here
places-files-here = Drop files here
# Below it. $files and $folder are links, of which a finger sees nothing else: their words are the two below.
places-choose-files-or-folder = or { $files } or { $folder }
places-choose-files = or { $files }
places-pick-files = choose files
places-pick-folder = a folder
# Behind it, after a point in the middle; $size is the largest size of a file, such as “5 TB”.
places-most = up to { $size } each
# The button, and the same for whoever waits for the file of somebody else.
places-notify-me = Notify me
places-tell-me = Tell me when it is there
# A switch among the settings of a person.
places-messages-here = Messages to this browser
