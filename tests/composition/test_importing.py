"""What an import does: nothing but load; in a fresh interpreter, since this one has loaded everything already."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

PROGRAM = """
import os, sys

class Watched(dict):
    def __getitem__(self, name): asked(name); return dict.__getitem__(self, name)
    def get(self, name, *other): asked(name); return dict.get(self, name, *other)
    def __iter__(self): asked("SMARTUPLOAD_, all of them"); return dict.__iter__(self)
    def keys(self): asked("SMARTUPLOAD_, all of them"); return dict.keys(self)
    def items(self): asked("SMARTUPLOAD_, all of them"); return dict.items(self)

def asked(name):
    frame = sys._getframe(2)
    if name.startswith("SMARTUPLOAD_") and "smartupload" in frame.f_globals.get("__name__", ""):
        sys.exit(f"{frame.f_globals['__name__']} asks for {name}")

os.environ = Watched(os.environ)
"""


def run(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", PROGRAM + program], capture_output=True, text=True, timeout=60)
    return done.stderr or done.stdout


@pytest.mark.parametrize("imported", ["import smartupload", "from smartupload import SmartUpload"])
def test_no_app_is_built_and_no_setting_is_read(imported: str) -> None:
    assert (
        run(f"{imported}\nprint('reflex' in sys.modules, 'smartupload.smartupload' in sys.modules)") == "False False\n"
    )


def test_the_app_with_its_pages_is_built_where_no_test_runs() -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-c", "import smartupload.smartupload"]
    done = subprocess.run(command, env=kept, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, ""), "with PYTEST_CURRENT_TEST Reflex takes what it refuses else"


def test_settings_that_are_given_are_the_only_ones() -> None:
    program = "from smartupload import SmartUpload\nfrom smartupload.settings import Settings\n"
    assert run(f"{program}print(SmartUpload(Settings(port=4000)).settings.port)") == "4000\n"
    assert "smartupload.settings asks for SMARTUPLOAD_" in run(f"{program}SmartUpload()"), "the watch sees a reader"
