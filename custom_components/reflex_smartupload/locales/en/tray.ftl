# The tray at the edge of every page, which lists what is on its way.

# Its name, which only screen readers say.
tray-label = Files on their way
# Below the files that it names.
tray-more = and { $count } more
