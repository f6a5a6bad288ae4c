"""What is tried at a site, one function for each; the report says of each whether it held."""
