"""Which requests wait in a hold in this process, and which engines have a stream here."""
