"""`python -m smartupload`."""

import sys

from smartupload import signals


def _run() -> int:
    # Before all that takes time: whoever presses Ctrl-C now wants to read no traceback.
    signals.end_quietly()
    try:
        from smartupload.cli import main
    except signals.Stopped as told:
        print(signals.EARLY, file=sys.stderr)
        return told.number
    return main()


if __name__ == "__main__":
    sys.exit(_run())
