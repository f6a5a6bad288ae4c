"""Tags: the words that an owner gives to files, to find them by."""
