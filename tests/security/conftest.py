"""Two owners, and somebody who is neither, against the API with all its layers and the real store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.conftest import Browser, Site, make_site
from tests.fixtures_store import seaweed, stack

__all__ = ["make_site", "seaweed", "stack"]


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    """One with nothing set."""
    return make_site()


@pytest.fixture
def anna(site: Site) -> Browser:
    """Whose files they are."""
    browser = site.browser()
    browser.get("/api/client-settings")
    return browser


@pytest.fixture
def mallory(site: Site) -> Browser:
    """Another owner, with an upload of her own."""
    browser = site.browser()
    assert browser.creates("hers.bin").status_code == 201
    return browser


@pytest.fixture
def upload(anna: Browser) -> dict[str, Any]:
    """Anna's, in two parts, of which the first has arrived."""
    upload = anna.creates("plans.pdf", 9_000_000).json()
    anna.sends(upload, anna.cut(upload), [1])
    return upload
