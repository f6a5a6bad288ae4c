"""Real small files, as each browser names them: both halves take them for the same, and lists take what they mean."""

from __future__ import annotations

import base64
import json
import random
import shutil
import subprocess
from typing import Any

import pytest

from smartupload.errors import TypeMismatch, TypeNotAllowed
from smartupload.service.files import kinds, limits, media_types
from smartupload.settings import load
from tests.test_layers import ROOT
from tests.unit.files.corpus import SAMPLES, ZIP, Sample, jpeg, pdf, png

UNSET = load({})
CASES = [(sample, said) for sample in SAMPLES for said in sample.said]
LISTS = ["image/*", "text/*", "audio/*", "application/zip", "application/pdf,.docx", "application/vnd.ms-excel", ".zip"]


def named(value: object) -> str | None:
    return value.name if isinstance(value, Sample) else None


def recognised(name: str, said: str, head: bytes) -> tuple[str, str]:
    """The type by its name and the browser's word, and what the bytes show."""
    kind = limits.clean_type(said, name)
    return kind, kinds.check(UNSET, name, kind, head)


def takes(allowed: str, name: str, said: str, head: bytes) -> bool:
    settings = load({"SMARTUPLOAD_ALLOWED_TYPES": allowed})
    try:
        kinds.check(settings, name, limits.clean_type(said, name), head)
    except TypeNotAllowed:
        return False
    return True


def in_node(files: list[tuple[str, str, bytes, list[str]]]) -> dict[str, Any]:
    node = shutil.which("node")
    assert node, "node comes with the set-up"
    given = [
        {"name": name, "said": said, "head": base64.b64encode(head).decode(), "lists": lists}
        for name, said, head, lists in files
    ]
    done = subprocess.run(
        [node, "tests/js/taken.js"], cwd=ROOT, input=json.dumps(given), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_the_corpus_is_large() -> None:
    assert len(SAMPLES) >= 60
    assert len({sample.name for sample in SAMPLES}) == len(SAMPLES)


@pytest.mark.parametrize(("sample", "said"), CASES, ids=named)
def test_what_a_file_is_taken_for(sample: Sample, said: str) -> None:
    kind, seen = recognised(sample.name, said, sample.head)
    assert media_types.taken_for(sample.name, kind, seen)[0] == sample.taken_for


@pytest.mark.parametrize(("sample", "said"), CASES, ids=named)
def test_a_list_with_its_type_takes_it_whatever_a_browser_calls_it(sample: Sample, said: str) -> None:
    extension = media_types.extension_of(sample.name)
    lists = [sample.taken_for, sample.taken_for.partition("/")[0] + "/*"]
    for allowed in [*lists, f".{extension}"] if extension else lists:
        assert takes(allowed, sample.name, said, sample.head), allowed
    assert not takes("video/x-nothing,.nothing", sample.name, said, sample.head)


@pytest.mark.parametrize(
    ("allowed", "name", "said", "head"),
    [
        ("application/zip", "a.zip", "application/x-zip-compressed", ZIP),
        ("application/x-zip-compressed", "a.zip", "application/zip", ZIP),
        ("text/csv", "a.csv", "application/vnd.ms-excel", b"a;b\n"),
        ("application/vnd.ms-excel", "a.csv", "text/csv", b"a;b\n"),
        ("audio/mpeg", "a.mp3", "audio/mp3", b"\xff\xfb\x90\x64"),
        ("image/jpeg", "photo", "", jpeg()),
        ("image/jpg", "photo.jpg", "image/jpeg", jpeg()),
        ("text/*", "a.xlf", "application/xliff+xml", b"<?xml version='1.0'?><xliff/>"),
        ("text/*", "a.ts", "video/mp2t", b"export type A = 1;"),
    ],
)  # fmt: skip
def test_the_word_of_a_browser_refuses_nothing(allowed: str, name: str, said: str, head: bytes) -> None:
    assert takes(allowed, name, said, head)


@pytest.mark.parametrize(
    ("allowed", "name", "said", "head"),
    [
        ("image/*", "a.py", "image/png", b"import this\n"),
        ("image/*", "photo", "image/png", ZIP),
        ("image/*", "a.unheard", "image/jpeg", b"PK\x03\x04" + bytes(22) + b"\x08\0\0\0mimetypeimage/jpegPK"),
        ("image/jpeg", "photo", "image/jpeg", png()),
        ("application/pdf", "a.txt", "application/pdf", b"hello"),
        ("application/zip", "a.pdf", "application/zip", pdf()),
        ("image/*", "nobody knows", "", b"hello"),
    ],
)  # fmt: skip
def test_the_word_of_a_browser_allows_nothing_that_name_or_bytes_deny(
    allowed: str, name: str, said: str, head: bytes
) -> None:
    settings = load({"SMARTUPLOAD_ALLOWED_TYPES": allowed})
    with pytest.raises((TypeNotAllowed, TypeMismatch)):
        kinds.check(settings, name, limits.clean_type(said, name), head)


def test_both_halves_have_the_same_table_and_take_every_file_for_the_same() -> None:
    chance = random.Random(20)
    heads = [sample.head[:4096] for sample in SAMPLES]
    names = [sample.name for sample in SAMPLES]
    words = sorted({said for sample in SAMPLES for said in sample.said} | {"IMAGE/PNG; q=1", "nonsense"})
    files = [(sample.name, said, sample.head[:4096], LISTS) for sample, said in CASES]
    # And what nobody made: any head under any name, as any browser could call it.
    for _ in range(1500):
        head = chance.choice(heads)[: chance.choice([4096, 4096, 40, 12])]
        files.append((chance.choice(names), chance.choice(words), head, LISTS))
    answer = in_node(files)
    assert answer["table"] == media_types.TABLE
    for (name, said, head, lists), found in zip(files, answer["found"], strict=True):
        kind = limits.clean_type(said, name)
        try:
            seen = kinds.check(UNSET, name, kind, head)
            listed = [takes(allowed, name, said, head) for allowed in lists]
        except TypeMismatch:
            continue  # a disguise: the server alone says so, before anything travels
        taken = list(media_types.taken_for(name, kind, seen))
        assert found == {"type": kind, "recognised": seen, "taken": taken, "listed": listed}, (name, said)
