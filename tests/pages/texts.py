"""Which literals of Python modules a person would read: those with a letter that reach a text of a component, directly or through names, choices and functions."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

#: What HTML and ARIA show or say; the last two are a page's, in its head.
ATTRIBUTES = {
    "placeholder", "alt", "label", "aria-label", "aria-placeholder", "aria-roledescription", "aria-valuetext",
    "aria-description", "title", "description",
}  # fmt: skip
#: Children of these are for the browser.
PROGRAMS = {"script", "style"}

Function = ast.FunctionDef | ast.Lambda
Found = set[tuple[str, int, str]]


@dataclass
class Texts:
    """All modules together: what is a text in one of them may come from another."""

    modules: Mapping[str, ast.Module]
    above: dict[ast.AST, ast.AST] = field(default_factory=dict[ast.AST, ast.AST])
    functions: dict[str, list[ast.FunctionDef]] = field(default_factory=dict[str, list[ast.FunctionDef]])
    aliases: dict[str, str] = field(default_factory=dict[str, str])
    #: Parameters that reach a text, as (name of the function, name of the parameter).
    parameters: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    found: Found = field(default_factory=Found)

    def __post_init__(self) -> None:
        for module in self.modules.values():
            for node in ast.walk(module):
                self.above |= dict.fromkeys(ast.iter_child_nodes(node), node)
                if isinstance(node, ast.FunctionDef):
                    self.functions.setdefault(node.name, []).append(node)
                if isinstance(node, ast.ImportFrom):
                    self.aliases |= {one.asname: one.name for one in node.names if one.asname}

    def search(self) -> Found:
        """(module, line, literal) of each. A function that hands a parameter on is found in one round, and who calls it in the next."""
        before = None
        while before != (len(self.found), len(self.parameters)):
            before = (len(self.found), len(self.parameters))
            for name, module in self.modules.items():
                for node in ast.walk(module):
                    for value in self._texts_of(node):
                        self._follow(value, name, set())
        return self.found

    def _texts_of(self, node: ast.AST) -> Iterator[ast.expr]:
        if isinstance(node, ast.Dict):
            yield from (
                value
                for key, value in zip(node.keys, node.values, strict=True)
                if isinstance(key, ast.Constant) and key.value in ATTRIBUTES
            )
        if isinstance(node, ast.FunctionDef):
            yield from (value for name, value in _defaults(node) if (node.name, name) in self.parameters)
        if not isinstance(node, ast.Call):
            return
        yield from (word.value for word in node.keywords if word.arg in ATTRIBUTES)
        called = _name_of(node.func)
        called = self.aliases.get(called, called)
        if _draws(node.func) and called not in PROGRAMS:
            yield from node.args
        for function in self.functions.get(called, []):
            names = [one.arg for one in function.args.args]
            names = names[1:] if names[:1] == ["self"] else names
            given = [*zip(names, node.args, strict=False), *((word.arg, word.value) for word in node.keywords)]
            yield from (value for name, value in given if (called, name) in self.parameters)
            rest = function.args.vararg
            if rest and (called, rest.arg) in self.parameters:
                yield from node.args[len(names) :]

    def _follow(self, value: ast.AST, module: str, seen: set[ast.AST]) -> None:
        """What this expression may become as a text."""
        if value in seen:
            return
        seen.add(value)
        if isinstance(value, ast.Constant):
            if isinstance(value.value, str) and any(sign.isalpha() for sign in value.value):
                self.found.add((module, value.lineno, value.value))
        elif isinstance(value, ast.Name):
            self._follow_name(value, module, seen)
        else:
            for part in _parts(value):
                self._follow(part, module, seen)

    def _follow_name(self, name: ast.Name, module: str, seen: set[ast.AST]) -> None:
        scope: ast.AST | None = name
        while scope := self.above.get(scope) if scope else None:
            if isinstance(scope, Function):
                its = scope.args
                every = [*its.args, *its.kwonlyargs, *([its.vararg] if its.vararg else [])]
                if any(one.arg == name.id for one in every):
                    if isinstance(scope, ast.FunctionDef):
                        self.parameters.add((scope.name, name.id))
                    return
            values = [*_assigned(scope, name.id), *self._looped(scope, name.id)]
            for value in values:
                self._follow(value, module, seen)
            if values:
                return

    def _looped(self, scope: ast.AST, name: str) -> Iterator[ast.AST]:
        """What a name is in a comprehension, one after the other."""
        if not isinstance(scope, ast.GeneratorExp | ast.ListComp):
            return
        for loop in scope.generators:
            for item in self._items(loop.iter):
                yield from _unpacked(loop.target, item, name)

    def _items(self, over: ast.AST) -> Iterator[ast.AST]:
        """Of a list, or of a dict by `items` and `values`, written here or under a name."""
        match over:
            case ast.List(elts=elements) | ast.Tuple(elts=elements):
                yield from elements
            case ast.Name(id=name):
                scope: ast.AST | None = over
                while scope := self.above.get(scope) if scope else None:
                    for value in _assigned(scope, name):
                        yield from self._items(value)
            case ast.Call(func=ast.Attribute(value=of, attr="items" | "values" as which)):
                dicts = [of] if isinstance(of, ast.Dict) else [*self._named(of)]
                for one in dicts:
                    pairs = zip(one.keys, one.values, strict=True)
                    yield from (
                        value if which == "values" else ast.Tuple([key or value, value]) for key, value in pairs
                    )
            case _:
                return

    def _named(self, name: ast.AST) -> Iterator[ast.Dict]:
        scope: ast.AST | None = name
        while scope := self.above.get(scope) if scope else None:
            if isinstance(name, ast.Name):
                yield from (value for value in _assigned(scope, name.id) if isinstance(value, ast.Dict))


def _parts(value: ast.AST) -> Iterable[ast.AST]:
    match value:
        case ast.JoinedStr(values=values) | ast.BoolOp(values=values):
            return values
        case ast.IfExp(body=body, orelse=other):
            return [body, other]
        case ast.BinOp(left=left, right=right):
            return [left, right]
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            return elements
        case ast.Starred(value=one) | ast.GeneratorExp(elt=one) | ast.ListComp(elt=one):
            return [one]
        case ast.Call(func=ast.Attribute(attr="cond"), args=[_, *values]):
            return values
        case ast.Call(func=ast.Attribute(attr="match"), args=[_, *values]):
            return [one.elts[-1] if isinstance(one, ast.Tuple) else one for one in values]
        case _:
            return []


def _unpacked(target: ast.expr, item: ast.AST, name: str) -> Iterator[ast.AST]:
    if isinstance(target, ast.Name) and target.id == name:
        yield item
    elif isinstance(target, ast.Tuple) and isinstance(item, ast.Tuple):
        for one, part in zip(target.elts, item.elts, strict=False):
            yield from _unpacked(one, part, name)


def _assigned(scope: ast.AST, name: str) -> Iterator[ast.expr]:
    """What a name is assigned in a function or a module."""
    for statement in scope.body if isinstance(scope, ast.FunctionDef | ast.Module) else []:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        if isinstance(statement, ast.AnnAssign):
            targets = [statement.target]
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value:
            yield from (statement.value for one in targets if isinstance(one, ast.Name) and one.id == name)


def _defaults(function: ast.FunctionDef) -> Iterator[tuple[str, ast.expr]]:
    its = function.args
    yield from zip((one.arg for one in its.args[-len(its.defaults) :]), its.defaults, strict=False)
    yield from ((one.arg, value) for one, value in zip(its.kwonlyargs, its.kw_defaults, strict=True) if value)


def _name_of(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""


def _draws(called: ast.expr) -> bool:
    """Whether a call makes a component of its arguments: `rx.el.p`, `rx.fragment`, `NavLink.create`."""
    match called:
        case ast.Attribute(value=ast.Attribute(value=ast.Name(id="rx"), attr="el")):
            return True
        case ast.Attribute(value=ast.Name(id="rx"), attr="fragment"):
            return True
        case ast.Attribute(attr="create", value=ast.Name(id=name)):
            return name[:1].isupper() and "Var" not in name
        case _:
            return False
