"""`python -m smartupload`."""

import sys

from smartupload import signals


def main() -> int:
    """Also what `smartupload` starts where it is installed."""
    # Before all that takes time: whoever presses Ctrl-C now wants to read no traceback.
    signals.end_quietly()
    try:
        from smartupload import cli
    except signals.Stopped as told:
        print(signals.EARLY, file=sys.stderr)
        return told.number
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
