"""The HTTP API as a page of Markdown, made from the OpenAPI document that the app itself gives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]

HEADINGS = {
    "uploads": "Uploads",
    "batch": "Many uploads in one call",
    "links": "Links",
    "shared": "What visitors of a link call",
    "notifications": "Being told",
    "settings": "What a browser has to know",
    "operators": "For operators and programs",
}
_INTRO = """# HTTP API

Made from the app's own OpenAPI document, which every running one gives at `/api/openapi.json`. Sizes are in bytes, times in seconds, instants in ISO 8601 UTC.
Whatever goes wrong is answered as `application/problem+json` ([ProblemAnswer](#problemanswer)) with one of the [error codes](../operating.md#error-codes).
"""


def page(document: Schema) -> str:
    """Calls by subject, then every body that they take or give."""
    calls = [(verb, path, about) for path, verbs in document["paths"].items() for verb, about in verbs.items()]
    parts = [_INTRO]
    for tag in dict.fromkeys(about["tags"][0] for _, _, about in calls):
        parts.append(f"## {HEADINGS.get(tag, tag.capitalize())}\n")
        parts += [_call(verb, path, about) for verb, path, about in calls if about["tags"][0] == tag]
    parts.append("## Bodies\n\nMembers in **bold** are always there, or have to be.\n")
    parts += [_body(name, schema) for name, schema in sorted(document["components"]["schemas"].items())]
    return "\n".join(parts)


def _call(verb: str, path: str, about: Schema) -> str:
    anchor = f"{verb}-{path}".replace("/", "-").replace("{", "").replace("}", "").replace("--", "-")
    lines = [f"### {about['summary']} {{#{anchor}}}", "", f"`{verb.upper()} {path}`", "{.call}", ""]
    if about.get("description"):
        lines += [about["description"], ""]
    lines += list(_parameters(about.get("parameters", [])))
    taken = about.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if taken:
        lines += [f"- takes {type_of(taken)}"]
    for status, answer in sorted(about["responses"].items()):
        if status != "default":
            given = answer.get("content", {}).get("application/json", {}).get("schema")
            lines.append(f"- answers {status}{f': {type_of(given)}' if given else ''}")
    return "\n".join([*lines, ""])


def _parameters(parameters: list[Schema]) -> Iterator[str]:
    # The path names its own.
    rows = [one for one in parameters if one["in"] != "path"]
    if not rows:
        return
    yield "| parameter | in | type | meaning |"
    yield "|---|---|---|---|"
    for one in rows:
        name = f"**`{one['name']}`**" if one.get("required") else f"`{one['name']}`"
        yield f"| {name} | {one['in']} | {_cell(type_of(one['schema']))} | {_cell(meaning_of(one | one['schema']))} |"
    yield ""


def _body(name: str, schema: Schema) -> str:
    lines = [f"### {name}", ""]
    if schema.get("description"):
        lines += [schema["description"], ""]
    lines += ["| member | type | meaning |", "|---|---|---|"]
    needed = set(schema.get("required", ()))
    for member, about in schema.get("properties", {}).items():
        word = f"**`{member}`**" if member in needed else f"`{member}`"
        lines.append(f"| {word} | {_cell(type_of(about))} | {_cell(meaning_of(about))} |")
    return "\n".join([*lines, ""])


def type_of(schema: Schema) -> str:
    """A type in words, with links to the bodies."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return " or ".join(dict.fromkeys(type_of(one) for one in schema[several]))
    if "enum" in schema:
        return " or ".join(f"`{one}`" for one in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    kind = str(schema.get("type", "anything"))
    if kind == "array":
        return f"list of {type_of(schema.get('items', {}))}"
    if kind == "object":
        values = schema.get("additionalProperties")
        return f"object of {type_of(values)}" if isinstance(values, dict) else "object"
    return "instant" if schema.get("format") == "date-time" else kind


_LIMITS = {
    "minimum": "at least {}",
    "exclusiveMinimum": "above {}",
    "maximum": "at most {}",
    "minLength": "{} characters or more",
    "maxLength": "{} characters at most",
    "minItems": "{} or more",
    "maxItems": "{} at most",
    "pattern": "`{}`",
}


def meaning_of(schema: Schema) -> str:
    """The description, and what the schema demands of a value."""
    whole = schema | next((one for one in schema.get("anyOf", ()) if one.get("type") != "null"), {}) | schema
    words = [whole["description"]] if whole.get("description") else []
    words += [text.format(whole[key]) for key, text in _LIMITS.items() if key in whole]
    if whole.get("default") not in (None, ""):
        words.append(f"else `{json.dumps(whole['default'])}`")
    return "; ".join(words)


def _cell(text: str) -> str:
    return text.replace("\n", " ").replace("|", "\\|")
