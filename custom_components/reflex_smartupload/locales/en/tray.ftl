### The tray: what is on its way, small, on every page.

# Name of the tray, for screen readers.
tray-label = Files on their way
tray-percent = { $percent } %
tray-pause = Pause
tray-resume = Resume
tray-send-now = Send now
tray-cancel = Cancel
# Brings back what was just cancelled.
tray-undo = Undo
# Below the files that the tray names.
tray-more = and { NUMBER($count, useGrouping: 0) } more
