"""`python -m smartupload doctor`: what is wrong with a site, why it matters, and what to type."""
