"""The catalogues of the server: whole in each language, each sentence in use, each use with the arguments of its sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor
from reflex_smartupload import catalogues

from smartupload import errors
from smartupload.words import ENGLISH, LANGUAGES, catalogue

SERVER = Path(errors.__file__).parent
SAYS = {"say", "Sentence"}


class _Variables(Visitor):
    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:
        self.found.add(node.id.name)


def entries(language: str, folder: Path = catalogue.OURS) -> dict[str, set[str]]:
    """Key -> the names of its arguments. Fails on a line that belongs to none, and on a key that is there twice."""
    found: dict[str, set[str]] = {}
    for file in catalogue.files_of(folder, language):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, fluent.Junk), f"{file.name}: {entry.content}"
            if isinstance(entry, fluent.Message):
                assert entry.id.name not in found, f"{entry.id.name} is there twice"
                assert entry.value is not None, entry.id.name
                variables = _Variables()
                variables.visit(entry)
                found[entry.id.name] = variables.found
    return found


def used() -> Iterator[tuple[str, str, set[str] | None]]:
    """Where the server says a sentence, its key (of which a part may be written `*`), and its arguments; None for those that are not known.

    What pages say in the browser, `su.say`, stands in other catalogues (tests/pages/test_sentences.py).
    """
    for path in sorted(SERVER.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not node.args or is_the_browsers(path, node.func):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name not in SAYS:
                continue
            key = written(node.args[0])
            if key is not None:
                names = None if name == "say" and isinstance(node.func, ast.Attribute) else {str(one.arg) for one in node.keywords}  # fmt: skip
                yield f"{path.relative_to(SERVER)}:{node.lineno}", key, names


def is_the_browsers(path: Path, said: ast.expr) -> bool:
    return "pages" in path.parts or (isinstance(said, ast.Attribute) and getattr(said.value, "id", "") == "su")


def written(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)
    return None


def of(pattern: str, keys: dict[str, set[str]]) -> set[str]:
    if "*" not in pattern:
        return {pattern} & keys.keys()
    before, _, after = pattern.partition("*")
    return {key for key in keys if key.startswith(before) and key.endswith(after) and len(key) >= len(before + after)}


def test_each_use_has_its_sentence_and_the_arguments_of_it() -> None:
    keys = entries(ENGLISH)
    wrong: list[str] = []
    for place, pattern, names in used():
        found = of(pattern, keys)
        if not found:
            wrong.append(f"{place}: no sentence {pattern}")
        if names is not None and "*" not in pattern:
            wrong += [
                f"{place}: {key} has {sorted(keys[key])}, not {sorted(names)}" for key in found if keys[key] != names
            ]
    assert wrong == []


def test_each_sentence_is_in_use() -> None:
    keys = entries(ENGLISH)
    usual = {f"problem-{kind.code}" for kind in all_problems(errors.Problem)}
    assert usual <= keys.keys()
    said = usual.union(*(of(pattern, keys) for _, pattern, _ in used()))
    assert keys.keys() - said == set()


def all_problems(kind: type[errors.Problem]) -> Iterator[type[errors.Problem]]:
    for one in kind.__subclasses__():
        if one.__module__ in (errors.__name__, "abc") or one.__module__.startswith("smartupload."):
            yield one
            yield from all_problems(one)


def test_the_server_speaks_the_languages_of_the_pages() -> None:
    assert set(LANGUAGES) == set(catalogues.LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_what_english_has(language: str) -> None:
    assert entries(language) == entries(ENGLISH)


def test_a_language_is_a_folder_with_all_files(tmp_path: Path) -> None:
    for language, files in {"en": ["a", "b", "pages-c"], "de": ["a", "b"], "fr": ["a", "pages-c"]}.items():
        (tmp_path / language).mkdir()
        for name in files:
            (tmp_path / language / f"{name}.ftl").write_text("x = y\n")
    assert catalogue.languages_in(tmp_path) == ("en", "de")


def test_the_check_sees_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    file = tmp_path / "en" / "a.ftl"
    file.write_text("a-b = { $c ->\n    [one] { $d }\n   *[other] { NUMBER($e) }\n }\n")
    assert entries("en", tmp_path) == {"a-b": {"c", "d", "e"}}
    for text in ("no sentence\n", "a = b\na = c\n"):
        file.write_text(text)
        with pytest.raises(AssertionError):
            entries("en", tmp_path)
    assert of("a-*", {"a-b": set(), "c": set()}) == {"a-b"}
    assert of("a-c", {"a-b": set()}) == set()
