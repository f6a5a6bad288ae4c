"""Runs other uploaders beside ours, on loopback and on a shaped line."""
