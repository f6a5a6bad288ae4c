"""A language that nobody speaks, made of the English catalogues: every piece of a text stands between two signs, so that it shows what was not translated."""

from __future__ import annotations

from pathlib import Path

from fluent.syntax import FluentParser, FluentSerializer, ast
from fluent.syntax.visitor import Transformer

from smartupload.words import ENGLISH, Catalogues
from smartupload.words.catalogue import OURS, files_of

BEGIN, END = "⟦", "⟧"


class _Marked(Transformer):
    def visit_TextElement(self, node: ast.TextElement) -> ast.TextElement:
        before, text = node.value[: len(node.value) - len(node.value.lstrip())], node.value.strip()
        after = node.value[len(node.value.rstrip()) :] if text else ""
        node.value = f"{before}{BEGIN}{text}{END}{after}" if text else node.value
        return node


def made(folder: Path, language: str) -> Catalogues:
    """English and this one, whose catalogues are put into the folder."""
    (folder / language).mkdir(parents=True)
    for file in files_of(OURS, ENGLISH):
        resource = _Marked().visit(FluentParser().parse(file.read_text(encoding="utf-8")))
        (folder / language / file.name).write_text(FluentSerializer().serialize(resource), encoding="utf-8")
    return Catalogues((ENGLISH, language), (OURS, folder))


def is_said(text: str) -> bool:
    """Whether something in a text is of such a language."""
    return BEGIN in text
