"""The documentation as a site: it builds strictly, stands alone, leaves no page out, and has every public name."""

from __future__ import annotations

import html
import importlib
import inspect
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from smartupload_testing import command

from scripts import public_api
from scripts.site import http_api, kit, outside, reference
from tests.built_site import ROOT, built

DOCS = ROOT / "docs"
LOADS = {"object": "data", "link": "href", "use": "href", "image": "href"}
LOADS |= {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "embed": "src",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("site"))


class Page(HTMLParser):
    """What a page loads, leads to, has as anchors, and says in code."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.navigation: list[str] = []
        self.ids: set[str] = set()
        self.code: set[str] = set()
        self._in_code = False
        self._navs = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.ids |= {found["id"]} if "id" in found else set()
        if tag in LOADS and LOADS[tag] in found:
            self.loads.append(found[LOADS[tag]])
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
            self.navigation += [found["href"]] if self._navs else []
        self._navs += tag == "nav"
        self._in_code = tag == "code" or (self._in_code and tag != "div")

    def handle_endtag(self, tag: str) -> None:
        self._in_code = self._in_code and tag != "code"
        self._navs -= tag == "nav"

    def handle_data(self, data: str) -> None:
        if self._in_code:
            self.code.add(data)


def pages(site: Path) -> Iterator[tuple[Path, Page]]:
    for path in sorted(site.rglob("*.html")):
        yield path, Page(path.read_text())


def is_elsewhere(address: str) -> bool:
    return bool(re.match(r"\s*(https?:)?//", address))


def small_site(folder: Path, text: str) -> str:
    """What a strict build says of a site of one page, with the project's own rules for links."""
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "index.md").write_text(text)
    config = {"INHERIT": str(ROOT / "mkdocs.yml"), "nav": ["index.md"], "hooks": [], "plugins": [], "extra_css": []}
    (folder / "mkdocs.yml").write_text(json.dumps(config | {"docs_dir": "docs", "site_dir": "site"}))
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(folder / "mkdocs.yml")]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) == ("WARNING -" not in done.stderr)
    return done.stderr


def test_a_link_that_leads_nowhere_stops_the_build(tmp_path: Path) -> None:
    assert "Documentation built" in small_site(tmp_path / "sound", "# One\n\n[a](#one)\n")
    broken = small_site(tmp_path / "broken", "# One\n\n[a](gone.md) [b](#gone) [c](/gone.md)\n")
    assert broken.count("WARNING -") == 3, broken


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    loaded = [(path.name, address) for path, page in pages(site) for address in page.loads]
    assert len(loaded) > 100
    assert [one for one in loaded if is_elsewhere(one[1])] == []
    missing = [
        (path.name, address)
        for path, page in pages(site)
        for address in page.loads
        if path.name != "404.html"
        and not address.startswith("data:")
        and not (path.parent / address.partition("#")[0].partition("?")[0]).exists()
    ]
    assert missing == []
    styles = [
        (path.name, found)
        for path in site.rglob("*.css")
        for found in re.findall(r"(?:url\(|@import)\s*['\"]?([^'\")]+)", path.read_text())
    ]
    assert [one for one in styles if is_elsewhere(one[1])] == []
    # What the theme's script fetches by itself, wherever its addresses are put together.
    scripts = [
        path for path in site.rglob("*.js") if path.name != "search_index.js"
    ]  # which holds the documents' own words
    assert [path.name for path in scripts if re.search("unpkg|jsdelivr|googleapis", path.read_text())] == []


def test_links_within_the_site_lead_somewhere(site: Path) -> None:
    """MkDocs looks at those in Markdown; here are those of the navigation and of generated pages as well."""
    found = dict(pages(site))
    broken = []
    for path, page in found.items():
        for address in page.links if path.name != "404.html" else ():
            target, _, anchor = address.partition("#")
            if is_elsewhere(address) or target.startswith(("mailto:", "javascript:")):
                continue
            there = (path.parent / target).resolve() if target else path
            there = there / "index.html" if there.is_dir() else there
            if not there.is_file() or (anchor and there in found and anchor not in found[there].ids):
                broken.append(f"{path.relative_to(site)}: {address}")
    assert broken == []


def test_every_document_is_in_the_navigation(site: Path) -> None:
    navigation = {(site / link).resolve() for link in Page((site / "index.html").read_text()).navigation}
    documents = [path.relative_to(DOCS).with_suffix(".html") for path in DOCS.rglob("*.md")]
    assert len(documents) > 20
    built = [site / (path.parent / "index.html" if path.stem == "README" else path) for path in documents]
    assert [path for path in built if path not in navigation] == []
    others = [path.relative_to(DOCS) for path in DOCS.rglob("*") if path.is_file() and path.suffix != ".md"]
    assert [path for path in others if not (site / path).is_file()] == []


def test_every_public_name_has_its_place(site: Path) -> None:
    found = {path.relative_to(site).as_posix(): page for path, page in pages(site)}
    missing = []
    for line in public_api.DOCUMENT.read_text().splitlines():
        if name := reference.python_name(line):
            is_there = name in found[f"reference/{Path(reference.page_of(name)).stem}.html"].ids
        else:
            kind, _, word = line.partition(" ")
            is_there = word in found["reference/index.html"].code and stands_elsewhere(kind, word, found)
        if not is_there:
            missing.append(line)
    assert missing == []


def test_the_kit_has_its_place_with_every_verb_and_option(site: Path) -> None:
    page = Page((site / "reference/testing.html").read_text())
    missing, silent = [], []
    for name, members in kit.VERBS.values():
        module, _, short = name.rpartition(".")
        described = getattr(importlib.import_module(module), short)
        fields = getattr(described, "__dataclass_fields__", {})
        for member in members or [one for one in vars(described) if not one.startswith("_") and one not in fields]:
            missing += [] if f"{name}.{member}" in page.ids else [f"{name}.{member}"]
            silent += [] if inspect.getdoc(inspect.getattr_static(described, member)) else [f"{name}.{member}"]
    assert (missing, silent) == ([], [])
    options = kit.options()
    assert {other for _, other, _ in options if other} == kit.pytest_options()
    assert {name for name, _, _ in options} <= page.code
    table = (DOCS / "qa.md").read_text().partition("| word | option | means |")[2].partition("\n\n")[0]
    assert set(re.findall(r"`(--\w+)`", table)) == {name.split()[0] for name, _, _ in options if name.startswith("--")}
    assert {f"`{code}`: {about}" for code, about in command.EXIT_CODES.items()} <= set(
        re.findall(r"^- (`\d`: .+)$", (DOCS / "qa.md").read_text(), re.MULTILINE)
    )


def stands_elsewhere(kind: str, word: str, found: dict[str, Page]) -> bool:
    """What is more than a word in the list is explained on a page of its own."""
    if kind in ("setting", "error"):
        return re.split(r"[ =]", word)[0] in found["operating.html"].code
    if kind in ("event", "state"):
        return word in found["events.html" if kind == "event" else "qa.html"].code
    if kind == "http" and " -> " in word:
        return word.partition(" -> ")[0] in found["reference/http.html"].code
    if kind == "http":
        body, _, member = word.removesuffix("?").partition(".")
        return body.lower() in found["reference/http.html"].ids and member in found["reference/http.html"].code
    return True


def test_the_menu_has_the_names_that_the_pages_have(site: Path) -> None:
    menu = re.findall(
        r'<a href="([^"#]+\.html)" class="md-nav__link[^"]*">\s*<span class="md-ellipsis">\s*(.*?)\s*</span>',
        (site / "index.html").read_text(),
    )
    assert len(menu) > 30
    heading = re.compile(r"<h1[^>]*>(.*?)(?:<a class=\"headerlink|</h1>)", re.DOTALL)
    names = {page: heading.search((site / page).read_text()) for page, _ in menu}
    assert [(page, name, found[1]) for page, name in menu if (found := names[page]) and found[1] != name] == []
    assert all(names.values())


def test_search_finds(site: Path) -> None:
    index = json.loads((site / "search/search_index.json").read_text())["docs"]
    found = {entry["location"].partition("#")[0] for entry in index if "resume" in html.unescape(entry["text"]).lower()}
    assert {"index.html", "reference/reflex_smartupload.html", "reference/http.html"} <= found
    lowered = {entry["location"].partition("/")[0] for entry in index if entry.get("boost", 1) < 1}
    assert lowered == {"decisions"}
    # The same for a site that is opened from files, where no page may fetch another file.
    assert (site / "search/search_index.js").read_text().startswith("var __index = {")


def test_links_of_the_repository_become_links_of_the_site() -> None:
    text = "[a](docs/events.md#webhook) [b](examples) ![c](docs/screenshot.png) [d](https://reflex.dev) [e](gone.md)"
    assert outside.site_links(text, "README.md", "index.md") == (
        "[a](events.md#webhook) b ![c](screenshot.png) [d](https://reflex.dev) [e](gone.md)"
    )
    assert outside.site_links("[a](../CHANGELOG.md)", "docs/decisions/x.md", "decisions/x.md") == "[a](../CHANGELOG.md)"
    assert outside.site_links("[a](../README.md)", "docs/x.md", "x.md") == "[a](index.md)"
    code = "text\n\n    [a](docs/events.md)\n\n```\n[a](docs/events.md)\n```"
    assert outside.site_links(code, "README.md", "index.md") == code


def test_types_and_limits_of_the_http_api_are_words() -> None:
    assert (
        http_api.type_of({"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]}) == "instant or null"
    )
    assert http_api.type_of({"type": "array", "items": {"$ref": "#/x/Part"}}) == "list of [Part](#part)"
    assert http_api.type_of({"type": "object", "additionalProperties": {"type": "integer"}}) == "object of integer"
    assert http_api.meaning_of({"type": "boolean", "default": False}) == "else `false`"
    limited = {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}], "description": "how many"}
    assert http_api.meaning_of(limited) == "how many; at least 1"
