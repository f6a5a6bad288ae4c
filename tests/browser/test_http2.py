"""A store behind HTTP/2 whose streams are reset and whose connections are closed in the middle of a part: it goes on, or its card says what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from smartupload_testing.files import MIB, Original
from smartupload_testing.trust import flags_for

from scripts.nginx import get
from tests.browser.http2 import (
    ENHANCE_YOUR_CALM,
    GOAWAY,
    HOST,
    INTERNAL_ERROR,
    NO_ERROR,
    REFUSED_STREAM,
    RST_STREAM,
    Fault,
    Http2Line,
    Nginx,
)
from tests.browser.person import Person
from tests.browser.server import Server, free_port
from tests.browser.test_obstacles import goes_on, says
from tests.certificates import certificate_for

SIZE = 20 * MIB
PORT = free_port()
ONCE = {
    "a stream that is reset": Fault(RST_STREAM, INTERNAL_ERROR),
    "a stream that is refused": Fault(RST_STREAM, REFUSED_STREAM),
    "a connection that takes nothing new": Fault(GOAWAY, NO_ERROR),
    "a connection that ends": Fault(GOAWAY, ENHANCE_YOUR_CALM),
}


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = certificate_for(HOST, tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made))  # for the download that is compared
    return made


@pytest.fixture
def front(server: Server, certificate: Path, tmp_path: Path) -> Iterator[Http2Line]:
    try:
        program = get()
    except SystemExit as none:
        pytest.skip(str(none))
    nginx = Nginx(program, tmp_path / "nginx", server.line.port)
    line = Http2Line(PORT, certificate, nginx.port, server.line.port)
    yield line
    line.close()
    nginx.close()


@pytest.mark.long
@pytest.mark.settings(S3_PUBLIC_ENDPOINT_URL=f"https://{HOST}:{PORT}")
def test_what_ends_in_the_middle_of_a_part(
    people: Callable[..., Person],
    server: Server,
    original: Callable[..., Original],
    certificate: Path,
    front: Http2Line,
) -> None:
    person = people(flags=flags_for(certificate))
    page = person.open()
    for what, fault in ONCE.items():
        file = original(SIZE)
        front.plant(fault)
        server.line.forget()
        person.pick(page, file)
        person.finished(page, file)
        assert front.hits == 1, what
        assert server.line.received <= 1.3 * SIZE, f"{what}: {server.line.received / SIZE:.2f} times the file"
    file = original(SIZE)
    front.plant(Fault(RST_STREAM, INTERNAL_ERROR, times=0))
    server.line.forget()
    person.pick(page, file)
    says(person, page, file, "cut before a part is through")
    front.plant(None)
    goes_on(person, page, file)
