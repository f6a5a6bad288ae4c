# What the system or the browser shows where there is no page, and the engine says by itself.

# A notification of the system, where nobody can say which file it is about.
push-unreadable-title = There is news about your files
push-unreadable-body = Open the list to see it.
# In the browser's own list of downloads.
handed-arrived = All of it has arrived.
