# The page on which files are dropped.

# Below the heading.
home-sub = Drop your files and move on. They keep going, and their links work from the first second.
