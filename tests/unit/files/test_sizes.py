from __future__ import annotations

import pytest

from smartupload.service.files.sizes import size_text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (1, "1 byte"),
        (999, "999 bytes"),
        (1500, "1.5 KB"),
        (2_140_000_000, "2.14 GB"),
        (123_456_789, "123 MB"),
        (5_000_000_000_000, "5.00 TB"),
    ],
)
def test_sizes_in_words(size: int, text: str) -> None:
    assert size_text(size) == text
