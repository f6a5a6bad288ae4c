"""What a file is called in an archive, and which folders a path leads through."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartupload.service.files import names
from smartupload.service.files.archive_names import ArchiveNames


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("a.txt", ""),
        ("Trip/a.txt", "Trip"),
        ("Trip/day 1/a.txt", "Trip/day 1"),
        ("../../etc/passwd", "etc"),
        ("/etc/passwd", "etc"),
        ("C:\\Users\\a.txt", "C:/Users"),
        ("a//./b/../c.txt", "a/b"),
        ("con/nul.txt/a", "_con/_nul.txt"),
        ("a\0b/\u202egpj/x", "ab/gpj"),
    ],
)
def test_the_folders_of_a_path_lead_nowhere_else(path: str, folder: str) -> None:
    assert names.folder(path) == folder


@given(st.text())
def test_whatever_a_browser_says(path: str) -> None:
    folder = names.folder(path)
    assert names.folder(f"{folder}/a") == folder
    assert not folder.startswith("/")
    assert not {".", ".."} & set(folder.split("/"))
    assert "\\" not in folder


def test_how_deep() -> None:
    assert names.folder("a/" * 1000 + "b").count("/") == names.MAX_DEPTH - 1


def test_each_has_a_name_of_its_own() -> None:
    given = ArchiveNames(["Trip", "Trip/a.txt/b"])
    asked = [("", "x.txt"), ("", "X.TXT"), ("", "x.txt"), ("Trip", "x.txt"), ("Trip", "a.txt"), ("", "trip"), ("", ".env"), ("", ".ENV"), ("", "x (2).txt")]  # fmt: skip
    assert [given.give(*one) for one in asked] == [
        "x.txt",
        "X (2).TXT",
        "x (3).txt",
        "Trip/x.txt",
        "Trip/a (2).txt",
        "trip (2)",
        ".env",
        ".ENV (2)",
        "x (2) (2).txt",
    ]


@given(
    st.lists(st.tuples(st.sampled_from(["", "a", "a/b"]), st.sampled_from(["a", "b", "A", "ä", "a\u0308", "a (2)"])))
)
def test_no_two_are_the_same(asked: list[tuple[str, str]]) -> None:
    given = ArchiveNames(folder for folder, _ in asked if folder)
    found = [given.give(*one).casefold() for one in asked]
    assert len(set(found)) == len(found)
    assert not set(found) & {folder for folder, _ in asked}
