### The list of everything a person has uploaded.

files-heading = Files
files-sub = Everything you have uploaded. A link works from the first second and becomes the file.
files-search = Search files
files-more = Show more
files-none-found = No file has these letters in its name.
files-none = No files yet
files-none-hint = Drop a file anywhere on this page, or choose one on the first page.
files-upload = Upload a file

## Columns

files-name = Name
files-size = Size
files-date = Date
files-state = State
# Heading of the buttons, for screen readers.
files-actions = Actions

## Buttons

files-download = Download
files-copy-link = Copy link
# A link to the page where it can be shared again.
files-not-shared = Not shared
files-rename = Rename
# What a screen reader calls the field. $name is the one that the file has.
files-new-name = New name for { $name }
files-save = Save
# Leaves the name as it is.
files-keep-name = Keep
files-delete = Delete

## Several files

files-copy-links = Copy links
# What a screen reader calls the check box of a row.
files-select = Select { $name }
files-select-all = Select all that are shown
files-select-none = Select none
# $count files, $size together.
files-selected = { $count } selected, { $size }
# What a screen reader calls the buttons that follow.
files-with-selected = With what is selected

## Order and states

files-order = Order
files-newest = Newest first
files-oldest = Oldest first
files-by-name = Name, A to Z
files-by-name-back = Name, Z to A
files-largest = Largest first
files-smallest = Smallest first
files-by-state = State, problems first
files-by-state-back = State, on their way first
files-all = All
files-on-their-way = On their way
files-ready = Ready
files-in-trouble = Problems
files-none-in-state = No file is in this state.
files-show-all = Show all files
# $size is that of all of them together.
files-sum =
    { $count ->
        [one] { $count } file, { $size }
       *[other] { $count } files, { $size }
    }
# $count of all files that there are ($all).
files-sum-of =
    { $all ->
        [one] { $count } of { $all } file, { $size }
       *[other] { $count } of { $all } files, { $size }
    }

## How far it is

files-sending = On its way, { NUMBER($percent, useGrouping: 0) } %
files-paused = Paused, { NUMBER($percent, useGrouping: 0) } %

## Tags

files-tags = Tags
# What a screen reader calls the buttons and the field that follow.
files-tags-of = Tags of { $name }
files-tags-of-selected = Tags of what is selected
files-new-tag = New tag
files-add-tag = Add
files-tags-done = Done
files-untag = Remove the tag { $tag }
files-tagged = Show files with the tag { $tag }
# What a screen reader calls the choice of one tag, whose files are shown.
files-tag = Tag
files-all-tags = All tags
# $count files have it.
files-tag-count = { $tag } ({ $count })
files-none-tagged = No file has this tag.

## Links that lead to several files at once

# $count links.
files-links = Links to several files: { $count }
files-shared = Shared
