"""The same service over HTTP, under /api."""
