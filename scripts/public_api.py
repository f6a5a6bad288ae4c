"""What others rely on, one line for each: names and signatures, settings, errors, events, HTTP, what scripts find on a page. `make api` writes it down.

python -m scripts.public_api
"""

from __future__ import annotations

import hashlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import reflex_smartupload
from reflex_smartupload import components

import smartupload
from smartupload import client, errors, hooks, settings
from smartupload.api.app import make_api
from smartupload.service.context import Context
from smartupload.service.records import events, states

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "public-api.txt"
CHANGELOG = ROOT / "CHANGELOG.md"
_SIMPLE = (str, int, float, bool, type(None))
_TESTID = re.compile(r"""data-testid["']?,?\s*[:=]?\s*["']([a-z][a-z-]*)["']""")


def lines() -> list[str]:
    """Sorted within each kind."""
    found: list[str] = []
    for kind in (_browser_half, _server_half, _hooks, _client, _settings, _errors, _events, _http, _page):
        found += sorted(set(kind()))
    return found


def digest(text: str) -> str:
    """What the changelog names, so that no change of the file goes by unsaid."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def text() -> str:
    return "".join(f"{line}\n" for line in lines())


def openapi() -> dict[str, Any]:
    """The document that a running app gives at /api/openapi.json."""
    return make_api(_no_context).openapi()


def _browser_half() -> Iterator[str]:
    for name in map(str, reflex_smartupload.__all__):
        yield from _described(f"reflex_smartupload.{name}", getattr(reflex_smartupload, name))


def _server_half() -> Iterator[str]:
    for name in smartupload.__all__:
        yield from _described(f"smartupload.{name}", getattr(smartupload, name))


def _hooks() -> Iterator[str]:
    for name, value in vars(hooks).items():
        if not name.startswith("_") and getattr(value, "__module__", "") == hooks.__name__ and inspect.isclass(value):
            yield from _described(f"smartupload.hooks.{name}", value)


def _client() -> Iterator[str]:
    for name in client.__all__:
        yield from _described(f"smartupload.client.{name}", getattr(client, name))


def _described(name: str, value: Any) -> Iterator[str]:
    """A function by its parameters; a class by those it is made with, its fields and its methods."""
    if not inspect.isclass(value):
        yield f"{name}{_parameters(value)}"
        return
    # Nobody makes one of a protocol.
    yield name if getattr(value, "_is_protocol", False) else f"{name}{_parameters(value)}"
    fields = getattr(value, "__dataclass_fields__", {})
    for member, own in vars(value).items():
        if member.startswith("_") or member in fields:
            continue
        own = own.__func__ if isinstance(own, (classmethod, staticmethod)) else own
        yield f"{name}.{member}{_parameters(own) if inspect.isfunction(own) else ''}"


def _parameters(of: Any) -> str:
    try:
        found = list(inspect.signature(of).parameters.values())
    except (TypeError, ValueError):
        return ""
    words = list(map(_parameter, found))
    by_name = [one.kind is inspect.Parameter.KEYWORD_ONLY for one in found]
    if any(by_name) and inspect.Parameter.VAR_POSITIONAL not in [one.kind for one in found]:
        words.insert(by_name.index(True), "*")
    return f"({', '.join(words)})"


def _parameter(one: inspect.Parameter) -> str:
    stars = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}.get(one.kind, "")
    if one.default is inspect.Parameter.empty:
        return f"{stars}{one.name}"
    # Of other values the text says more about how they are made than about what is relied on.
    return f"{one.name}={one.default!r}" if isinstance(one.default, _SIMPLE) else f"{one.name}=…"


def _settings() -> Iterator[str]:
    for name, field in settings.Settings.model_fields.items():
        default = field.default if isinstance(field.default, _SIMPLE) else "…"
        yield f"setting {settings.PREFIX}{name.upper()}={default!r}"


def _errors() -> Iterator[str]:
    for value in vars(errors).values():
        if inspect.isclass(value) and issubclass(value, errors.Problem) and value is not errors.Problem:
            yield f"error {value.code} {value.status}"


def _events() -> Iterator[str]:
    for kind in {events.CREATED, events.DELETED, *events.BY_STATE.values()}:
        yield f"event {kind}"
    for state in states.STATES:
        yield f"state {state}"


def _http() -> Iterator[str]:
    document = openapi()
    for path, verbs in document["paths"].items():
        for verb, about in verbs.items():
            answers = " ".join(sorted(status for status in about["responses"] if status != "default"))
            yield f"http {verb.upper()} {path} -> {answers}"
    for name, schema in document["components"]["schemas"].items():
        needed = set(schema.get("required", ()))
        for member in schema.get("properties", {}):
            yield f"http {name}.{member}{'' if member in needed else '?'}"


def _no_context() -> Context:
    raise AssertionError("nothing is asked of it")


def _page() -> Iterator[str]:
    """By which names a script finds something on a page."""
    folders = (ROOT / "smartupload" / "pages", Path(components.__file__).parent.parent)
    for folder in folders:
        for path in (*folder.rglob("*.py"), *folder.rglob("*.js")):
            for name in _TESTID.findall(path.read_text()):
                yield f"page data-testid={name}"


def main() -> None:
    found = text()
    DOCUMENT.write_text(found)
    print(
        f"{DOCUMENT.relative_to(ROOT)} is written. Say in {CHANGELOG.name} what has changed, with this line below it:"
    )
    print(f"<!-- public API {digest(found)} -->")


if __name__ == "__main__":
    main()
