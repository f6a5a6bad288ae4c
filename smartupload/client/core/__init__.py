"""What is decided of an upload by rules alone: nothing here reads a file, asks a server, waits or looks at a clock."""
