"""What all tests share: the words of the markers, and nothing that starts anything."""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "settings(**values): SMARTUPLOAD_ settings of the server that the test talks to")
