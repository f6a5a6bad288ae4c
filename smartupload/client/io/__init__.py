"""What touches the world: the file, the state directory, the API and the store; each says what it met, and decides nothing about the upload."""
