"""What may be said of a file: as much as goes along with everything that is told of it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from smartupload.api.batch_schemas import each
from smartupload.api.schemas import NewUpload
from smartupload.errors import InvalidRequest
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


@pytest.mark.parametrize(
    ("said", "detail"),
    [
        (
            {"metadata": {"ok": "", "note": "x" * 1200}},
            "“note”, which goes along with this file, is longer than 1,000 characters. Shorten it, then choose the file again.",
        ),
        (
            {"metadata": FULL | {"e": FULL["e"] + "x"}},
            "What goes along with this file is larger than 4,096 bytes all together. Shorten it, then choose the file again.",
        ),
        (
            {"metadata": {str(n): "" for n in range(21)}},
            "More than 20 texts go along with this file. Tell whoever makes this page.",
        ),
        (
            {"metadata": {"a\tb": ""}},
            "“ab” is no name for a text that goes along with a file. Tell whoever makes this page: 1 to 64 letters, digits, _, . and -.",
        ),
        (
            {"metadata": {"nul": "\0"}},
            "“nul”, which goes along with this file, holds a character that cannot be kept. Write it anew, then choose the file again.",
        ),
        (
            {"metadata": {"count": 7}},
            "“count”, which goes along with this file, is no text. Tell whoever makes this page.",
        ),
        ({"metadata": "x"}, "What goes along with this file are no texts by name. Tell whoever makes this page."),
        (
            {"uploader": "a b"},
            "The place where this file was dropped has a name that cannot be kept. Tell whoever makes this page: up to 64 letters, digits, _ and -.",
        ),
        ({"size": "many"}, InvalidRequest.sentence),
        ({"metdata": {}}, InvalidRequest.sentence),
    ],
)
def test_a_person_reads_which_text_it_is_and_what_is_allowed(said: dict[str, object], detail: str) -> None:
    (one,) = each([{"name": "a.bin", "size": 1, **said}], NewUpload)
    assert isinstance(one, InvalidRequest)
    assert one.detail == detail
