"""What all tests share: the words of the markers, and nothing that starts anything."""

from __future__ import annotations

import pytest

from smartupload.service.records import states


def pytest_configure(config: pytest.Config) -> None:
    states.strict = True
    config.addinivalue_line("markers", "settings(**values): SMARTUPLOAD_ settings of the server that the test talks to")
