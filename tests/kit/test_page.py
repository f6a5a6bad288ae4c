"""What is read of a card: in a real page, by the names that scripts hold on to."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from smartupload_testing.browser import person as person_of_the_kit
from smartupload_testing.browser.page import Card
from smartupload_testing.browser.person import Person

PAGE = """<!doctype html><meta charset="utf-8">
<input type="file" data-testid="file-input" multiple>
<article data-testid="file-card" data-upload-id="u1" data-state="uploading" data-error="" aria-label="one.bin">
  <div role="progressbar" aria-valuenow="37"></div><span data-testid="eta">2 min left</span>
  <p data-testid="leave" data-leave="return">You can close this window</p>
  <button>Pause</button><button onclick="document.title = 'one was cancelled'">Cancel</button>
  <button aria-label="Remove from this list">x</button>
</article>
<article data-testid="file-card" data-state="waiting" data-error="file_needed">
  <b>two.bin</b><label>Choose file<input type="file"></label><button onclick="document.title = 'two was cancelled'"> Cancel </button>
</article>
<script>
  const input = document.querySelector('input'); input.__reactProps = {}
  input.onchange = () => { document.title = [...input.files].map(file => file.name + ' ' + file.size).join() }
</script>"""


@pytest.fixture(scope="module")
def person(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    folder = tmp_path_factory.mktemp("page")
    (folder / "app.html").write_text(PAGE)
    one = Person(f"file://{folder}/app.html?", folder / "profile")
    one.open()
    yield one
    one.close_browser()


def test_a_card_says_all_that_it_shows(person: Person) -> None:
    one, two = person.cards()
    assert dataclasses.replace(one, text="") == Card(
        id="u1",
        name="one.bin",
        state="uploading",
        error="",
        leave="return",
        eta="2 min left",
        percent=37,
        buttons=("Pause", "Cancel", "Remove from this list"),
        asks=False,
        text="",
    )
    assert "You can close this window" in one.text
    assert (two.id, two.percent, two.leave, two.error, two.asks) == ("", 0, "", "file_needed", True)


def test_a_card_is_found_by_its_label_or_by_what_it_shows(person: Person) -> None:
    one, two = person.cards()
    assert (person.card("one.bin"), person.card("two.bin"), person.card("three.bin")) == (one, two, None)
    assert person.card() == one
    assert not dataclasses.replace(one, text="it is no two.bin").is_of("two.bin"), (
        "a label is more than a word in a text"
    )


def test_a_button_is_that_of_the_card(person: Person) -> None:
    person.cancel("two.bin")
    assert person.tools.evaluate("document.title") == "two was cancelled"
    person.cancel("one.bin")
    assert person.tools.evaluate("document.title") == "one was cancelled"


def test_files_are_given_by_their_path(person: Person, tmp_path: Path) -> None:
    (tmp_path / "three.bin").write_bytes(b"12345")
    person.give(tmp_path / "three.bin")
    person.wait(lambda: person.tools.evaluate("document.title") == "three.bin 5", 5, "the page to have it")


def test_a_state_that_does_not_come_is_told_with_the_one_that_is(person: Person) -> None:
    assert person.wait_state("one.bin", "ready", "uploading").percent == 37
    with pytest.raises(AssertionError, match=r"the card of one.bin to be ready; .*state='uploading'"):
        person.wait_state("one.bin", "ready", seconds=0)
    with pytest.raises(AssertionError, match=r"the card of three.bin to say continues of leaving; .*it is not there"):
        person.wait_leave("three.bin", "continues", seconds=0)


def test_a_page_is_loaded_anew(person: Person) -> None:
    person.tools.evaluate("document.title = 'before'")
    person.reload()
    assert person.tools.evaluate("document.title") == ""
    assert len(person.cards()) == 2


def test_a_page_on_which_nothing_takes_files_is_told_soon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert person_of_the_kit.UPLOADER < 10
    monkeypatch.setattr(person_of_the_kit, "UPLOADER", 2)
    (tmp_path / "app.html").write_text("<!doctype html><title>something else</title>")
    one = Person(f"file://{tmp_path}/app.html?", tmp_path / "profile")
    try:
        began = time.monotonic()
        with pytest.raises(AssertionError, match=r"serves no page with an uploader: nothing on it is .*file-input"):
            one.open()
        assert time.monotonic() - began < 10
    finally:
        one.close_browser()
