"""What may be sent and what it is: size, name and kind of a file, and where its object lies."""
