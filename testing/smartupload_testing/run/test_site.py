"""Every scenario at the site that `--qa-url` names, and that nothing is left there in the end."""

from __future__ import annotations

from smartupload_testing.scenarios.scenario import Scenario
from smartupload_testing.scene import Run, Scene, there
from smartupload_testing.site import Site


def test_scenario(scenario: Scenario, scene: Scene) -> None:
    scenario.play(scene)


def test_nothing_is_left(site: Site, qa_run: Run, owners: list[dict[str, str]]) -> None:
    """Whatever this run has sent is gone from the site."""
    assert [one["name"] for cookies in owners for one in there(site, cookies, qa_run.name)] == []
