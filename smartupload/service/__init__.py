"""The rules, in rooms by subject, one verb a file. Every verb takes a Context first and may be called from any thread."""
