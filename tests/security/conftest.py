"""Two owners, and somebody who is neither, against the API with all its layers and the real store."""

from __future__ import annotations

import pytest

from tests.api.conftest import Browser, Site, anna, make_site, site, upload
from tests.fixtures_store import seaweed, stack

__all__ = ["anna", "make_site", "seaweed", "site", "stack", "upload"]


@pytest.fixture
def mallory(site: Site) -> Browser:
    """Another owner, with an upload of her own."""
    browser = site.browser()
    assert browser.creates("hers.bin").status_code == 201
    return browser
