"""`python -m smartupload`."""

import sys

from smartupload import signals

# Before all that takes time: whoever presses Ctrl-C now wants to read no traceback.
signals.end_quietly()

from smartupload.cli import main  # noqa: E402 - see above

if __name__ == "__main__":
    sys.exit(main())
