"""What may be said of a file: as much as goes along with everything that is told of it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from smartupload.api.schemas import NewUpload
from smartupload.service.files.metadata import MAX_BYTES, MAX_MEMBERS, MAX_TEXT

EMPTY = len('{"a":"","b":"","c":"","d":"","e":""}')
FULL = dict.fromkeys("abcd", "x" * MAX_TEXT) | {"e": "x" * (MAX_BYTES - EMPTY - 4 * MAX_TEXT)}


def errors(**said: object) -> dict[str, str]:
    """Where the fault is, and what it is; nothing when there is none."""
    try:
        NewUpload.model_validate({"name": "a.bin", "size": 1} | said)
    except ValidationError as error:
        return {".".join(map(str, one["loc"])): one["msg"] for one in error.errors()}
    return {}


@pytest.mark.parametrize(
    "metadata",
    [{}, {"ticket": "42"}, {"A.b-c_9": ""}, {"n" * 64: "ü😀\n"}, {str(n): "" for n in range(MAX_MEMBERS)}, FULL],
)
def test_it_is_taken(metadata: dict[str, str]) -> None:
    assert errors(metadata=metadata) == {}


@pytest.mark.parametrize(
    ("metadata", "at"),
    [
        ({"a b": ""}, "metadata.a b.[key]"),
        ({"": ""}, "metadata..[key]"),
        ({"n\n": ""}, "metadata.n\n.[key]"),
        ({"n" * 65: ""}, f"metadata.{'n' * 65}.[key]"),
        ({"count": 1}, "metadata.count"),
        ({"none": None}, "metadata.none"),
        ({"long": "x" * (MAX_TEXT + 1)}, "metadata.long"),
        ({"nul": "a\0b"}, "metadata.nul"),
        ({"half": "\ud83d"}, "metadata.half"),
        ({str(n): "" for n in range(MAX_MEMBERS + 1)}, "metadata"),
        (FULL | {"e": FULL["e"] + "x"}, "metadata"),
        (FULL | {"e": FULL["e"][:-1] + "ü"}, "metadata"),
        ([], "metadata"),
        ("text", "metadata"),
        (None, "metadata"),
    ],
)
def test_it_is_refused_where_it_is_wrong(metadata: object, at: str) -> None:
    assert list(errors(metadata=metadata)) == [at]


@pytest.mark.parametrize("uploader", ["", "avatars", "A-b_9", "u" * 64])
def test_an_uploader_has_a_name(uploader: str) -> None:
    assert errors(uploader=uploader) == {}


@pytest.mark.parametrize("uploader", ["u" * 65, "a.b", "a b", "ü", "a\n", 1, None])
def test_what_is_no_name_of_an_uploader(uploader: object) -> None:
    assert list(errors(uploader=uploader)) == ["uploader"]


def test_what_nobody_knows_is_refused_by_its_name() -> None:
    assert errors(metdata={}) == {"metdata": "Extra inputs are not permitted"}
