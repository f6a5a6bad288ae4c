"""What every store must do when it is read, how it marks what is clean, and that encryption is asked for on all that it keeps."""

from __future__ import annotations

import base64
import json
import secrets
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from botocore.awsrequest import AWSResponse
from structlog.testing import capture_logs

from smartupload.adapters.memory import MemoryStore
from smartupload.adapters.s3.answers import ABSENT
from smartupload.adapters.s3.store import S3Store
from smartupload.errors import StoreRefused, StoreUnavailable
from smartupload.ports import FinishedPart, StoredKey
from tests.fixtures_store import MIB, aws_answer, noise, post, s3_store, send, sha256


@pytest.fixture(params=["memory", "seaweed", "moto"])
def any_store(request: pytest.FixtureRequest) -> Any:
    """Each kind of store in turn."""
    return MemoryStore() if request.param == "memory" else request.getfixturevalue(request.param)


@pytest.fixture
def name() -> str:
    return secrets.token_hex(8)


def kept(store: Any, key: str, body: bytes, content_type: str = "text/plain") -> str:
    """Make an object in the way of an upload."""
    multipart_id = store.open_multipart(key, content_type, 2)
    assert send(store, store.sign_part(key, multipart_id, 1, len(body), sha256(body), 60), body) == 200
    (part,) = store.list_parts(key, multipart_id)
    store.complete_multipart(key, multipart_id, [FinishedPart(1, part.etag, sha256(body))])
    return key


def test_reading(any_store: Any, name: str) -> None:
    body = noise(3 * MIB + 17)
    key = kept(any_store, f"uploads/{name}/1", body)
    pieces = list(any_store.read(key))
    assert b"".join(pieces) == body
    assert max(len(piece) for piece in pieces) <= MIB
    assert all(pieces), "a piece without bytes could be taken for the end"
    assert b"".join(any_store.read(key, 0, 4096)) == body[:4096]
    assert b"".join(any_store.read(key, MIB - 3, 2 * MIB)) == body[MIB - 3 : 3 * MIB - 3]
    assert b"".join(any_store.read(key, 3 * MIB)) == body[3 * MIB :]


def test_peeking(any_store: Any, name: str) -> None:
    body = noise(10_000)
    key = kept(any_store, f"uploads/{name}/1", body)
    for length in (4096, 10_000, 20_000):
        start = any_store.peek(key, length)
        assert (start.object.size, start.first) == (10_000, body[:length])
        whole, _, _ = any_store.head(key).checksum.partition(
            "-"
        )  # moto says in one of both only of how many parts it is
        assert (start.object.checksum or whole).partition("-")[0] == whole, "never that of the piece"
    assert any_store.peek(f"uploads/{name}/2", 4096) is None


def test_peeking_at_an_object_without_a_byte(any_store: Any, name: str) -> None:
    key = kept(any_store, f"uploads/{name}/1", b"")
    start = any_store.peek(key, 4096)
    assert (start.object.size, start.first) == (0, b"")


def test_peeking_keeps_the_connection(seaweed: S3Store, name: str) -> None:
    key = kept(seaweed, f"uploads/{name}/1", noise(10_000))
    pool = seaweed._wire._session._manager.connection_from_url(seaweed.endpoint_url)
    seaweed.peek(key, 4096)
    opened = pool.num_connections
    for length in (4096, 10_000, 20_000):
        seaweed.peek(key, length)
    assert pool.num_connections == opened


def test_reading_what_is_not_there(any_store: Any, name: str) -> None:
    with pytest.raises(StoreRefused) as refused:
        list(any_store.read(f"uploads/{name}/1"))
    assert refused.value.code == "NoSuchKey"


def test_a_store_that_breaks_off_is_away_and_not_at_the_end() -> None:
    """Half a file must never look like a whole one: the scanner would call it clean."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            for _ in range(2):
                line, _address = server.accept()
                with line:
                    line.recv(65536)
                    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n" + bytes(1_500_000))

        threading.Thread(target=answer, daemon=True).start()
        store = s3_store(f"http://127.0.0.1:{server.getsockname()[1]}")
        with pytest.raises(StoreUnavailable):
            list(store.read("uploads/x/1"))
        store.close()


def tags(store: S3Store, key: str) -> dict[str, str]:
    """What the store says of an object."""
    client: Any = store._client
    return {tag["Key"]: tag["Value"] for tag in client.get_object_tagging(Bucket=store.bucket, Key=key)["TagSet"]}


@pytest.mark.parametrize("kind", ["seaweed", "moto"])
def test_a_clean_file_is_marked(kind: str, name: str, request: pytest.FixtureRequest) -> None:
    store: S3Store = request.getfixturevalue(kind)
    key = kept(store, f"uploads/{name}/1", b"clean")
    assert tags(store, key) == {}, "before nobody has said so"
    for _ in range(2):
        store.mark_clean(key)
    assert tags(store, key) == {"smartupload-scan": "clean"}
    assert b"".join(store.read(key)) == b"clean"


@pytest.mark.parametrize("kind", ["seaweed", "moto"])
def test_what_is_not_there_is_not_clean(kind: str, name: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(StoreRefused) as refused:
        request.getfixturevalue(kind).mark_clean(f"uploads/{name}/1")
    assert refused.value.code in ABSENT


class Answered:
    """A store whose answers to some calls are not its own. `wrong`: the call to (status, code), or None for a PUT of the request's body."""

    def __init__(self, store: S3Store, wrong: dict[str, tuple[int, str] | None]) -> None:
        self.store = s3_store(store.endpoint_url)
        self.wrong = wrong
        self.calls: list[str] = []
        client: Any = self.store._client
        client.meta.events.register("before-send.s3", self.answer)

    def answer(self, request: Any, event_name: str, **_: Any) -> AWSResponse | None:
        call = event_name.rpartition(".")[2]
        self.calls.append(call)
        if call not in self.wrong:
            return None
        wrong = self.wrong[call]
        if wrong is None:
            key = urlsplit(request.url).path.split("/", 2)[2]
            self.store._client.put_object(Bucket=self.store.bucket, Key=key, Body=request.body)
            return aws_answer(request.url)
        return aws_answer(request.url, *wrong)


NO_TAG = [(501, "NotImplemented"), (403, "AccessDenied"), (405, "MethodNotAllowed"), (404, "NoSuchKey"), None]


@pytest.mark.parametrize("wrong", NO_TAG, ids=str)
def test_a_store_that_takes_no_tags_is_used_all_the_same(moto: S3Store, name: str, wrong: Any) -> None:
    """None of them touches the file, not even one that takes the tag for a new body."""
    keys = [kept(moto, f"uploads/{name}/{number}", b"clean") for number in (1, 2)]
    answered = Answered(moto, {"PutObjectTagging": wrong})
    with capture_logs() as logs:
        for key in keys:
            answered.store.mark_clean(key)
    said = [line for line in logs if line["event"] == "the store takes no tag on a clean file"]
    assert len(said) == 1, "said once"
    assert answered.calls.count("PutObjectTagging") == 1, "tried once, and not on a file"
    assert [b"".join(moto.read(key)) for key in keys] == [b"clean", b"clean"]
    assert moto.list_objects("handover/tag-") == []
    answered.store.close()


def test_a_store_that_fails_with_tags_alone_is_asked_again_with_the_next_file(moto: S3Store, name: str) -> None:
    keys = [kept(moto, f"uploads/{name}/{number}", b"clean") for number in (1, 2)]
    answered = Answered(moto, {"PutObjectTagging": (500, "InternalError")})
    answered.store.mark_clean(keys[0])
    assert tags(moto, keys[0]) == {}
    answered.wrong = {}
    answered.store.mark_clean(keys[1])
    assert tags(moto, keys[1]) == {"smartupload-scan": "clean"}
    answered.store.close()


def test_a_store_that_is_away_marks_nothing(moto: S3Store, name: str) -> None:
    key = kept(moto, f"uploads/{name}/1", b"clean")
    every = ("PutObject", "PutObjectTagging", "HeadBucket", "DeleteObject")
    answered = Answered(moto, dict.fromkeys(every, (503, "SlowDown")))
    with pytest.raises(StoreUnavailable):
        answered.store.mark_clean(key)
    answered.wrong = {}
    answered.store.mark_clean(key)
    assert tags(moto, key) == {"smartupload-scan": "clean"}
    answered.store.close()


@pytest.mark.parametrize(
    ("asked", "algorithm", "key_id"),
    [
        ("AES256", "AES256", None),
        ("aws:kms", "aws:kms", None),
        ("aws:kms:arn:aws:kms:us-east-1:1:key/abc", "aws:kms", "arn:aws:kms:us-east-1:1:key/abc"),
        ("off", None, None),
    ],
)
def test_encryption_is_asked_for_on_every_object(
    moto: S3Store, name: str, asked: str, algorithm: str | None, key_id: str | None
) -> None:
    store = s3_store(moto.endpoint_url, encryption=asked)
    body = noise(6 * MIB)
    kept(store, f"uploads/{name}/1", body)
    told = store._client.head_object(Bucket=store.bucket, Key=f"uploads/{name}/1")
    assert (told.get("ServerSideEncryption"), told.get("SSEKMSKeyId")) == (algorithm, key_id)
    # This stand-in does not look at the fields of forms, so what is signed has to do.
    fields = store.sign_form(f"handover/{name}/1/1", 3, sha256(b"abc"), 60).fields
    conditions = json.loads(base64.b64decode(fields["policy"]))["conditions"]
    for field, value in (("", algorithm), ("-aws-kms-key-id", key_id)):
        field = f"x-amz-server-side-encryption{field}"
        assert fields.get(field) == value
        assert ({field: value} in conditions) == (value is not None)
    store.close()


class _KnowsNoEncryption(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = b"<Error><Code>NotImplemented</Code><Message>Server side encryption</Message></Error>"
        self.send_response(501)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def test_a_store_that_cannot_encrypt_is_named_with_what_to_set() -> None:
    with HTTPServer(("127.0.0.1", 0), _KnowsNoEncryption) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        store = s3_store(f"http://127.0.0.1:{server.server_port}", encryption="AES256")
        with capture_logs() as logs, pytest.raises(StoreRefused):
            store.open_multipart("uploads/x/1", "text/plain", 2)
        hints = [line["hint"] for line in logs if line["event"] == "store refused an encrypted object"]
        assert ["SMARTUPLOAD_S3_ENCRYPTION=off" in hint for hint in hints] == [True]
        store.close()
        server.shutdown()


def test_the_embedded_store_encrypts(seaweed: S3Store, stack: Any, name: str) -> None:
    body = noise(6 * MIB, 77)
    key = kept(seaweed, f"uploads/{name}/1", body)
    assert post(seaweed, seaweed.sign_form(f"handover/{name}/1/1", MIB, sha256(body[:MIB]), 60), body[:MIB]) == 201
    for kept_key in (key, f"handover/{name}/1/1"):
        told = seaweed._client.head_object(Bucket=seaweed.bucket, Key=kept_key)
        assert told["ServerSideEncryption"] == "AES256"
    multipart_id = seaweed.open_multipart(f"uploads/{name}/2", "text/plain", 2)
    copied = seaweed.copy_part(f"uploads/{name}/2", multipart_id, 1, StoredKey(f"handover/{name}/1/1", MIB))
    seaweed.complete_multipart(f"uploads/{name}/2", multipart_id, [FinishedPart(1, copied.etag, sha256(body[:MIB]))])
    address = seaweed.sign_download(f"uploads/{name}/2", "inline", "text/plain", 60)
    assert httpx.get(address, headers={"Range": "bytes=1000-1999"}).content == body[1000:2000]
    on_disk = b"".join(file.read_bytes() for file in (stack.data_dir / "store").glob("*.dat"))
    assert body[:32] not in on_disk
    assert body[5 * MIB : 5 * MIB + 32] not in on_disk
