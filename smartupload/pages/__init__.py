"""What people see: each page in a file of its own. `site` puts those of the product together."""
