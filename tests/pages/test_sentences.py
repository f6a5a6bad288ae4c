"""What pages and components say comes out of the catalogues: nothing is said besides, each key is there with its arguments, and none is left over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from reflex_smartupload import catalogues, sentences

from tests.english import FOLDERS, ROOT
from tests.pages.texts import Texts

PACKAGE = catalogues.OWN.parent
SITE = ROOT / "smartupload"


@cache
def modules() -> dict[str, ast.Module]:
    """Those that make pages and components; what the states say comes from the server."""
    beside = [path for path in SITE.glob("*.py") if "import reflex_smartupload" in path.read_text()]
    files = [*beside, *SITE.glob("pages/*.py"), *PACKAGE.glob("*.py"), *PACKAGE.glob("components/*.py")]
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text()) for path in files}


@cache
def rooms() -> dict[Path, dict[str, str]]:
    """File -> key -> sentence, of pages and components; the others are what the scripts say."""
    return {
        path: catalogues.entries_of(path.read_text())
        for folder, files in FOLDERS.items()
        for path in sorted((folder / catalogues.BASE).glob(files))
        if not path.match("client-*.ftl")
    }


def said() -> Iterator[tuple[str, str, set[str]]]:
    """Where, which key, and the names of what is put in."""
    for name, module in modules().items():
        if name == str(Path(sentences.__file__).relative_to(ROOT)):
            continue
        for node in ast.walk(module):
            match node:
                case ast.Call(func=ast.Name(id="say" | "sentence")):
                    pass
                case ast.Call(func=ast.Attribute(value=ast.Name(id="su"), attr="say" | "sentence")):
                    pass
                case _:
                    continue
            where = f"{name}:{node.lineno}"
            key = node.args[0]
            assert isinstance(key, ast.Constant), f"{where}: write the key here, so that it can be looked up"
            yield where, str(key.value), {word.arg or "**" for word in node.keywords}


def test_no_sentence_stands_outside_of_a_catalogue() -> None:
    found = Texts(modules()).search()
    assert not found, "\n".join(f"{name}:{line}: {text!r}" for name, line, text in sorted(found))


@pytest.mark.parametrize(
    "code",
    [
        'rx.el.p("Words", class_name="plain")',
        'rx.el.p(f"{count} Words")',
        'rx.fragment(rx.cond(State.is_on, "Words", ""))',
        'rx.el.p(rx.match(State.one, ("first", ""), "Words"))',
        'rx.el.img(alt="Words", src="here")',
        'rx.el.div(custom_attrs={"aria-label": "Words", "data-testid": "one"})',
        'NavLink.create("Words", to="/")',
        'app.add_page(page, title="Words")',
        'def act(text, does):\n    return rx.el.button(text, on_click=does)\nact("Words", "nothing")',
        'def act(*, text):\n    return rx.el.button(text)\ndef all(words):\n    return act(text=words)\nall("Words")',
        'def head(text="Words"):\n    return rx.el.h1(text)',
        'from .one import head as top\ndef head(text):\n    return rx.el.h1(text)\ntop("Words")',
        'words = "Words"\nrx.el.p(words)',
        'DAYS = {"seven": "Words"}\nrx.el.p(*(rx.el.b(text) for key, text in DAYS.items()))',
        'CHIPS = {"on": ("Words", "good")}\n[rx.el.b(text, class_name=tone) for _, (text, tone) in CHIPS.items()]',
    ],
)
def test_a_sentence_is_found_wherever_it_reaches_a_text(code: str) -> None:
    found = Texts({"one": ast.parse(code)}).search()
    assert [text.strip() for _, _, text in found] == ["Words"]


@pytest.mark.parametrize(
    "code",
    [
        'rx.el.p(State.text, " · ", 5, id="one", role="status")',
        'rx.el.p(su.say("home-sub"))',
        'rx.el.script("alert()")',
        'rx.el.p(rx.cond(State.state == "ready", State.text, ""))',
        'def act(text, name):\n    return rx.el.button(text, id=name)\nact(su.say("one"), "two")',
    ],
)
def test_what_nobody_reads_is_no_sentence(code: str) -> None:
    assert not Texts({"one": ast.parse(code)}).search()


def test_each_key_is_in_a_catalogue_with_just_its_arguments() -> None:
    known = {
        key: set(re.findall(r"\$([\w-]+)", entry)) for entries in rooms().values() for key, entry in entries.items()
    }
    for where, key, given in said():
        assert key in known, f"{where}: {key}"
        assert given - {"between"} == known[key], f"{where}: {key}"


def test_no_key_is_left_over() -> None:
    used = {key for _, key, _ in said()}
    # Some of a component is drawn by the scripts.
    used |= {
        key for path in PACKAGE.rglob("client/*/**/*.js") for key in re.findall(r'say\(\s*"([\w-]+)"', path.read_text())
    }
    assert {path.name: keys for path, entries in rooms().items() if (keys := entries.keys() - used)} == {}


@pytest.mark.parametrize("path", rooms(), ids=lambda path: path.stem)
def test_a_key_begins_with_its_room(path: Path) -> None:
    room = path.stem.removeprefix("pages-")
    assert {key for key in rooms()[path] if not key.startswith(f"{room}-")} == set()


def test_no_two_files_have_a_key_in_common() -> None:
    keys = [key for folder, files in FOLDERS.items() for key in catalogues.read(folder, catalogues.BASE, files)]
    assert sorted(keys) == sorted(set(keys)), "one of the app's would stand in the place of the package's"
