"""Which addresses are taken."""

from __future__ import annotations

import pytest

from smartupload.errors import BadAddress
from smartupload.service.notify import address


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        (" Anna.B@Example.ORG ", "Anna.B@example.org"),
        ("o'neil+files@mail.example.co.uk", "o'neil+files@mail.example.co.uk"),
        ("a..b@example.org", "a..b@example.org"),
        ("anna@localhost", "anna@localhost"),
        ("anna@BÜCHER.example", "anna@bücher.example"),
        ("änna@example.org", "änna@example.org"),
        ("anna@xn--bcher-kva.example", "anna@xn--bcher-kva.example"),
    ],
)
def test_taken(given: str, taken: str) -> None:
    assert address.clean(given) == taken
    assert address.clean(taken) == taken


@pytest.mark.parametrize(
    "given",
    [
        "anna", "@example.org", "anna@", "anna@@example.org", "anna b@example.org", "a@b@example.org",
        "anna@example.org, eve@example.org", "Anna <anna@example.org>", "anna@example.org\r\nBcc: eve@example.org",
        "an\u202ena@example.org", "an\x00na@example.org", '"a b"@example.org', "anna@exa mple.org", "anna@-x.org", "anna@x..org",
        "=?utf-8?q?anna?=@example.org", "anna@[127.0.0.1]", "anna@straße.example", "a" * 65 + "@example.org", "anna@" + "a" * 64 + ".org", "anna@" + "a." * 130 + "org",
    ],
)  # fmt: skip
def test_refused(given: str) -> None:
    with pytest.raises(BadAddress):
        address.clean(given)


@pytest.mark.parametrize(
    "way", ["Anna@example.org", "a.nna+x+y@example.org", "anna@EXAMPLE.org", "\uff41nna@example.org"]
)
def test_counted_as_one(way: str) -> None:
    assert address.canonical(address.clean(way)) == "anna@example.org"


def test_counted_as_others() -> None:
    ways = [
        "anna@example.org",
        "ann@example.org",
        "anna@example.com",
        "+x@example.org",
        "+y@example.org",
        "...@example.org",
    ]
    assert len({address.canonical(way) for way in ways}) == len(ways)
    assert address.canonical("a@b\u00fccher.example") == address.canonical("a@xn--bcher-kva.example")
