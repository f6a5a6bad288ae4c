"""The real outside things behind the ports, and their in-memory twins."""
