"""`python -m smartupload`."""

import sys

from smartupload.cli import main

if __name__ == "__main__":
    sys.exit(main())
