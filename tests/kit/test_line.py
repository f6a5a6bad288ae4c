"""The line passes everything on as it is, counts parts, is slow when it should be, and stays cut until it is restored."""

from __future__ import annotations

import asyncio
import http.client
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from smartupload_testing.line.bucket import CRAWL
from smartupload_testing.line.line import Line
from smartupload_testing.line.part import Request
from smartupload_testing.wait import wait_for

MIB = 1024 * 1024
PART = "/bucket/u1/film.bin?partNumber=3&uploadId=m1&X-Amz-Signature=abc"
FORM = b'--x\r\nContent-Disposition: form-data; name="key"\r\n\r\nhandover/u7/2/5\r\n--x--\r\n'


class Store(BaseHTTPRequestHandler):
    """Takes what comes, and says 201 to a form."""

    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.headers["Host"], self.path, body))  # pyright: ignore[reportAttributeAccessIssue]
        self.send_response(201 if self.command == "POST" else 200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    do_POST = do_PUT

    def log_message(self, format: str, *args: object) -> None:
        del format, args


@pytest.fixture
def store() -> Iterator[ThreadingHTTPServer]:
    served = ThreadingHTTPServer(("127.0.0.1", 0), Store)
    served.taken = []  # pyright: ignore[reportAttributeAccessIssue]
    Thread(target=served.serve_forever, daemon=True).start()
    yield served
    served.shutdown()


class Straight(Line):
    """To the store, whatever comes."""

    store_port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self.relay(reader, writer, ("127.0.0.1", self.store_port))


@pytest.fixture
def line(store: ThreadingHTTPServer) -> Iterator[Straight]:
    one = Straight()
    one.store_port = store.server_port
    yield one
    one.close()


def sent(line: Line, method: str, path: str, body: bytes, **headers: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", line.port, timeout=20)
    connection.request(method, path, body, {"Host": "the.store", **headers})
    answer = connection.getresponse()
    assert answer.read() == b"ok"
    connection.close()
    return answer.status


def test_what_goes_over_it_arrives_as_it_was_and_is_counted(line: Straight, store: ThreadingHTTPServer) -> None:
    body = bytes(range(256)) * 1000
    assert sent(line, "PUT", PART, body) == 200
    assert store.taken == [("the.store", PART, body)]  # pyright: ignore[reportAttributeAccessIssue]
    (put,) = line.puts
    assert (put.upload_id, put.part, put.size, put.received, put.status) == ("m1", 3, len(body), len(body), 200)
    assert (line.received, line.posted, line.unconfirmed, line.in_flight()) == (len(body), 0, 0, [])


def test_a_part_that_goes_twice_is_counted_twice(line: Straight) -> None:
    for _ in range(2):
        sent(line, "PUT", PART, b"abc")
    assert line.part_counts() == {("m1", 3): 2}
    assert line.received == 6


def test_a_form_is_a_part_that_the_browser_sends_by_itself(line: Straight) -> None:
    assert sent(line, "POST", "/bucket", FORM, **{"Content-Type": "multipart/form-data; boundary=x"}) == 201
    (post,) = line.posts
    assert (post.upload_id, post.part, post.status, line.posted) == ("u7", 5, 201, len(FORM))


def test_the_form_of_a_small_file_is_its_only_part(line: Straight) -> None:
    form = FORM.replace(b"handover/u7/2/5", b"uploads/folder/u9/1")
    sent(line, "POST", "/bucket", form, **{"Content-Type": "multipart/form-data; boundary=x"})
    (post,) = line.posts
    assert (post.upload_id, post.part) == ("u9", 1)


def test_other_calls_are_no_parts(line: Straight) -> None:
    sent(line, "POST", "/api/uploads", b"{}", **{"Content-Type": "application/json"})
    sent(line, "PUT", "/api/notifications", b"{}")
    assert (line.puts, line.posts, dict(line.requests)) == ([], [], {"POST": 1, "PUT": 1})


def test_cut_it_refuses_and_restored_it_takes_the_same_port(line: Straight) -> None:
    port = line.port
    line.cut()
    with pytest.raises(ConnectionRefusedError):
        sent(line, "PUT", PART, b"abc")
    line.restore()
    assert line.port == port
    assert sent(line, "PUT", PART, b"abc") == 200


def test_cut_in_the_middle_of_a_part_it_says_so(line: Straight) -> None:
    line.shape(1)
    connection = http.client.HTTPConnection("127.0.0.1", line.port, timeout=20)
    connection.putrequest("PUT", PART)
    connection.putheader("Content-Length", str(MIB))
    connection.endheaders(b"x" * 1000)
    wait_for(lambda: line.received == 1000, 10, "the first bytes")
    assert line.in_flight() == line.puts
    line.cut()
    wait_for(lambda: line.puts[0].dropped, 10, "the part to be dropped")
    assert (line.in_flight(), line.unconfirmed) == ([], MIB)
    connection.close()


def test_it_is_as_slow_as_it_was_made(line: Straight) -> None:
    line.shape(MIB)
    began = time.monotonic()
    sent(line, "PUT", PART, b"x" * (MIB // 2))
    assert time.monotonic() - began > 0.3


def test_it_crawls_once_so_much_went_by_until_it_may_go_on(line: Straight) -> None:
    line.shape(None, until=1000)
    sent(line, "PUT", PART, b"x" * 1000)
    assert line.bucket.rate == CRAWL
    line.go_on()
    assert line.bucket.rate is None
    line.shape(MIB)
    line.go_on()
    assert line.bucket.rate == MIB, "that was no crawling"


def test_as_new_it_knows_nothing_of_what_was(line: Straight) -> None:
    sent(line, "PUT", PART, b"abc")
    line.shape(1)
    line.cut()
    line.reset()
    assert (line.puts, line.posts, dict(line.requests), line.bucket.rate) == ([], [], {}, None)
    assert sent(line, "PUT", PART, b"abc") == 200


def test_a_file_of_one_part_is_named_by_its_path() -> None:
    request = Request.of(
        b"PUT /bucket/u9/a.txt?X-Amz-Signature=s HTTP/1.1\r\nHost: h:9000\r\nContent-Length: 12\r\n\r\n"
    )
    put = request.put()
    assert put is not None
    assert (put.upload_id, put.part, put.size, put.host, request.form()) == ("u9", 1, 12, "h:9000", None)
