"""What callers see of an upload: plain values, whether its link is open, what of it a page can show."""
