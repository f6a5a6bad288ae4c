"""Sentences: kept, read in a language, and said in English where one lacks them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from smartupload import words
from smartupload.errors import NotFound, Problem, StoreFull
from smartupload.words import Catalogues, Sentence, Size, say, speaking
from smartupload.words.catalogue import OURS, direction, using
from smartupload.words.figures import day_text, size_text, time_text

GERMAN = """
size-mb = { $value } MB
size-bytes = { $count ->
    [one] 1 Byte
   *[other] { NUMBER($count, useGrouping: 0) } Bytes
}
time-range-min = { $start } bis { $end } Minuten
problem-file_too_large-here = Diese Datei hat { $size }, mehr als { $limit }.
problem-not_found = Hier ist nichts.
problem-no_preview-large = { $lacks }
"""


@pytest.fixture
def german(tmp_path: Path) -> Catalogues:
    """English as it is, and a German that has these few sentences alone."""
    shutil.copytree(OURS / "en", tmp_path / "en")
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "some.ftl").write_text(GERMAN, encoding="utf-8")
    return Catalogues(("en", "de"), (tmp_path,))


def test_a_sentence_is_kept_and_read_later(german: Catalogues) -> None:
    sentence = Sentence("problem-file_too_large-here", size=Size(9_500_000), limit=Size(1))
    kept = Sentence.of(json.loads(json.dumps(sentence.document())))
    with using(german):
        assert str(kept) == "This file has 9.5 MB, the limit here is 1 byte. Choose a smaller one."
        assert kept.read("de") == "Diese Datei hat 9,5 MB, mehr als 1 Byte."


def test_a_sentence_within_one() -> None:
    sentence = Sentence("problem-type_mismatch-name", kind=Sentence("kind-windows"), extension="pdf")
    kept = Sentence.of(json.loads(json.dumps(sentence.document())))
    assert str(kept) == "This is a Windows program, though its name ends in .pdf. Give it its right name, or choose another file."  # fmt: skip


def test_a_number_that_nobody_can_write_is_no_fault() -> None:
    for number in (10**25, 10**1000, -(10**1000)):
        assert "The sha256 of part" in str(Sentence("problem-invalid_request-digest", part=number))


def test_what_a_language_lacks_or_has_wrong_is_said_in_english(german: Catalogues) -> None:
    with using(german), speaking("de"):
        assert say("plain-download") == "Download"
        assert say("problem-no_preview-large", megapixels=1234, most=100).startswith(
            "This picture has 1,234 megapixels"
        )
    with using(german), speaking("xx"):
        assert say("plain-download") == "Download"
    with pytest.raises(KeyError):
        say("nothing-such")


def test_a_problem_is_english_for_logs_and_in_the_language_at_hand_for_people(german: Catalogues) -> None:
    with using(german), speaking("de"):
        problem = NotFound()
        assert problem.detail == str(problem) == NotFound.sentence == "There is nothing at this address. Check it for mistakes."  # fmt: skip
        assert problem.read() == problem.as_dict()["detail"] == "Hier ist nichts."
        assert (problem.as_dict()["title"], problem.as_dict()["code"]) == ("Not found", "not_found")
        assert problem.kept() == {
            "error_code": "not_found",
            "error_detail": NotFound.sentence,
            "error_sentence": {"key": "problem-not_found", "arguments": {}},
        }


def test_somebody_elses_words_stay_as_they_are() -> None:
    class Theirs(Problem):
        code = "theirs"
        sentence = "Words of their own."

    class Silent(StoreFull):
        code = "silent"

    assert (Theirs().detail, Theirs().read(), Theirs().kept()["error_sentence"]) == (Theirs.sentence,) * 2 + (None,)
    assert NotFound("As a hook says.").read() == "As a hook says."
    assert Silent().detail == Problem.sentence


def test_whoever_is_asked_in_a_thread_of_its_own_speaks_english(german: Catalogues) -> None:
    with using(german), speaking("de"), ThreadPoolExecutor(1) as pool:
        assert pool.submit(words.language).result() == "en"
        with speaking(""):
            assert words.language() == "en"
        assert words.language() == "de"


@pytest.mark.parametrize(
    ("say_it", "english", "other"),
    [
        (lambda language: size_text(2_145_000, language), "2.1 MB", "2,1 MB"),
        (lambda language: size_text(999, language), "999 bytes", "999 Bytes"),
        (lambda language: size_text(2_140_000_000, language), "2.14 GB", "2,14 GB"),
        (lambda language: time_text(240, 360, language), "4–6 min", "4 bis 6 Minuten"),
        (lambda language: day_text(date(2026, 12, 5), language), "5 December 2026", "5. Dezember 2026"),
    ],
)
def test_figures(german: Catalogues, say_it: Callable[[str], str], english: str, other: str) -> None:
    with using(german):
        assert (say_it("en"), say_it("de")) == (english, other)


def test_which_way_a_language_runs() -> None:
    assert [direction(one) for one in ("en", "de", "ja", "ar", "ar-EG")] == ["ltr", "ltr", "ltr", "rtl", "rtl"]
