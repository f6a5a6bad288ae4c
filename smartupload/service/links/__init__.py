"""What a share link gives: to whom, for how long, and who waits behind it."""
