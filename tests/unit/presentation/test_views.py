from __future__ import annotations

from smartupload.models import READY, UPLOADING, VERIFYING, Upload
from smartupload.service.presentation.views import percent_here


def here(confirmed: int, state: str) -> int:
    return percent_here(Upload(confirmed_bytes=confirmed, size=200, state=state))  # type: ignore[call-arg]


def test_only_a_ready_file_is_at_a_hundred() -> None:
    assert [here(0, UPLOADING), here(1, UPLOADING), here(3, UPLOADING)] == [0, 0, 1]
    assert (here(200, VERIFYING), here(0, READY)) == (99, 100)
