"""What a page can say and in which languages: catalogues are read, agree with English, and reach the client's scripts."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import reflex as rx
import reflex_smartupload as su
from reflex_smartupload import catalogues
from reflex_smartupload.catalogues import BASE, LANGUAGES, OWN, PSEUDO, Catalogues, accented, entries_of, read

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "smartupload" / "locales"
PACKAGE = ROOT / "custom_components" / "reflex_smartupload"
PAGES = "pages-*.ftl"
# Each folder, and which files of it are one catalogue.
PLACES = [(OWN, "*.ftl"), (SITE, "*.ftl")]


def arguments_of(entry: str) -> set[str]:
    """Names of what a sentence puts in."""
    return set(re.findall(r"\$([a-z][\w-]*)", entry))


def test_the_english_of_the_scripts_is_that_of_the_catalogues() -> None:
    for path, text in catalogues.english_modules().items():
        assert (PACKAGE / "client" / path).read_text() == text, "`make words`"


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != BASE] or [BASE])
@pytest.mark.parametrize(("folder", "files"), PLACES)
def test_a_language_has_the_keys_and_arguments_of_english(folder: Path, files: str, language: str) -> None:
    english, other = read(folder, BASE, files), read(folder, language, files)
    assert sorted(other) == sorted(english)
    assert {key for key in english if arguments_of(other[key]) != arguments_of(english[key])} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_that_names_the_link_for_folders_has_its_words(language: str) -> None:
    said = {key: entry.partition("=")[2].strip() for key, entry in read(OWN, language).items()}
    link = said["places-pick-folder"]
    assert re.search(rf"[“„«「]\s?{re.escape(link)}\s?[”“»」]", said["problem-folder"]), link


def test_each_folder_of_a_language_is_in_the_list() -> None:
    assert {path.name for folder, _ in PLACES for path in folder.iterdir()} == set(LANGUAGES)


def test_the_site_says_nothing_in_the_place_of_the_package() -> None:
    assert read(OWN, BASE).keys() & read(SITE, BASE, PAGES).keys() == set()


def said_in(folder: Path) -> set[str]:
    """Keys that components and pages say."""
    trees = [ast.parse(path.read_text()) for path in folder.rglob("*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    names = [
        (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")) for node in calls
    ]
    firsts = [node.args[0] for node, name in zip(calls, names, strict=True) if name == "say"]
    return {one.value for one in firsts if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def test_what_is_said_is_in_a_catalogue() -> None:
    assert said_in(PACKAGE) - read(OWN, BASE).keys() == set()
    assert said_in(ROOT / "smartupload" / "pages") - (read(SITE, BASE).keys() | read(OWN, BASE).keys()) == set()
    assert {"tray-label", "tray-more"} <= said_in(PACKAGE)


def test_a_file_is_read_sentence_by_sentence() -> None:
    text = "# A comment.\n\none = First\ntwo =\n    { $count ->\n        [one] a\n       *[other] b\n    }\n\n## Another.\nthree = Third\n    goes on\n"
    found = entries_of(text)
    assert list(found) == ["one", "two", "three"]
    assert found["two"] == "two =\n    { $count ->\n        [one] a\n       *[other] b\n    }"
    assert found["three"] == "three = Third\n    goes on"


@pytest.mark.parametrize(
    ("text", "message"), [("one = a\none = b", "twice"), ("no sentence", "belongs to no sentence")]
)
def test_what_is_no_catalogue_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "a.ftl").write_text(text)
    with pytest.raises(ValueError, match=message):
        read(tmp_path, "en")


def test_one_key_stands_in_one_file(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    for name in ("a", "b"):
        (tmp_path / "en" / f"{name}.ftl").write_text("one = a\n")
    with pytest.raises(ValueError, match="in another file"):
        read(tmp_path, "en")


def test_an_app_adds_languages_and_says_it_otherwise(tmp_path: Path) -> None:
    for language, text in {
        "en": "ours = Ours\ntray-label = Our files\nsize-kb = { $figure } kB\n",
        "pt": "ours = Nosso\ntime-few = segundos\n",
    }.items():
        (tmp_path / language).mkdir()
        (tmp_path / language / "app.ftl").write_text(text)
    made = Catalogues(tmp_path).modules()
    assert '"pt": () => import("./words_pt.js")' in made["catalogues.js"]
    assert "tray-label = Our files" in made["catalogues.js"]
    assert "ours = Ours" not in made["catalogues.js"], "only pages that say it have it"
    assert "ours = Ours" in made["english_app.js"]
    assert 'WORDS = "size-kb = { $figure } kB"' in made["catalogues.js"], "the engine says it, too"
    assert made["words_pt.js"] == 'export const words = "time-few = segundos";\nexport const pages = "ours = Nosso";\n'


def test_an_app_without_any_has_those_of_the_package() -> None:
    assert Catalogues().languages() == list(LANGUAGES)
    assert Catalogues(pseudo=True).languages() == [*LANGUAGES, PSEUDO]


def test_the_language_that_nobody_speaks_keeps_what_is_put_in() -> None:
    assert accented("one = { $name } is ready.") == "one = ⟦{ $name } îš ŕéàđý. ~~~⟧"
    many = "two =\n    { $count ->\n        [one] { $count } file\n       *[other] { $count } files\n    }"
    assert arguments_of(accented(many)) == {"count"}
    assert "[one] ⟦{ $count } ƒîļé ~~~⟧" in accented(many)
    assert [key for key, text in read(OWN, BASE).items() if arguments_of(accented(text)) != arguments_of(text)] == []


def test_a_sentence_is_said_where_it_is_shown() -> None:
    said = su.say("tray-more", count=rx.Var("count"))
    assert "smartupload_say" in str(said)
    assert '"tray-more"' in str(said)
    assert '["count"] : count' in str(said)
    assert "{" not in str(su.say("tray-label"))


def test_the_plugin_puts_them_where_the_scripts_look() -> None:
    assets = {str(path): text for path, text in su.SmartuploadPlugin(SITE, PAGES).get_static_assets()}
    here = "public/external/reflex_smartupload/client/shell/language"
    assert f"{here}/catalogues.js" in assets
    assert "home-sub = " in str(assets[f"{here}/english_pages-home.js"])
    assert "words_de.js" in str(assets[f"{here}/catalogues.js"])


def test_a_page_has_the_words_that_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the package, and those of the app by the files that its plugin was told of."""
    from reflex_smartupload import words

    ours = rx.Config(app_name="a", plugins=[su.SmartuploadPlugin(SITE, PAGES)])
    monkeypatch.setattr(words, "get_config", lambda: ours)

    def fetched(key: str) -> list[str]:
        data = su.say(key)._get_all_var_data()
        assert data is not None
        return [str(one.tag) for library, tags in data.imports if not library for one in tags]

    here = "$/public/external/reflex_smartupload/client/shell"
    assert fetched("share-yours") == [f"{here}/words/share.js"]
    assert fetched("home-sub") == [f"{here}/language/english_pages-home.js"]
    assert fetched("message-undo") == [], "which scripts say, on every page"


def test_a_page_in_another_language_waits_for_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only where there is another one; for a second at most."""
    from reflex_smartupload import languages, words

    monkeypatch.setattr(words, "get_config", lambda: rx.Config(app_name="a", plugins=[su.SmartuploadPlugin()]))
    alone = languages.language_head()
    monkeypatch.setattr(
        words, "get_config", lambda: rx.Config(app_name="a", plugins=[su.SmartuploadPlugin(pseudo=True)])
    )
    style, script = map(str, languages.language_head())
    assert (len(alone) > 0) == (len(LANGUAGES) > 1)
    assert "smartupload-words 1s" in style
    assert PSEUDO in script
