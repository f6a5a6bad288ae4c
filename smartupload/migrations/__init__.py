"""The history of the schema, run on start."""
