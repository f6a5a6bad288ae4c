"""The S3 store: its calls, what its answers mean, how its bucket is made."""
