"""A line on which a test can have an accident: it is slowed down, cut and restored, and what goes over it is counted."""
