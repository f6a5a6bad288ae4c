"""Where a bucket stands in an address."""

from __future__ import annotations

import pytest

from smartupload.adapters.s3.addressing import origin, style


@pytest.mark.parametrize(
    ("endpoint", "bucket", "wanted", "expected"),
    [
        ("https://s3.example.org", "files", "auto", "path"),
        ("https://s3.example.org", "files", "host", "virtual"),
        ("https://s3.example.org", "files", "path", "path"),
        ("https://s3.eu-central-1.amazonaws.com", "files", "auto", "virtual"),
        ("https://s3.eu-central-1.amazonaws.com", "files", "path", "path"),
        ("https://s3.cn-north-1.amazonaws.com.cn", "files", "auto", "virtual"),
        ("https://oss-eu-central-1.aliyuncs.com", "files", "auto", "virtual"),
        ("https://amazonaws.com.example.org", "files", "auto", "path"),
        ("https://bucket.vpce-1a.s3.us-east-1.vpce.amazonaws.com", "files", "auto", "path"),
        ("https://s3.eu-central-1.amazonaws.com", "my.files", "auto", "path"),
        ("http://s3.example.org", "my.files", "host", "virtual"),
        ("http://127.0.0.1:8333", "files", "host", "path"),
        ("http://[::1]:8333", "files", "host", "path"),
        ("http://localhost:8333", "files", "host", "virtual"),
    ],
)
def test_style(endpoint: str, bucket: str, wanted: str, expected: str) -> None:
    assert style(endpoint, bucket, wanted) == expected


def test_what_browsers_are_let_call() -> None:
    assert origin("https://s3.example.org:8443", "files", "auto") == "https://s3.example.org:8443"
    assert origin("https://s3.example.org:8443", "files", "host") == "https://files.s3.example.org:8443"
