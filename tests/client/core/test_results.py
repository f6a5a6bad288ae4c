"""What a program gets: an upload, or why there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smartupload.client.core.answers import upload_of
from smartupload.client.core.errors import SENTENCES, SmartUploadError, own
from smartupload.client.core.results import end_of, uploaded
from tests.client.core.test_answers import UPLOAD

READY = replace(upload_of(UPLOAD), state="ready", checksum="c-1", scan="clean")


def test_a_file_that_is_there() -> None:
    told = uploaded(READY)
    assert (told.id, told.state, told.scan, told.checksum, told.share_url) == ("1", "ready", "clean", "c-1", "u")
    assert len({told, uploaded(READY)}) == 1
    assert end_of(READY) is None
    assert end_of(replace(READY, state="scanning")) is None


@pytest.mark.parametrize("state", ["blocked", "failed", "cancelled", "expired"])
def test_one_that_will_never_be(state: str) -> None:
    alone = end_of(replace(READY, state=state))
    assert alone is not None
    assert alone.code == state
    told = end_of(replace(READY, state=state, error=("virus_found", "A virus.")))
    assert told is not None
    assert (told.code, told.detail) == ("virus_found", "A virus.")


def test_every_sentence_says_what_to_do_and_needs_no_value_that_is_not_given() -> None:
    values = {"url": "U", "cause": "C", "place": "P", "path": "F", "seconds": 3, "type": "T"}
    for code in SENTENCES:
        error = own(code, status=404, **values)
        assert isinstance(error, SmartUploadError)
        assert "{" not in error.detail
        assert error.detail.endswith(".")
