"""What others rely on does not change by accident, and not without a word in the changelog."""

import re

from scripts import public_api


def test_it_is_what_is_written_down() -> None:
    written, now = public_api.DOCUMENT.read_text().splitlines(), public_api.lines()
    gone, new = sorted(set(written) - set(now)), sorted(set(now) - set(written))
    assert (gone, new) == ([], []), "if that is meant: `make api`, and a line in CHANGELOG.md"
    assert written == now


def test_the_changelog_says_so() -> None:
    latest = re.split(r"^## ", public_api.CHANGELOG.read_text(), flags=re.MULTILINE)[1]
    digest = public_api.digest(public_api.DOCUMENT.read_text())
    assert f"<!-- public API {digest} -->" in latest, f"say in CHANGELOG.md what has changed; its digest is {digest}"
