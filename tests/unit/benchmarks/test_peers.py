"""The tables of the peers' benchmark and the queue of its line, without any traffic."""

from __future__ import annotations

import os
import random

import pytest

from benchmarks.peers.crowd import crowd_of
from benchmarks.peers.link import Direction
from benchmarks.peers.plot import LEFT, WIDTH, bars
from benchmarks.peers.table import between, cell, tables


@pytest.mark.parametrize(("values", "text"), [([], ""), ([2.0], "2"), ([3.0, 1.0, 2.0], "2 (1–3)"), ([2.0, 2.0], "2")])
def test_a_cell_is_the_median_with_the_range(values: list[float], text: str) -> None:
    assert cell(values) == text


def test_the_fastest_peer_is_first_and_failures_count_as_runs() -> None:
    line = {"setting": "loopback", "bytes": 1 << 20}
    text = tables(
        [
            {**line, "peer": "slow", "seconds": 3.0, "noise": 0.5},
            {**line, "peer": "fast", "seconds": 1.0, "noise": 0.0},
            {**line, "peer": "fast", "error": "refused"},
            {**line, "peer": "never", "error": "refused"},
        ]
    )
    rows = [row.split(" | ")[:3] for row in text.splitlines() if row.startswith("| ")][1:]
    assert rows == [["| fast", "1 of 2", "1"], ["| slow*", "1 of 1", "3"], ["| never", "0 of 1", ""]]


def test_many_files_have_columns_of_their_own() -> None:
    assert (crowd_of("1000x64KiB"), crowd_of("50/40/0"), crowd_of("loopback")) == ((1000, 65536), None, None)
    line = {"setting": "1000x64KiB", "bytes": 62 << 20, "peer": "uppy6", "seconds": 4.0, "stored_s": 3.0}
    text = tables([line, {**line, "peer": "smartupload", "error": "refused"}])
    assert "### 1000x64KiB\n" in text
    assert "| uppy6 | 1 of 1 | 3 | 4 |" in text


def test_a_packet_waits_for_those_before_it_and_a_full_queue_drops() -> None:
    line = Direction(-1, bytes_per_s=1000, delay=0.5, loss=0.0, queue_bytes=150, rng=random.Random(1))
    for _ in range(4):
        line.offer(bytes(100), now=10.0)
    assert [round(due, 6) for due, _ in line.fifo] == [10.6, 10.7]
    assert (line.packets, line.overflowed) == (4, 2)


def test_a_lost_packet_takes_its_time_on_the_line() -> None:
    line = Direction(-1, bytes_per_s=1000, delay=0.0, loss=1.0, queue_bytes=1000, rng=random.Random(1))
    line.offer(bytes(100), now=0.0)
    assert (len(line.fifo), line.lost, line.free_at) == (0, 1, pytest.approx(0.1))


def test_what_is_due_leaves_in_order() -> None:
    reader, writer = os.pipe()
    line = Direction(writer, bytes_per_s=1000, delay=0.0, loss=0.0, queue_bytes=1000, rng=random.Random(1))
    for packet in (b"a" * 100, b"b" * 100):
        line.offer(packet, now=0.0)
    line.send_due(0.15)
    assert os.read(reader, 1000) == b"a" * 100
    os.close(reader)
    os.close(writer)


def test_results_replace_what_stood_between_the_markers() -> None:
    assert between("a\n<!-- results -->\nold\n<!-- /results -->\nb\n", "new\n") == (
        "a\n<!-- results -->\nnew\n<!-- /results -->\nb\n"
    )
    with pytest.raises(ValueError, match="no markers"):
        between("a\n", "new\n")


def test_a_bar_is_as_long_as_its_median_and_its_line_as_the_spread() -> None:
    text = bars("a & b", {"uppy5": [2.0, 4.0, 3.0], "smartupload": [1.0], "put": []})
    assert "a &amp; b" in text
    assert text.index("smartupload") < text.index("uppy5")
    assert f'width="{WIDTH * 0.75:.1f}"' in text
    assert f"M{LEFT + WIDTH / 2:.1f} 65H{LEFT + WIDTH:.1f}" in text
    assert "put" not in text.partition("</style>")[2]


@pytest.mark.parametrize(("seconds", "known"), [(0.9, False), (1.0, True)])
def test_memory_is_left_out_where_it_was_not_sampled(seconds: float, known: bool) -> None:
    line = {"setting": "loopback", "bytes": 1 << 20, "peer": "put", "seconds": seconds, "noise": 0.0, "pss_mb": 402}
    assert ("| 402 |" in tables([line])) is known
