"""A process is only called dead when that is certain."""

from __future__ import annotations

import os
import subprocess
import sys

import psutil

from smartupload.pipeline import processes


def test_names_are_ones_own() -> None:
    assert processes.new_name() != processes.new_name()


def test_the_living_and_the_dead() -> None:
    program = "from smartupload.pipeline import processes; print(processes.new_name(), flush=True); input()"
    other = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout is not None
        name = other.stdout.readline().strip()
        assert not processes.is_dead(processes.new_name())
        assert not processes.is_dead(name)
    finally:
        other.kill()
        other.communicate()
    assert processes.is_dead(name)


def test_another_process_with_its_number() -> None:
    host = processes.new_name().rsplit(":", 3)[0]
    began = psutil.Process().create_time()
    assert processes.is_dead(f"{host}:{os.getpid()}:{began - 60:.2f}:1")
    assert not processes.is_dead(f"{host}:{os.getpid()}:{began:.2f}:1")


def test_other_machines_and_other_names_cannot_be_judged() -> None:
    assert not processes.is_dead("elsewhere:1:1.0:1")
    assert not processes.is_dead("whatever")
    assert not processes.is_dead("")
