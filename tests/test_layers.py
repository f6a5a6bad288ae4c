"""Walks every import of the project and fails on an arrow that the layout does not have."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SERVER = ROOT / "smartupload"
CLIENT = ROOT / "custom_components" / "reflex_smartupload"

# From a layer of the server half to those it may import; those below wire everything together.
MAY_IMPORT = {
    "pages": {"state"},
    "state": {"service", "errors", "logs", "words"},
    "api": {"service", "errors", "words"},
    "pipeline": {"service", "errors"},
    "service": {"ports", "hooks", "models", "db", "errors", "settings", "words"},
    "adapters": {"ports", "hooks", "errors", "throttle"},
    "models": set(),
    "hooks": set(),
    "ports": {"hooks"},
    "errors": {"words"},
    "words": set(),
    "settings": {"setting_types"},
    "setting_types": set(),
    "db": {"errors", "models", "settings", "migrations"},
    "migrations": {"models"},
    "devstack": {"data_folder", "settings", "errors", "ports", "adapters"},
    "cli": {
        "adapters",
        "building",
        "data_folder",
        "signals",
        "settings",
        "errors",
        "worker",
        "client",
        "logs",
        "audit_command",
        "person_command",
        "doctor",
        "listening",
        "runtime",
    },
    "doctor": {"adapters", "data_folder", "db", "devstack", "errors", "migrations", "runtime", "settings"},
    "listening": {"api"},
    "audit_command": {"service", "db", "settings", "errors"},
    "person_command": {"service", "db", "settings", "errors", "adapters", "devstack", "runtime"},
    "client": set(),
    "building": {"settings"},
    "data_folder": set(),
    "signals": set(),
    "logs": {"throttle"},
    "throttle": set(),
    "private": {"settings"},
    "__main__": {"cli", "signals"},
    "__init__": {"composition"},
}
WIRES_EVERYTHING = {"smartupload", "composition", "runtime", "notifiers", "worker"}
# What the browser half may bring along from Python, besides itself and the standard library.
CLIENT_IMPORTS = {"reflex", "reflex_base", "reflex_components_core", "reflex_smartupload"}
# The same for the kit for tests, which is installed where neither half of the product is.
TESTING = ROOT / "testing" / "smartupload_testing"
TESTING_IMPORTS = {"cryptography", "httpx", "psutil", "pytest", "websockets", "smartupload_testing"}
# The same for the client of Python programs, and from each of its rooms to those it may import; what stands beside them wires them together.
PYTHON_CLIENT = SERVER / "client"
PYTHON_CLIENT_IMPORTS = {"core": set(), "io": {"httpx"}, "": {"httpx"}}
PYTHON_CLIENT_ROOMS = {"core": {"core"}, "io": {"core", "io"}}
# From a layer of the browser half to those it may import.
JS_MAY_IMPORT = {"core": {"core"}, "io": {"io", "core"}, "shell": {"shell", "core", "io"}, "": {"shell", "core", "io"}}
JS_PACKAGES = {
    "core": {"@fluent/bundle"},
    "io": {"idb"},
    "shell": {"react", "react-router", "sonner", "$/utils/state"},
    "": set(),
}
# The in-memory twins run in node only; no other file of the browser half may import them.
TWINS = CLIENT / "client" / "io" / "twins"
JS_IMPORT = re.compile(
    r"""(?:^|[\s;])(?:import|export)\s*(?:[\w*{][^;'"`]*?\sfrom\s*)?['"]([^'"]+)['"]"""
    r"""|import\s*\(\s*['"]([^'"]+)['"]|new\s+URL\(\s*['"]([^'"]+)['"]\s*,\s*import\.meta\.url""",
    re.MULTILINE,
)


def python_imports(path: Path, package: str) -> Iterator[str]:
    """Absolute names of all modules that a file imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text(), str(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = package.split(".")
                parts = parts[: len(parts) - (node.level - 1)]
                base = ".".join([*parts, base]) if base else ".".join(parts)
            yield from (f"{base}.{alias.name}" for alias in node.names)


def package_of(path: Path, root: Path) -> str:
    """The package that a file's relative imports start from."""
    return ".".join([root.name, *path.relative_to(root).parent.parts])


def server_layer(path: Path) -> str:
    first = path.relative_to(SERVER).parts[0]
    return first.removesuffix(".py")


def wrong_server_arrows() -> Iterator[str]:
    for path in sorted(SERVER.rglob("*.py")):
        layer = server_layer(path)
        if layer in WIRES_EVERYTHING:
            continue
        allowed = MAY_IMPORT.get(layer)
        if allowed is None:
            yield f"{path.relative_to(ROOT)}: the layout has no place {layer!r}"
            continue
        for name in python_imports(path, package_of(path, SERVER)):
            if not name.startswith("smartupload."):
                continue
            target = name.split(".")[1]
            if target not in allowed | {layer, "__version__"}:
                yield f"{path.relative_to(ROOT)}: {layer} → {target}"


def wrong_client_arrows() -> Iterator[str]:
    for path in sorted(CLIENT.rglob("*.py")):
        for name in python_imports(path, package_of(path, CLIENT)):
            top = name.split(".")[0]
            if top not in CLIENT_IMPORTS and top not in sys.stdlib_module_names:
                yield f"{path.relative_to(ROOT)}: the browser half → {top}"


def wrong_python_client_arrows() -> Iterator[str]:
    for path in sorted(PYTHON_CLIENT.rglob("*.py")):
        room = path.parent.name if path.parent != PYTHON_CLIENT else ""
        for name in python_imports(path, package_of(path, SERVER)):
            top, *rest = name.split(".")
            if top == "smartupload":
                target = rest[1] if len(rest) > 2 else ""
                if target not in PYTHON_CLIENT_ROOMS.get(room, {target}):
                    yield f"{path.relative_to(ROOT)}: {room} → {name}"
            elif top not in PYTHON_CLIENT_IMPORTS[room] and top not in sys.stdlib_module_names:
                yield f"{path.relative_to(ROOT)}: the client → {top}"


def wrong_testing_arrows() -> Iterator[str]:
    for path in sorted(TESTING.rglob("*.py")):
        for name in python_imports(path, package_of(path, TESTING)):
            top = name.split(".")[0]
            if top not in TESTING_IMPORTS and top not in sys.stdlib_module_names:
                yield f"{path.relative_to(ROOT)}: the kit for tests → {top}"


def js_layer(path: Path) -> str:
    parts = path.relative_to(CLIENT / "client").parts
    return parts[0] if len(parts) > 1 else ""


def wrong_js_arrows() -> Iterator[str]:
    for path in sorted((CLIENT / "client").rglob("*.js")):
        layer = js_layer(path)
        for match in JS_IMPORT.finditer(without_comments(path.read_text())):
            target = next(group for group in match.groups() if group)
            if not target.startswith("."):
                twins_own = TWINS in path.parents and target.startswith("node:")
                if target not in JS_PACKAGES[layer] and not twins_own:
                    yield f"{path.relative_to(ROOT)}: {layer} → package {target}"
                continue
            # What follows a question mark tells the bundler how it is wanted.
            resolved = (path.parent / target.partition("?")[0]).resolve()
            if not resolved.is_file():
                yield f"{path.relative_to(ROOT)}: imports {target}, which is not there"
            elif TWINS in resolved.parents and TWINS not in path.parents:
                yield f"{path.relative_to(ROOT)}: imports the twins"
            elif js_layer(resolved) not in JS_MAY_IMPORT[layer]:
                yield f"{path.relative_to(ROOT)}: {layer} → {js_layer(resolved)}"


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE), flags=re.DOTALL)


PURE = re.compile(
    r"\b(?:document|window|navigator|localStorage|indexedDB|fetch|XMLHttpRequest|setTimeout|setInterval|Date\.now|Math\.random|"
    r"performance\.now|crypto)\b"
)
STRING = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
GLOBAL_USE = re.compile(r"(?<![.\w'\"`{])(?:(?:globalThis|self)\.)?" + PURE.pattern + r"(?=\s*[.(\[])")


def impure_core_lines() -> Iterator[str]:
    """`core` gets its clock, its chance and the world handed in: it may not reach for them."""
    for path in sorted((CLIENT / "client" / "core").rglob("*.js")):
        for number, line in enumerate(without_comments(path.read_text()).split("\n"), 1):
            if GLOBAL_USE.search(STRING.sub("''", line)):
                yield f"{path.relative_to(ROOT)} (about line {number}): {line.strip()}"


@pytest.mark.parametrize(
    "check",
    [
        wrong_server_arrows,
        wrong_client_arrows,
        wrong_testing_arrows,
        wrong_python_client_arrows,
        wrong_js_arrows,
        impure_core_lines,
    ],
    ids=lambda check: check.__name__,
)
def test_layers(check) -> None:
    assert list(check()) == []


def has_code(path: Path) -> bool:
    """A file of type descriptions alone has nothing to test."""
    return without_comments(path.read_text()).strip() not in ("", "export {}", "export {};")


def test_every_core_file_has_a_test() -> None:
    """A test stands in the room of its name, under the name of its file."""
    rooms, tests = CLIENT / "client" / "core", ROOT / "tests" / "js" / "core"
    core = {path.relative_to(rooms).with_suffix("") for path in rooms.rglob("*.js") if has_code(path)}
    tested = {path.relative_to(tests).with_suffix("").with_suffix("") for path in tests.rglob("*.test.js")}
    assert core, "no core files found"
    assert core - tested == set()


def test_the_walk_finds_a_wrong_arrow(tmp_path: Path) -> None:
    """The patterns see the ways of writing an import that this code base uses."""
    source = tmp_path / "one.py"
    source.write_text("from ..adapters import s3\nimport smartupload.api.routes\nfrom . import rows\n")
    assert list(python_imports(source, "smartupload.service")) == [
        "smartupload.adapters.s3",
        "smartupload.api.routes",
        "smartupload.service.rows",
    ]
    script = (
        "import {\n  a,\n  b,\n} from './a.js'\nimport './b.js';export * from \"./c.js\"\nconst d = import('./d.js')\n"
    )
    script += "new Worker(new URL('./e.js', import.meta.url), {type: 'module'})\n/** @type {import('./no.js').X} */\n"
    found = [next(group for group in match.groups() if group) for match in JS_IMPORT.finditer(without_comments(script))]
    assert found == ["./a.js", "./b.js", "./c.js", "./d.js", "./e.js"]
