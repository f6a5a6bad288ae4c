"""A fixed slice of `make fuzz`: no answer is a fault of the server, contradicts the document that it serves, or has anything of another owner in it."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.fuzz.campaign import Campaign
from tests.fuzz.site import faults, running


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Generator[Campaign]:
    """At an app of its own."""
    folder = tmp_path_factory.mktemp("fuzz")
    with running(folder) as url:
        yield Campaign(url, folder, 1)


@pytest.mark.parametrize(("who", "each"), [("mallory", 4), ("nobody", 1)])
def test_every_operation(campaign: Campaign, who: str, each: int) -> None:
    tried = campaign.play(who, each, "fuzzing")
    assert tried.failures == [], tried.output
    assert tried.cases >= 49, "some were not tried"
    assert faults(campaign.folder) == []


def test_a_name_that_is_not_to_be_told_is_found(campaign: Campaign) -> None:
    tried = campaign.play("mallory", 1, "fuzzing", "GET /api/uploads", ["malloryonly"])
    assert len(tried.failures) == 1
    assert "nothing_of_others" in tried.failures[0]
