"""A run of all scenarios at one site: what is asked on the command line, and the tests that come of it."""
