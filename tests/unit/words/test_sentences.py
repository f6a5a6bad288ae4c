"""What the server says to a person comes out of the catalogues: no sentence stands in the code that would say it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from smartupload import errors

SERVER = Path(errors.__file__).parent
PAGES = tuple(f"api/routes/{name}.py" for name in ("drop", "login", "notices", "preview"))
"""Routes that answer with pages."""
SPOKEN = ("state", "service/notify", "service/presentation", "api/plain_page.py", *PAGES)
"""Where texts for people are made; elsewhere only errors have one."""
PROBLEMS = {name for name, one in vars(errors).items() if isinstance(one, type) and issubclass(one, errors.Problem)}

_SENTENCE = re.compile(r"[^\W\d_]{2,}[,.:;!?]*\s[^\W\d_]|[^\W\d_]{2,}[.!?…]\s*$|0\s[^\W\d_]{2,}")
"""Two words, one with an end, or one behind what is put in, which is written as a nought."""
_MARKUP = re.compile(r"<style>.*?</style>|<[^>]*>?|&\w+;", re.DOTALL)
_STYLE = re.compile(r"^[\w-]+:\S|;[\w-]+:")
_OPERATORS = re.compile(r"_?log\b|logger|\w*Fault$|TryAgain|Undeliverable|TargetGone|\w+Error$")
"""Who is called with words for operators and programs: logs, and what never leaves the service."""
_DESCRIBES = {"summary", "description", "tags", "responses"}
"""Members of a route that its document is made of."""


def is_sentence(text: str) -> bool:
    return not _STYLE.search(text) and _SENTENCE.search(_MARKUP.sub(" ", text).strip()) is not None


def texts(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Literals that may be said, and where; without docstrings, types, and what is for operators."""
    match node:
        case ast.Expr(value=ast.Constant()):
            return
        case ast.Call(func=func) if _OPERATORS.match(called(func)):
            return
        case ast.keyword(arg=name) if name in _DESCRIBES:
            return
        case ast.Constant(value=str(text)):
            yield node.lineno, text
            return
        case ast.JoinedStr(values=values):
            yield node.lineno, "".join(str(one.value) if isinstance(one, ast.Constant) else "0" for one in values)
            values = [one.value for one in values if isinstance(one, ast.FormattedValue)]
            for one in values:
                yield from texts(one)
            return
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            for one in (*node.decorator_list, *node.args.defaults, *node.args.kw_defaults, *node.body):
                if one is not None:
                    yield from texts(one)
            return
        case ast.AnnAssign(value=value):
            if value is not None:
                yield from texts(value)
            return
    for child in ast.iter_child_nodes(node):
        yield from texts(child)


def called(func: ast.expr) -> str:
    """The first name of what is called, for `_log.info` and `TypeError` alike."""
    while isinstance(func, ast.Attribute):
        func = func.value
    return func.id if isinstance(func, ast.Name) else ""


def found_in(module: ast.Module) -> list[tuple[int, str]]:
    return [(line, text) for line, text in texts(module) if is_sentence(text)]


def given_to_problems(module: ast.Module) -> list[tuple[int, str]]:
    """Literals that a problem is made with, where they stand or by the name of a constant of the module."""
    constants = {
        target.id: node.value
        for node in module.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found: list[tuple[int, str]] = []
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PROBLEMS and node.args:
            said = node.args[0]
            if isinstance(said, ast.Name):
                said = constants.get(said.id, said)
            found += [(line, text) for line, text in texts(said) if is_sentence(text)]
    return found


def modules(*below: str) -> Iterator[tuple[str, ast.Module]]:
    for place in below:
        at = SERVER / place
        for path in [at] if at.is_file() else sorted(at.rglob("*.py")):
            yield str(path.relative_to(SERVER)), ast.parse(path.read_text())


def test_no_sentence_stands_where_texts_for_people_are_made() -> None:
    assert [(name, *one) for name, module in modules(*SPOKEN) for one in found_in(module)] == []


def test_no_error_says_what_is_in_no_catalogue() -> None:
    """Adapters tell operators what their store said."""
    assert [(name, *one) for name, module in modules("api", "service", "state", "pipeline", "composition.py") for one in given_to_problems(module)] == []  # fmt: skip
    assert len(PROBLEMS) > 50


@pytest.mark.parametrize(
    "code",
    [
        'self.error = "Nothing is here."',
        'return f"{count} files"',
        'TEXTS = {"a": ("Two words", "busy")}',
        "x = f\"<p>{name}</p><a href='y'>Two words</a>\"",
        'def one(text="Saved."):\n    pass',
        'error: str = "Nothing is here"',
        "y = f\"{say(key) or 'Not there'}\"",
    ],
)
def test_a_sentence_is_found(code: str) -> None:
    assert found_in(ast.parse(code))


@pytest.mark.parametrize(
    "code",
    [
        'def one():\n    """What it does."""',
        '_log.info("a word for operators")',
        'raise TypeError("give it another one")',
        'say("state-page-ready")',
        'x = "color:inherit;text-decoration:none"',
        'x = f"<h1>{title}</h1>"',
        '@router.get("/a", summary="What it is")\ndef one():\n    pass',
    ],
)
def test_what_nobody_reads_is_no_sentence(code: str) -> None:
    assert found_in(ast.parse(code)) == []


def test_what_a_problem_is_made_with_is_found() -> None:
    assert given_to_problems(ast.parse('raise NotFound("Nothing is here.")'))
    assert given_to_problems(ast.parse('_NO = "Nothing is here."\nraise NotFound(_NO)'))
    assert not given_to_problems(ast.parse('raise NotFound(Sentence("problem-not_found-x"))'))
