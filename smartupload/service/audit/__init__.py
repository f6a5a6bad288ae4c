"""Who did what to which upload, from where: written with the change itself, kept for a while, and read by admins only."""
