"""Which language somebody is spoken to, by what their browser sends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from smartupload.words import Catalogues
from smartupload.words.catalogue import using
from smartupload.words.negotiation import asked_for, negotiated

OURS = ("en", "de", "fr", "pt-BR", "zh-Hant")


@pytest.fixture(autouse=True)
def spoken() -> Iterator[None]:
    with using(Catalogues(OURS)):
        yield


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "en"),
        ("de", "de"),
        ("DE", "de"),
        ("de-AT", "de"),
        ("de-Latn-AT-1996", "de"),
        ("da, de;q=0.8, en;q=0.9", "en"),
        ("da, fr;q=0.8, de;q=0.9", "de"),
        ("fr;q=0.8, de;q=0.8", "fr"),
        ("de;q=0, fr;q=0.1", "fr"),
        ("de;q=0", "en"),
        ("*, de;q=0.5", "en"),
        ("de;q=0.5, *;q=0.1", "de"),
        ("pt-br", "pt-BR"),
        ("pt", "en"),
        ("zh-Hant-TW", "zh-Hant"),
        ("zh-TW", "en"),
        ("ja, ar", "en"),
        ("de;q=2", "en"),
        ("de;q=x, fr", "fr"),
        (";;q=,,; q=0.3,", "en"),
        ("\ud800, \0, de", "de"),
        ("x" * 20_000, "en"),
        (", ".join(["ja"] * 500) + ", de", "en"),
    ],
)
def test_a_header_is_looked_up_as_rfc_4647_says(accept: str, language: str) -> None:
    assert negotiated(accept) == language


@pytest.mark.parametrize(
    ("cookies", "language"),
    [
        ("smartupload_language=de", "de"),
        ('a=b; smartupload_language="de"; c=d', "de"),
        ("smartupload_language=", "fr"),
        ("smartupload_language=xx", "fr"),
        ("smartupload_language=../../etc", "fr"),
        ("other=de", "fr"),
        ("", "fr"),
    ],
)
def test_what_was_picked_in_the_page_comes_first(cookies: str, language: str) -> None:
    assert asked_for(cookies, "fr, de") == language
