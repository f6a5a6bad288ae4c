"""What is written of an upload, in one transaction: its row, the event that a change is, and who gets it."""
