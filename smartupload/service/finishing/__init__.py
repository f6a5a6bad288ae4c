"""How a file is made of its parts and published: completed, verified, sniffed, scanned, copied, cleared."""
