"""The journal and what is kept beside it: real files, one holder each, readable by nobody else."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

from smartupload.client.io.journal import Journal
from smartupload.client.io.owner import Owner
from tests.client.core.test_records import ENTRY

WHAT = ("http://a", "/file", "file")


def test_what_was_written_is_found_by_the_next_one(tmp_path: Path) -> None:
    with Journal(tmp_path).open(*WHAT) as place:
        assert place.entry is None
        entry = place.name(place.begin(ENTRY), "0123")
    [path] = (tmp_path / "uploads").iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    with Journal(tmp_path).open(*WHAT) as place:
        assert place.entry == entry == replace(ENTRY, id="0123")
        place.forget()
    assert list((tmp_path / "uploads").iterdir()) == []


def test_a_line_that_was_cut_off_is_followed_by_a_whole_one(tmp_path: Path) -> None:
    with Journal(tmp_path).open(*WHAT) as place:
        entry = place.begin(ENTRY)
    [path] = (tmp_path / "uploads").iterdir()
    with path.open("a") as file:
        file.write('{"named":"01')
    with Journal(tmp_path).open(*WHAT) as place:
        assert place.entry == entry
        place.name(entry, "0123")
    with Journal(tmp_path).open(*WHAT) as place:
        assert place.entry == replace(entry, id="0123")


def test_what_was_not_begun_leaves_nothing(tmp_path: Path) -> None:
    with Journal(tmp_path).open(*WHAT):
        pass
    assert list((tmp_path / "uploads").iterdir()) == []


def test_two_at_a_time_have_a_place_each(tmp_path: Path) -> None:
    with Journal(tmp_path).open(*WHAT) as one, Journal(tmp_path).open(*WHAT) as other:
        one.begin(ENTRY)
        other.begin(replace(ENTRY, key="other"))
    with Journal(tmp_path).open(*WHAT) as one, Journal(tmp_path).open(*WHAT) as other:
        assert [place.entry and place.entry.key for place in (one, other)] == ["key", "other"]
        with Journal(tmp_path).open("http://b", *WHAT[1:]) as elsewhere:
            assert elsewhere.entry is None


def test_what_nobody_goes_on_with_is_forgotten_after_two_months(tmp_path: Path) -> None:
    for what in (WHAT, ("http://b", "/file", "file")):
        with Journal(tmp_path).open(*what) as place:
            place.begin(ENTRY)
    old, new = (tmp_path / "uploads").iterdir()
    long_ago = time.time() - 61 * 24 * 3600
    os.utime(old, (long_ago, long_ago))
    with Journal(tmp_path).open("http://c", "/file", "file") as place:
        place.begin(ENTRY)
    left = set((tmp_path / "uploads").iterdir())
    assert new in left
    assert old not in left
    assert len(left) == 2


def test_the_cookie_is_asked_for_once_and_a_torn_one_again(tmp_path: Path) -> None:
    asked: list[str] = []

    def ask() -> list[str]:
        asked.append(f"smartupload_owner={'a' * 42}{len(asked)}; Path=/; HttpOnly")
        return ["other=1", asked[-1]]

    for _ in range(2):
        owner = Owner(tmp_path, "http://a")
        owner.meet(ask)
        assert owner.cookie == f"smartupload_owner={'a' * 42}0"
    [path] = (tmp_path / "owners").iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_text("a" * 20)
    owner.meet(ask)
    assert owner.cookie == f"smartupload_owner={'a' * 42}1"


def test_a_cookie_in_another_form_is_kept_and_one_of_another_process_stays(tmp_path: Path) -> None:
    old, signed, later = ("a" * 43, "a" * 43 + "0" * 32, "b" * 75)
    mine, other = Owner(tmp_path, "http://a"), Owner(tmp_path, "http://a")
    for owner in (mine, other):
        owner.meet(lambda: [f"smartupload_owner={old}; Path=/"])
    mine.renew([])
    assert mine.cookie == f"smartupload_owner={old}"
    mine.renew([f"__Host-smartupload_owner={signed}; Path=/; Secure", "smartupload_owner=; Max-Age=0"])
    other.renew([f"smartupload_owner={later}; Path=/"])
    assert mine.cookie == other.cookie == f"smartupload_owner={signed}"
    again = Owner(tmp_path, "http://a")
    again.meet(list)
    assert again.cookie == mine.cookie


def test_a_server_that_gives_no_cookie_is_not_asked_for_one_again(tmp_path: Path) -> None:
    asked: list[int] = []
    for _ in range(2):
        owner = Owner(tmp_path, "http://a")
        owner.meet(lambda: [str(asked.append(1))])
        assert owner.cookie == ""
    assert asked == [1]
