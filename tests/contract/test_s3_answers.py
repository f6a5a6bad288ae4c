"""Answers that other stores give and the real engine cannot be brought to give."""

from __future__ import annotations

import threading
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from botocore.exceptions import ClientError
from structlog.testing import capture_logs

from smartupload.adapters.s3.refusals import Refusals
from smartupload.errors import MultipartGone, StoreFull, StoreRefused, StoreShut, StoreUnavailable
from smartupload.ports import FinishedPart, StoredKey, StoredObject
from tests.fixtures_store import s3_store, sha256


class Canned:
    """A store that answers what it is told to, and counts."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, str]] = []
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def date_time_string(self, timestamp: float | None = None) -> str:
                return "Sat, 03 Oct 2020 00:00:00 GMT"

            def do(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                outer.asked.append(f"{self.command} {self.path}")
                status, body = outer.answers.pop(0) if len(outer.answers) > 1 else outer.answers[0]
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Content-Type", "application/xml")
                self.send_header("x-amz-request-id", "tx-1")
                self.end_headers()
                self.wfile.write(body.encode())

            do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = do

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.store = s3_store(f"http://127.0.0.1:{self.server.server_port}")


@pytest.fixture
def canned() -> Generator[Canned]:
    stand_in = Canned()
    yield stand_in
    stand_in.server.shutdown()
    stand_in.server.server_close()


ONE = [FinishedPart(1, '"e"', sha256(b"abc"))]


def error(code: str) -> str:
    return f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>sorry</Message></Error>"


def test_completing_again_is_no_such_upload(canned: Canned) -> None:
    canned.answers = [(404, error("NoSuchUpload"))]
    with pytest.raises(MultipartGone):
        canned.store.complete_multipart("k", "m", ONE)


@pytest.mark.parametrize("code", ["InvalidPart", "InvalidPartOrder", "EntityTooSmall", "BadDigest", "InvalidRequest"])
def test_what_is_refused_for_good_is_told_by_its_code(canned: Canned, code: str) -> None:
    canned.answers = [(400, error(code))]
    with pytest.raises(StoreRefused) as refused:
        canned.store.complete_multipart("k", "m", ONE)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("status", "code", "raised", "hint"),
    [
        (400, "SlowDown", StoreUnavailable, "asks to be asked less"),
        (400, "RequestTimeout", StoreUnavailable, ""),
        (403, "AccessDenied", StoreShut, "need s3:PutObject"),
        (400, "ExpiredToken", StoreShut, "are over"),
        (403, "InvalidAccessKeyId", StoreShut, "does not know SMARTUPLOAD_S3_ACCESS_KEY_ID"),
        (403, "SignatureDoesNotMatch", StoreShut, "SMARTUPLOAD_S3_SECRET_ACCESS_KEY is not the store's"),
        (403, "RequestTimeTooSkewed", StoreShut, "have both set by NTP"),
        (404, "NoSuchBucket", StoreShut, "set SMARTUPLOAD_S3_BUCKET"),
        (400, "AuthorizationHeaderMalformed", StoreShut, "SMARTUPLOAD_S3_REGION"),
        (507, "XMinioStorageFull", StoreFull, "the store is full"),
        (403, "QuotaExceeded", StoreFull, "the store is full"),
        (400, "KMS.DisabledException", StoreRefused, "kms:GenerateDataKey"),
        (400, "InvalidEncryptionAlgorithmError", StoreRefused, "SMARTUPLOAD_S3_ENCRYPTION=off"),
    ],
)
def test_what_it_says_reaches_the_log_with_what_helps(
    canned: Canned, status: int, code: str, raised: type[Exception], hint: str
) -> None:
    canned.answers = [(status, error(code))]
    with capture_logs() as log, pytest.raises(raised):
        canned.store.open_multipart("k", "text/plain", 2)
    line = next(line for line in log if line["event"] == "store refused")
    assert (line["code"], line["status"], line["message"]) == (code, status, "sorry")
    assert (line["request_id"], line["operation"]) == ("tx-1", "open_multipart")
    assert hint in line.get("hint", "")
    assert bool(hint) == ("hint" in line)
    if code == "RequestTimeTooSkewed":
        assert line["store_is_ahead_seconds"] < -86_400, "the answer's own Date says by how much"


def test_of_one_kind_ten_lines_a_minute_are_written() -> None:
    now = 0.0
    refusals = Refusals(lambda: now)
    denied = ClientError({"Error": {"Code": "AccessDenied"}}, "Head")
    other = ClientError({"Error": {"Code": "SlowDown"}}, "Head")
    with capture_logs() as log:
        for _ in range(25):
            refusals.write("head", denied)
        refusals.write("head", other)
        now = 61.0
        refusals.write("head", denied)
    assert [line["code"] for line in log] == ["AccessDenied"] * 10 + ["SlowDown", "AccessDenied"]
    assert log[-1]["left_out"] == 15


def test_what_is_an_answer_and_no_refusal_is_not_written(canned: Canned) -> None:
    canned.answers = [(404, error("NoSuchKey"))]
    with capture_logs() as log:
        assert canned.store.peek("k", 10) is None
    assert log == []


def test_readiness_is_told_why_although_a_head_has_no_body(canned: Canned) -> None:
    canned.answers = [(403, ""), (403, error("SignatureDoesNotMatch"))]
    with pytest.raises(StoreShut, match=r"cannot be used: SignatureDoesNotMatch\. SMARTUPLOAD_S3_SECRET_ACCESS_KEY"):
        canned.store.ping()


def test_a_200_that_carries_an_error_is_an_error(canned: Canned) -> None:
    canned.answers = [(200, error("InternalError"))]
    with pytest.raises(StoreUnavailable):
        canned.store.complete_multipart("k", "m", ONE)
    assert len(canned.asked) == 2, "asked once more before giving up"


def test_a_200_with_an_error_and_then_the_truth(canned: Canned) -> None:
    canned.answers = [
        (200, error("InternalError")),
        (404, error("NoSuchUpload")),
    ]
    with pytest.raises(MultipartGone):
        canned.store.complete_multipart("k", "m", ONE)


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_store_in_trouble_is_away(canned: Canned, status: int) -> None:
    canned.answers = [(status, "<html>bad gateway</html>")]
    with pytest.raises(StoreUnavailable):
        canned.store.list_parts("k", "m")


def test_pages_of_parts_are_followed(canned: Canned) -> None:
    def page(numbers: range, following: int | None) -> tuple[int, str]:
        parts = "".join(
            f"<Part><PartNumber>{n}</PartNumber><ETag>&quot;e{n}&quot;</ETag><Size>5</Size></Part>" for n in numbers
        )
        more = f"<IsTruncated>true</IsTruncated><NextPartNumberMarker>{following}</NextPartNumberMarker>"
        tail = more if following else "<IsTruncated>false</IsTruncated>"
        return 200, f"<ListPartsResult>{parts}{tail}</ListPartsResult>"

    canned.answers = [page(range(1, 1001), 1000), page(range(1001, 2001), 2000), page(range(2001, 2346), None)]
    assert [part.number for part in canned.store.list_parts("k", "m")] == list(range(1, 2346))
    assert len(canned.asked) == 3


def test_pages_past_the_wanted_ones_are_not_asked_for(canned: Canned) -> None:
    canned.answers = [
        (
            200,
            "<ListPartsResult><Part><PartNumber>5</PartNumber><ETag>e</ETag><Size>5</Size></Part><IsTruncated>true"
            "</IsTruncated><NextPartNumberMarker>1005</NextPartNumberMarker></ListPartsResult>",
        )
    ]
    assert [part.number for part in canned.store.list_parts("k", "m", 5, 9)] == [5]
    assert len(canned.asked) == 1
    assert "part-number-marker=4" in canned.asked[0]


def test_a_page_that_leads_nowhere_ends_the_list(canned: Canned) -> None:
    canned.answers = [(200, "<ListPartsResult><IsTruncated>true</IsTruncated></ListPartsResult>")]
    assert canned.store.list_parts("k", "m") == []


def test_a_store_without_composite_checksums(canned: Canned) -> None:
    canned.answers = [(200, "<CompleteMultipartUploadResult><ETag>e</ETag></CompleteMultipartUploadResult>")]
    assert canned.store.complete_multipart("k", "m", ONE) is None
    canned.answers = [(200, "")]
    assert canned.store.head("k") == StoredObject(0, None)


def test_pages_of_objects_are_followed(canned: Canned) -> None:
    def page(key: str, following: str) -> tuple[int, str]:
        more = f"<IsTruncated>true</IsTruncated><NextContinuationToken>{following}</NextContinuationToken>"
        return (
            200,
            f"<ListBucketResult><Contents><Key>{key}</Key><Size>5</Size></Contents>{more * bool(following)}</ListBucketResult>",
        )

    canned.answers = [page("a", "after-a"), page("b", "")]
    assert [(item.key, item.size) for item in canned.store.list_objects("")] == [("a", 5), ("b", 5)]
    assert "continuation-token=after-a" in canned.asked[1]


def test_a_copy_that_fails_in_a_200_answer_is_an_error(canned: Canned) -> None:
    canned.answers = [(200, error("InternalError"))]
    with pytest.raises(StoreUnavailable):
        canned.store.copy_part("k", "m", 1, StoredKey("source", 3))


def test_a_store_that_cannot_copy_is_not_away(canned: Canned) -> None:
    canned.answers = [(501, error("NotImplemented"))]
    with pytest.raises(StoreRefused):
        canned.store.copy_part("k", "m", 1, StoredKey("source", 3))
