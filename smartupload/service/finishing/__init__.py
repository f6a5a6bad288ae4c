"""How a file is made of its parts and published: completed, taken from the backlog, verified, sniffed, scanned, published, cleared."""
