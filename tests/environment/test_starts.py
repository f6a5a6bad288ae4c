"""What a start is stopped by: one line, the right exit code and no traceback; and what a second start does to the first one."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path

import psutil
import pytest
from smartupload_testing.wait import wait_for

from smartupload import data_folder
from smartupload.data_folder import FolderInUse, FolderLock, FolderTrouble, holder
from tests.browser.server import free_port
from tests.client.conftest import hears_ctrl_c
from tests.environment.programs import ROOT, Program, clean_environment, fill


class Start:
    """`python -m smartupload run`, with nothing built before."""

    def __init__(self, folder: Path, **settings: str) -> None:
        given = {"port": str(free_port()), "data_dir": str(folder / "data"), **settings}
        environment = clean_environment() | {f"SMARTUPLOAD_{name.upper()}": value for name, value in given.items()}
        self._log = folder / "start.log"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "smartupload", "run"],
                cwd=ROOT,
                env=environment | {"REFLEX_WEB_WORKDIR": str(folder / "web")},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=hears_ctrl_c,
            )

    def ended(self) -> tuple[int, list[str]]:
        """Its exit code, and all lines of it."""
        return self.process.wait(100), self.said().splitlines()

    def said(self) -> str:
        return self._log.read_text()


@pytest.fixture
def start(tmp_path: Path) -> Generator[Callable[..., Start]]:
    made: list[Start] = []

    def begin(**settings: str) -> Start:
        made.append(Start(tmp_path, **settings))
        return made[-1]

    yield begin
    for one in made:
        one.process.kill()
        one.process.wait(20)


# What is there instead of a folder that can be used, and what is said of it.
FOLDERS: list[tuple[str, str, str]] = [
    ("file", "is a file. Set SMARTUPLOAD_DATA_DIR to a folder.", "SQLite and the store would each say something else"),
    ("file/below/it", "lies below {0}/file, which is a file. Set SMARTUPLOAD_DATA_DIR to a folder.", "no parent"),
    ("full/data", "is on a disk without room. Make some, or set SMARTUPLOAD_DATA_DIR", "the store would hang"),
    ("locked/data", "is on a disk that may only be read. Set SMARTUPLOAD_DATA_DIR", "so that nobody looks for rights"),
]


@pytest.mark.parametrize(("place", "said", "why"), FOLDERS, ids=[place for place, _, _ in FOLDERS])
def test_a_data_folder_that_cannot_be_used(
    start: Callable[..., Start], tmp_path: Path, request: pytest.FixtureRequest, place: str, said: str, why: str
) -> None:
    (tmp_path / "file").touch()
    if place.startswith(("full", "locked")):
        disk: Path = request.getfixturevalue("small_disk")
        (tmp_path / place).parent.symlink_to(disk)
        if place.startswith("full"):
            fill(disk)
        else:
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    code, lines = start(data_dir=str(tmp_path / place)).ended()
    assert code == 1, why
    (line,) = lines
    assert line.startswith(f"smartupload: the data folder {(tmp_path / place).resolve()} ")
    assert said.format(tmp_path) in line


def test_parents_that_are_missing_are_made(tmp_path: Path) -> None:
    data_folder.check(tmp_path / "a" / "b")
    assert list((tmp_path / "a" / "b").iterdir()) == [], "and nothing is left of the look"


def is_listened_for(process: subprocess.Popen[bytes]) -> bool:
    """Whether SIGTERM would be heard by Python."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    caught = int(status.partition("SigCgt:")[2].split()[0], 16)
    return bool(caught >> (signal.SIGTERM - 1) & 1)


@pytest.mark.skipif(sys.platform != "linux", reason="what a process listens for is Linux's to say")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "sigterm"])
@pytest.mark.parametrize("moment", ["at once", "while it builds"])
def test_told_to_stop_before_it_is_up(start: Callable[..., Start], number: signal.Signals, moment: str) -> None:
    one = start()
    wait_for(lambda: is_listened_for(one.process), 20, "it to listen", every=0.01)
    children: list[psutil.Process] = []
    if moment == "while it builds":
        wait_for(lambda: "building the pages" in one.said(), 30, "the build", every=0.02)
        wait_for(lambda: psutil.Process(one.process.pid).children(), 30, "Reflex", every=0.02)
        children = psutil.Process(one.process.pid).children(recursive=True)
    one.process.send_signal(number)
    code, lines = one.ended()
    assert code == 128 + number
    assert lines[-1] == "smartupload: stopped before it was up."
    assert len(lines) == (2 if children else 1), lines
    wait_for(lambda: not any(child.is_running() for child in children), 10, "what it had started to end")


def test_a_second_start_leaves_the_first_one_alone(
    program: Callable[..., Program], start: Callable[..., Start], tmp_path: Path
) -> None:
    data = tmp_path / "shared"
    first = program(data_dir=str(data))
    first.wait_until_up()
    stores = psutil.Process(first.process.pid).children()
    code, lines = start(data_dir=str(data)).ended()
    line = f"the data folder {data} is in use by process {first.process.pid}. Stop it, or set SMARTUPLOAD_DATA_DIR to another folder."
    assert (code, lines) == (1, [f"smartupload: {line}"])
    # One that is not started by our command, and so asks nobody before.
    other = program(data_dir=str(data))
    assert other.process.wait(100) != 0
    assert line in other.said()
    assert first.ready()[0] == 200
    assert psutil.Process(first.process.pid).children() == stores, "the same store"
    first.process.kill()
    first.process.wait(20)
    third = program(data_dir=str(data))
    third.wait_until_up()


def test_a_lock_is_one_process_and_ends_with_it(tmp_path: Path) -> None:
    held = FolderLock(tmp_path)
    held.take()
    assert data_folder.holder(tmp_path) == os.getpid()
    with pytest.raises(FolderInUse, match=f"in use by process {os.getpid()}"):
        FolderLock(tmp_path).take()
    # What is started meanwhile does not keep it.
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        held.release()
        assert data_folder.holder(tmp_path) is None
        child.communicate(b"\n")
    FolderLock(tmp_path).take()


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS])
def test_a_file_system_without_locks_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(FolderTrouble, match=f"{tmp_path} lies on a file system without locks"):
        FolderLock(tmp_path).take()
    assert holder(tmp_path) is None


def test_a_lock_that_is_a_folder_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "lock").mkdir()
    with pytest.raises(FolderTrouble, match="cannot be used"):
        FolderLock(tmp_path).take()
    assert holder(tmp_path) is None
