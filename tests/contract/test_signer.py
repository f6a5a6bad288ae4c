"""What is signed here is what boto3 signs, byte for byte, and with the credentials of the moment."""

from __future__ import annotations

import base64
import functools
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import botocore.auth
import botocore.signers
import pytest
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials, ReadOnlyCredentials, RefreshableCredentials
from botocore.exceptions import NoCredentialsError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smartupload.adapters.s3 import signer as signer_module
from smartupload.adapters.s3.encryption import for_boto3, for_headers
from smartupload.adapters.s3.signer import Signer
from smartupload.adapters.s3.store import S3Store
from smartupload.ports import SINGLE_PUT

BUCKET, DIGEST = "smartupload", "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="
WHEN = datetime(2026, 3, 1, 23, 59, 58)
ENDPOINTS = [
    "http://127.0.0.1:8333",
    "http://[::1]:8333",
    "https://s3.eu-central-1.amazonaws.com",
    "https://Files.Example.org:443/",
    "http://files.example.org:80/a/store",
    "https://files.example.org:8443/a/store/",
]
KEYS = [
    "uploads/0123/1",
    "a b/+%/100%25/~._-/(1)'!*",
    "/at the/beginning",
    "two//in/../a/./row/",
    "naïve/日本語/😀",
    "?a=b&c#d;e:f@g",
    "x" * 1024,
    "ü" * 500,
]
ENCRYPTIONS = ["off", "AES256", "aws:kms", "aws:kms:arn:aws:kms:us-east-1:1:key/abc", "aws:kms:two  words "]
TOKENS = [None, "Fwo+token/with==signs"]


class Clock:
    """What time it is for both."""

    def __init__(self) -> None:
        self.now = WHEN

    def naive(self) -> datetime:
        return self.now

    def aware(self) -> datetime:
        return self.now.replace(tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(botocore.auth, "get_current_datetime", clock.naive)
    monkeypatch.setattr(botocore.signers, "get_current_datetime", clock.naive)
    monkeypatch.setattr(signer_module, "clock", clock.aware)
    return clock


HOSTS = ["https://s3.eu-central-1.amazonaws.com", "http://localhost:8333", "https://files.example.org:8443/a/store/"]
"""Endpoints in whose host's name the bucket stands."""
PLACES = [(endpoint, "path") for endpoint in ENDPOINTS] + [(endpoint, "virtual") for endpoint in HOSTS]


@functools.cache
def client(endpoint: str, token: str | None = None, region: str = "us-east-1", style: Any = "path") -> Any:
    config = Config(signature_version="s3v4", s3={"addressing_style": style})
    session = boto3.session.Session("key", "secret/+", token, region_name=region)
    return session.client("s3", endpoint_url=endpoint, config=config)


def both(endpoint: str, token: str | None = None, region: str = "us-east-1", style: str = "path") -> tuple[Any, Signer]:
    boto = client(endpoint, token, region, style)
    return boto, Signer(boto, Credentials("key", "secret/+", token), BUCKET)


def put(boto: Any, key: str, size: int, encryption: str, expires_in: int) -> str:
    named = {"Bucket": BUCKET, "Key": key, "ContentLength": size, "ChecksumSHA256": DIGEST} | for_boto3(encryption)
    return boto.generate_presigned_url("put_object", Params=named, ExpiresIn=expires_in)


def our_put(signer: Signer, key: str, size: int, encryption: str, expires_in: int) -> str:
    headers = {"content-length": str(size), "x-amz-checksum-sha256": DIGEST} | for_headers(encryption)
    return signer.address("PUT", key, {}, headers, expires_in)


@pytest.mark.parametrize("token", TOKENS, ids=["", "token"])
@pytest.mark.parametrize(("endpoint", "style"), PLACES)
def test_addresses_are_the_same_everywhere(endpoint: str, style: str, token: str | None) -> None:
    boto, signer = both(endpoint, token, "eu-central-1", style)
    for key in KEYS:
        for encryption in ENCRYPTIONS:
            asked = (key, 70_000, encryption, 900)
            assert our_put(signer, *asked) == put(boto, *asked), asked
        for number, expires_in in ((1, 60), (10_000, 604_800)):
            part = {"Bucket": BUCKET, "Key": key, "UploadId": "m/+ =~é", "PartNumber": number}
            part |= {"ContentLength": 5 << 30, "ChecksumSHA256": DIGEST}
            assert signer.address(
                "PUT",
                key,
                {"uploadId": "m/+ =~é", "partNumber": str(number)},
                {"content-length": str(5 << 30), "x-amz-checksum-sha256": DIGEST},
                expires_in,
            ) == boto.generate_presigned_url("upload_part", Params=part, ExpiresIn=expires_in)
        got = {
            "Bucket": BUCKET,
            "Key": key,
            "ResponseContentDisposition": 'a; b="é \' +"',
            "ResponseContentType": "a/b",
        }
        asked_for = {"response-content-disposition": 'a; b="é \' +"', "response-content-type": "a/b"}
        assert signer.address("GET", key, asked_for, {}, 300) == boto.generate_presigned_url(
            "get_object", Params=got, ExpiresIn=300
        )


@pytest.mark.parametrize("token", TOKENS, ids=["", "token"])
@pytest.mark.parametrize(("endpoint", "style"), PLACES)
def test_forms_are_the_same_everywhere(endpoint: str, style: str, token: str | None) -> None:
    boto, signer = both(endpoint, token, style=style)
    for key in KEYS:
        for encryption in ENCRYPTIONS:
            fields = {"x-amz-checksum-sha256": DIGEST, "success_action_status": "201"} | for_headers(encryption)
            span = ["content-length-range", 5, 5]
            conditions = [span, *({name: value} for name, value in fields.items())]
            theirs = boto.generate_presigned_post(BUCKET, key, dict(fields), conditions, 86_400 * 7)
            url, ours = signer.form(key, fields, [span], 86_400 * 7)
            assert (url, list(ours.items())) == (theirs["url"], list(theirs["fields"].items()))


@pytest.mark.parametrize("token", TOKENS, ids=["", "token"])
@pytest.mark.parametrize(("endpoint", "style"), PLACES)
def test_headers_are_the_same_everywhere(endpoint: str, style: str, token: str | None) -> None:
    _, signer = both(endpoint, token, style=style)
    for key in KEYS:
        for method, headers in (("HEAD", {"x-amz-checksum-mode": "ENABLED"}), ("GET", {"range": "bytes=0-9"})):
            url, ours = signer.request(method, key, headers)
            theirs = AWSRequest(method=method, url=url, headers=headers)
            frozen = ReadOnlyCredentials("key", "secret/+", token)
            botocore.auth.S3SigV4Auth(frozen, "s3", "us-east-1").add_auth(theirs)
            assert ours == {name.lower(): value for name, value in theirs.headers.items()}


@pytest.fixture(scope="module")
def one_place() -> tuple[Any, Signer]:
    return both(ENDPOINTS[0])


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=100)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names, st.integers(1, 1 << 40), st.sampled_from(ENCRYPTIONS), st.integers(1, 604_800))
def test_any_key_is_signed_the_same(
    one_place: tuple[Any, Signer], key: str, size: int, encryption: str, expires_in: int
) -> None:
    boto, signer = one_place
    assert our_put(signer, key, size, encryption, expires_in) == put(boto, key, size, encryption, expires_in)


def test_the_store_signs_what_it_signed_with_boto3() -> None:
    kms = ENCRYPTIONS[3]
    store = S3Store(
        endpoint_url="http://10.0.0.1:8333",
        public_endpoint_urls=(ENDPOINTS[-1],),
        bucket=BUCKET,
        region="us-east-1",
        access_key_id="key",
        secret_access_key="secret/+",
        encryption=kms,
        single_put=True,
    )
    boto = client(ENDPOINTS[-1])
    request = store.sign_part("k", SINGLE_PUT, 1, 9, DIGEST, 60)
    assert request.url == put(boto, "k", 9, kms, 60)
    assert request.headers == {"x-amz-checksum-sha256": DIGEST} | for_headers(kms)
    part = {
        "Bucket": BUCKET,
        "Key": "k",
        "UploadId": "m",
        "PartNumber": 7,
        "ContentLength": 9,
        "ChecksumSHA256": DIGEST,
    }
    request = store.sign_part("k", "m", 7, 9, DIGEST, 60)
    assert request.url == boto.generate_presigned_url("upload_part", Params=part, ExpiresIn=60)
    assert request.headers == {"x-amz-checksum-sha256": DIGEST}
    got = {"Bucket": BUCKET, "Key": "k", "ResponseContentDisposition": "inline", "ResponseContentType": "a/b"}
    assert store.sign_download("k", "inline", "a/b", 60) == boto.generate_presigned_url("get_object", got, 60)
    fields = {"x-amz-checksum-sha256": DIGEST, "success_action_status": "201"} | for_headers(kms)
    conditions = [["content-length-range", 9, 9], *({name: value} for name, value in fields.items())]
    form = store.sign_form("k", 9, DIGEST, 60)
    assert {"url": form.url, "fields": form.fields} == boto.generate_presigned_post(BUCKET, "k", fields, conditions, 60)
    store.close()


def test_the_next_day_has_a_key_of_its_own(clock: Clock) -> None:
    boto, signer = both(ENDPOINTS[0])
    for _ in range(3):
        asked = ("k", 1, "off", 60)
        assert our_put(signer, *asked) == put(boto, *asked)
        clock.now += timedelta(seconds=1)
    assert clock.now.day != WHEN.day


def test_credentials_that_are_exchanged_count_at_once(clock: Clock) -> None:
    """Those of a role are good for some hours, and botocore fetches others in time."""
    boto = client(ENDPOINTS[0])
    fetched = iter(range(9))

    def fetch() -> dict[str, str]:
        number = next(fetched)
        until = (datetime.now(UTC) + timedelta(seconds=0 if number == 0 else 86_400)).isoformat()
        return {
            "access_key": f"key{number}",
            "secret_key": f"secret{number}",
            "token": f"t{number}",
            "expiry_time": until,
        }

    credentials = RefreshableCredentials.create_from_metadata(fetch(), fetch, "test")
    signer = Signer(boto, credentials, BUCKET)
    url, headers = signer.request("HEAD", "k", {})
    assert "Credential=key1/" in headers["authorization"]
    assert headers["x-amz-security-token"] == "t1"
    theirs = AWSRequest(method="HEAD", url=url)
    botocore.auth.S3SigV4Auth(ReadOnlyCredentials("key1", "secret1", "t1"), "s3", "us-east-1").add_auth(theirs)
    assert headers["authorization"] == theirs.headers["Authorization"]


def test_a_key_that_was_kept_goes_with_its_secret() -> None:
    boto = client(ENDPOINTS[0])
    credentials = Credentials("key", "another")
    signer = Signer(boto, credentials, BUCKET)
    before = our_put(signer, "k", 1, "off", 60)
    credentials.secret_key = "secret/+"
    assert our_put(signer, "k", 1, "off", 60) == put(boto, "k", 1, "off", 60) != before


def test_without_credentials_nothing_is_signed() -> None:
    with pytest.raises(NoCredentialsError):
        Signer(client(ENDPOINTS[0]), None, BUCKET).address("GET", "k", {}, {}, 60)


@pytest.mark.parametrize(("left", "asked", "good"), [(3600, 60, 60), (1800, 3600, 1800), (1200, 604_800, 1200)])
def test_nothing_that_is_signed_outlives_the_credentials(left: int, asked: int, good: int) -> None:
    """An address that names a longer time would be refused all the same, and the browser would not know."""
    until = (datetime.now(UTC) + timedelta(seconds=left + 0.9)).isoformat()
    told = {"access_key": "key", "secret_key": "secret", "token": "t", "expiry_time": until}
    credentials = RefreshableCredentials.create_from_metadata(told, lambda: told, "test")
    signer = Signer(client(ENDPOINTS[0]), credentials, BUCKET)
    address = signer.address("GET", "k", {}, {}, asked)
    assert parse_qs(urlsplit(address).query)["X-Amz-Expires"] == [str(good)]
    _, fields = signer.form("k", {}, [], asked)
    policy = json.loads(base64.b64decode(fields["policy"]))
    assert policy["expiration"] == (WHEN + timedelta(seconds=good)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert min(asked, signer.seconds_left()) == good
    assert both(ENDPOINTS[0])[1].seconds_left() == 604_800, "keys that stay"
