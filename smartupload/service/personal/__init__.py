"""What is kept of a person: taken along as one archive, or deleted."""
