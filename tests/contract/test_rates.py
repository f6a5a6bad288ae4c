"""How much is done within a window, in memory and in a Redis that is started for it."""

from __future__ import annotations

import secrets
import socket
import subprocess
from collections.abc import Generator

import pytest
from smartupload_testing.wait import wait_for

from scripts import programs
from smartupload.adapters.rates import Rates
from tests.browser.server import free_port


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """The address of a Redis that keeps nothing."""
    folder, port = tmp_path_factory.mktemp("redis"), free_port()
    command = [programs.get("redis-server"), "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(folder)]  # fmt: skip
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:

        def answers() -> bool:
            assert process.poll() is None, (folder / "log").read_text()
            with socket.socket() as line:
                return line.connect_ex(("127.0.0.1", port)) == 0

        wait_for(answers, 20, "Redis to answer")
        yield f"redis://127.0.0.1:{port}/0"
        process.terminate()


@pytest.fixture(params=["memory", "redis"])
def rates(request: pytest.FixtureRequest) -> Generator[Rates]:
    """Counts nothing yet."""
    rates = Rates("" if request.param == "memory" else request.getfixturevalue("redis"))
    yield rates
    rates.close()


@pytest.fixture
def kind() -> str:
    """One that nobody has counted before."""
    return secrets.token_hex(8)


def test_all_of_it_may_come_at_once_and_then_nothing(rates: Rates, kind: str) -> None:
    assert [rates.take(kind, "anna", 60, 100, 600), rates.take(kind, "anna", 40, 100, 600)] == [0, 0]
    assert 1 <= rates.take(kind, "anna", 1, 100, 600) <= 1200


def test_what_is_refused_counts_as_nothing(rates: Rates, kind: str) -> None:
    assert rates.take(kind, "anna", 60, 100, 600) == 0
    assert rates.take(kind, "anna", 41, 100, 600) > 0
    assert rates.take(kind, "anna", 40, 100, 600) == 0


def test_each_counts_for_themselves(rates: Rates, kind: str) -> None:
    assert rates.take(kind, "anna", 100, 100, 600) == 0
    assert rates.take(kind, "ben", 100, 100, 600) == 0
    assert rates.take(f"{kind} too", "anna", 100, 100, 600) == 0


def test_more_than_there_is_goes_through_when_nothing_else_did(rates: Rates, kind: str) -> None:
    assert rates.take(kind, "anna", 1000, 100, 600) == 0
    assert rates.take(kind, "anna", 1, 100, 600) > 0


def test_it_says_when_to_come_again_and_then_takes_it(rates: Rates, kind: str) -> None:
    """Of windows of one second, so that what is waited for comes."""
    assert rates.take(kind, "anna", 10, 10, 1) == 0
    waits: list[float] = []
    while wait := rates.take(kind, "anna", 5, 10, 1):
        waits.append(wait)
    assert waits
    assert max(waits) <= 2


def test_several_processes_count_together(redis: str, kind: str) -> None:
    first, second = Rates(redis), Rates(redis)
    assert first.take(kind, "anna", 60, 100, 600) == 0
    assert second.take(kind, "anna", 60, 100, 600) > 0
    first.close()
    second.close()
