"""What keeps a browser from sending what it was handed over, and when it is let go."""
