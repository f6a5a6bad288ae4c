"""What a test of uploads needs: a Chromium that can be killed and opened again, a person with it, a line that can be cut, files from a seed."""

__version__ = "0.1.0"
