"""Drop links: with which people without an account send files to somebody who has one."""
