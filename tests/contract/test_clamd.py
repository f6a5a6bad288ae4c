"""The scanner port over a real clamd, by socket and by TCP."""

from __future__ import annotations

import socket
import threading
from collections.abc import Generator, Iterator

import pytest

from smartupload.adapters.clamd import Clamd
from smartupload.errors import NotScannable, ScannerUnavailable, StoreRefused, StoreUnavailable
from tests.fixtures_clamd import EICAR, FOUND, ClamdServer, bomb, clamd, clamd_server, infected_zip, nested, pieces
from tests.fixtures_store import MIB, noise

__all__ = ["clamd", "clamd_server"]


@pytest.fixture(params=["unix", "tcp"])
def url(request: pytest.FixtureRequest, clamd: ClamdServer) -> str:
    """Where it is, in both ways."""
    return getattr(clamd, request.param)


def test_what_is_found_and_what_is_not(url: str) -> None:
    scanner = Clamd(url)
    scanner.ping()
    assert scanner.scan([EICAR]) == FOUND
    assert scanner.scan([EICAR[:30], EICAR[30:]]) == FOUND
    assert scanner.scan([noise(1000), EICAR]) == FOUND
    assert scanner.scan([b"nothing ", b"wrong"]) is None
    assert scanner.scan([]) is None


def test_a_piece_without_bytes_does_not_end_the_stream(url: str) -> None:
    assert Clamd(url).scan([b"clean so far", b"", EICAR]) == FOUND


def test_inside_an_archive(url: str) -> None:
    body = infected_zip(10 * MIB)
    assert Clamd(url).scan(body[at : at + MIB] for at in range(0, len(body), MIB)) == FOUND


def test_a_long_stream(url: str) -> None:
    assert Clamd(url).scan(pieces(80 * MIB)) is None

    def with_a_tail() -> Iterator[bytes]:
        yield from pieces(80 * MIB)
        yield EICAR

    assert Clamd(url).scan(with_a_tail()) == FOUND


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Generator[ClamdServer]:
    """One that takes streams of 2 MiB, and looks at 16 MiB of what is in them."""
    server = ClamdServer(tmp_path_factory.mktemp("small"), stream_max="2M", scan_max="16M")
    server.start()
    yield server
    server.close()


@pytest.mark.parametrize("way", ["unix", "tcp"])
@pytest.mark.parametrize("size", [2 * MIB + 1, 64 * MIB])
def test_too_long_a_stream(small: ClamdServer, way: str, size: int) -> None:
    scanner = Clamd(getattr(small, way))
    assert scanner.scan(pieces(2 * MIB)) is None
    with pytest.raises(NotScannable, match="StreamMaxLength"):
        scanner.scan([*pieces(size), bytes(size % MIB)])


def test_a_zip_bomb_is_not_passed(small: ClamdServer) -> None:
    """It is unpacked as far as the limit goes, and what nobody has looked at is not called clean."""
    assert len(bomb()) < 100_000
    with pytest.raises(NotScannable, match=r"Limits\.Exceeded"):
        Clamd(small.unix).scan([bomb()])
    assert Clamd(small.unix).scan([bomb(MIB)]) is None, "it works on"


@pytest.mark.parametrize("depth", [1, 10])
def test_a_virus_in_a_zip_in_a_zip(clamd: ClamdServer, depth: int) -> None:
    assert Clamd(clamd.unix).scan([nested(depth)]) == FOUND


def test_archives_nested_too_deep_are_not_passed(clamd: ClamdServer) -> None:
    with pytest.raises(NotScannable, match=r"Limits\.Exceeded"):
        Clamd(clamd.unix).scan([nested(40)])
    assert Clamd(clamd.unix).scan([b"clean"]) is None, "it works on"


@pytest.mark.parametrize("fault", [StoreUnavailable(), StoreRefused("NoSuchKey")])
def test_a_fault_of_the_store_is_the_stores(url: str, fault: Exception) -> None:
    def breaks_off() -> Iterator[bytes]:
        yield noise(1000)
        raise fault

    with pytest.raises(type(fault)) as raised:
        Clamd(url).scan(breaks_off())
    assert raised.value is fault
    assert Clamd(url).scan([EICAR]) == FOUND, "and the scanner is none the worse for it"


def test_one_that_is_away(clamd: ClamdServer) -> None:
    clamd.stop()
    for url in (clamd.unix, clamd.tcp):
        with pytest.raises(ScannerUnavailable, match="does not answer"):
            Clamd(url).ping()
        with pytest.raises(ScannerUnavailable, match="does not answer"):
            Clamd(url).scan([b"abc"])
    clamd.start()
    assert Clamd(clamd.unix).scan([EICAR]) == FOUND


@pytest.mark.parametrize("way", ["unix", "tcp"])
def test_one_that_is_killed_in_the_middle(clamd: ClamdServer, way: str) -> None:
    def while_it_dies() -> Iterator[bytes]:
        yield from pieces(2 * MIB)
        clamd.kill()
        yield from pieces(8 * MIB)

    with pytest.raises(ScannerUnavailable):
        Clamd(getattr(clamd, way)).scan(while_it_dies())


ANSWERS = [
    (b"stream: Win.Test.EICAR_HDB-1 FOUND\0", "Win.Test.EICAR_HDB-1"),
    (b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0", NotScannable),
    (b"INSTREAM size limit exceeded. ERROR\0", NotScannable),
    (b"stream: CL_EFORMAT: Bad format or broken data ERROR\0", NotScannable),
    (b"stream: Can't allocate memory ERROR\0", ScannerUnavailable),
    (b"stream: CL_ETIMEOUT: Time limit reached ERROR\0", ScannerUnavailable),
    (b"COMMAND READ TIMED OUT ERROR\0", ScannerUnavailable),
    (b"HTTP/1.1 400 Bad Request\r\n\r\nOK", ScannerUnavailable),
    (b"", ScannerUnavailable),
]


@pytest.mark.parametrize(("answer", "meaning"), ANSWERS, ids=lambda value: str(value)[:40])
def test_answers_that_a_healthy_one_does_not_give(answer: bytes, meaning: str | type[Exception]) -> None:
    """Nothing but its own OK, behind the last byte, is clean."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            line, _address = server.accept()
            with line:
                heard = b""
                while not heard.endswith(b"\0\0\0\0") and (more := line.recv(65536)):
                    heard += more
                line.sendall(answer)

        threading.Thread(target=listen, daemon=True).start()
        scanner = Clamd(f"tcp://127.0.0.1:{server.getsockname()[1]}")
        if isinstance(meaning, str):
            assert scanner.scan([b"abc"]) == meaning
        else:
            with pytest.raises(meaning):
                scanner.scan([b"abc"])


def test_one_that_never_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        scanner = Clamd(f"tcp://127.0.0.1:{server.getsockname()[1]}", answer_seconds=0.2)
        with pytest.raises(ScannerUnavailable, match="timed out"):
            scanner.scan([b"abc"])


def test_an_early_ok_is_not_believed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        said = threading.Event()

        def listen() -> None:
            line, _address = server.accept()
            with line:
                line.recv(65536)
                line.sendall(b"stream: OK\0")
                said.set()
                while line.recv(65536):
                    pass

        def waits() -> Iterator[bytes]:
            yield b"abc"
            assert said.wait(30)
            yield from [EICAR] * 1000

        threading.Thread(target=listen, daemon=True).start()
        with pytest.raises(ScannerUnavailable):
            Clamd(f"tcp://127.0.0.1:{server.getsockname()[1]}").scan(waits())
