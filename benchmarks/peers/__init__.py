"""Runs other uploaders beside ours, on loopback and on a shaped line."""

import os
from pathlib import Path

ROOT = str(Path(__file__).resolve().parents[2])
WORK = os.path.join(ROOT, "build", "peers")
