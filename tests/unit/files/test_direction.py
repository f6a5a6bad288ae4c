"""Only a name that could turn the sentence around it is set apart."""

import pytest

from smartupload.service.files.direction import isolated


@pytest.mark.parametrize("name", ["film.mov", "Größe & Maße.txt", "日本語.txt", "emoji 📦.txt", ""])
def test_it_is_as_it_is(name: str) -> None:
    assert isolated(name) == name


@pytest.mark.parametrize("name", ["تقرير.txt", "דוח.pdf", "invoice\u202efdp.exe", "١٢٣.txt"])
def test_it_turns_nothing(name: str) -> None:
    assert isolated(name) == f"\u2068{name}\u2069"


def test_it_does_not_get_out_of_its_place() -> None:
    assert isolated("Bert\u2069\u202e\u2066") == "\u2068Bert\u202e\u2069"
