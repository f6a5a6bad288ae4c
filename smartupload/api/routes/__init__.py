"""The routes by subject, each a thin caller of one verb."""
