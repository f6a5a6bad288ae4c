"""What a program hands over, and what it is told of it."""

from __future__ import annotations

import pytest

from smartupload.client.core import given

HALF = "\udcff"


def test_what_can_be_said() -> None:
    assert given.said("é", {"ticket": "42 😀"}, "") == given.Said("é", {"ticket": "42 😀"}, "")
    assert given.said("a", None, "b") == given.Said("a", {}, "b")


@pytest.mark.parametrize(
    ("name", "metadata", "uploader", "sentence"),
    [
        ("a", {"a": b"x"}, "", "metadata['a'] is of type bytes: give a text."),
        ("a", "abc", "", "metadata is of type str: give texts by name, such as {'ticket': '42'}."),
        ("a", ["a"], "", "metadata is of type list: give texts by name, such as {'ticket': '42'}."),
        ("a", {1: "x"}, "", "The name 1 in metadata is of type int: give a text."),
        ("a", {"a": None}, "", "metadata['a'] is of type NoneType: give a text."),
        ("a", {}, None, "uploader is of type NoneType: give a text."),
        (7, {}, "", "name is of type int: give a text."),
    ],
)
def test_what_is_no_text(name: object, metadata: object, uploader: object, sentence: str) -> None:
    with pytest.raises(TypeError) as wrong:
        given.said(name, metadata, uploader)
    assert str(wrong.value) == sentence


@pytest.mark.parametrize(
    ("name", "metadata", "uploader", "sentence"),
    [
        ("a", {"a": HALF}, "", "metadata['a'] is no text in UTF-8: '\\udcff'."),
        ("a", {HALF: "a"}, "", "The name '\\udcff' in metadata is no text in UTF-8: '\\udcff'."),
        ("a", {}, HALF, "uploader is no text in UTF-8: '\\udcff'."),
        (HALF, {}, "", "name is no text in UTF-8: '\\udcff'."),
    ],
)
def test_what_cannot_be_sent(name: str, metadata: dict[str, str], uploader: str, sentence: str) -> None:
    with pytest.raises(ValueError, match="UTF-8") as wrong:
        given.said(name, metadata, uploader)
    assert str(wrong.value) == sentence


def test_headers() -> None:
    assert given.headers({"Authorization": "Bearer a=b"}) == {"Authorization": "Bearer a=b"}
    for name in ("", "a b", "é", 7, "a:"):
        with pytest.raises(ValueError, match="is no name of a header"):
            given.headers({name: "x"})
    for value in ("sécret", f"secret{HALF}", "secret\nX: y", b"secret"):
        with pytest.raises(ValueError, match="printable ASCII in one line") as wrong:
            given.headers({"X-Key": value})
        assert "X-Key" in str(wrong.value)
        assert "secret" not in str(wrong.value)
    with pytest.raises(TypeError, match="headers is of type str"):
        given.headers("X: y")
