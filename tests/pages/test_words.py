"""Sizes read the same in the library, which Python writes, and on the cards, which JavaScript writes."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from smartupload.client import report
from smartupload.service.files.sizes import size_text
from smartupload.state.words import kind_text, sent_text, state_text, time_text, type_text

MESSAGES = Path(__file__).resolve().parents[2] / "custom_components/reflex_smartupload/client/core/view/messages.js"
SIZES = [0, 1, 999, 1_000, 1_500, 64_000_000, 812_000_000, 2_140_000_000, 18_400_000_000, 5_000_000_000_000]
# Where another unit begins, another number of places, and what stands in the middle between two figures.
SIZES += [
    border * unit + beside
    for unit in (1, 1_000, 1_000_000, 1_000_000_000)
    for border in (
        1_000,
        9_950,
        9_949,
        99_500,
        99_499,
        999_499,
        999_500,
        999_999,
        1_000_000,
        1_250,
        2_125,
        10_500,
        10_250,
        100_500,
    )
    for beside in (-1, 0, 1)
]


def test_sizes_are_those_of_the_cards() -> None:
    node = shutil.which("node")
    assert node, "node comes with the set-up"
    script = f"import {{ sizeText }} from {json.dumps(MESSAGES.as_uri())};"
    script += f"console.log(JSON.stringify({json.dumps(SIZES)}.map(sizeText)))"
    done = subprocess.run([node, "--input-type=module", "-e", script], capture_output=True, text=True, check=True)
    on_cards = json.loads(done.stdout)
    assert [size_text(size) for size in SIZES] == on_cards
    assert [report.size_text(size) for size in SIZES] == on_cards


def test_times_left_are_those_of_the_cards() -> None:
    node = shutil.which("node")
    assert node, "node comes with the set-up"
    seconds = [0.4, 3, 4.9, 5, 7.5, 12, 29, 59, 89, 90, 95, 119, 150, 240, 361, 3000, 5399, 5400, 9000, 100_000]
    ranges = [[low, high] for low in seconds for high in seconds if low <= high]
    script = f"import {{ timeText }} from {json.dumps(MESSAGES.as_uri())};"
    script += f"console.log(JSON.stringify({json.dumps(ranges)}.map(([low, high]) => timeText({{low, high}}))))"
    done = subprocess.run([node, "--input-type=module", "-e", script], capture_output=True, text=True, check=True)
    assert [f"{time_text(low, high)} left" for low, high in ranges] == json.loads(done.stdout)


@pytest.mark.parametrize(
    ("name", "preview", "text"),
    [
        ("a.png", "picture", "Picture (PNG)"),
        ("a.pdf", "pdf", "PDF"),
        ("a.zip", "", "ZIP file"),
        ("README", "text", "Text"),
        ("README", "", "File"),
    ],
)
def test_types(name: str, preview: str, text: str) -> None:
    assert type_text(name, preview) == text


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("film.mov", "MOV"),
        ("a.tar.gz", "GZ"),
        ("letter.docx", "DOCX"),
        ("README", "FILE"),
        ("x.a-b", "FILE"),
        (".env", "FILE"),
    ],
)
def test_kind(name: str, kind: str) -> None:
    assert kind_text(name) == kind


@pytest.mark.parametrize(
    "state", ["uploading", "paused", "verifying", "scanning", "ready", "blocked", "failed", "cancelled", "expired"]
)
def test_every_state_has_words(state: str) -> None:
    text, tone = state_text(state, 61)
    assert text != state
    assert tone in {"good", "busy", "warn", "bad", "calm"}


def test_who_sent_a_file_turns_nothing_around_it() -> None:
    assert sent_text("Bert", "Papers") == "Sent by Bert by “Papers”"
    turned = "\u2068Bert \u202e\u2069"
    assert sent_text("Bert\u2069\n\u202e", "") == f"Sent by {turned} by a drop link that is no more"
