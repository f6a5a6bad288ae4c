"""The pytest plugin: `--qa-url` names the site, `scene` gives a test somebody with a browser there, and what became of each is reported."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # every run of pytest loads this module: what a browser needs is imported only where one is asked for
    from smartupload_testing.browser.person import Person
    from smartupload_testing.scene import Run, Scene
    from smartupload_testing.site import Site


class Hooks:
    """What the conftest.py of a team can say."""

    @pytest.hookspec
    def pytest_smartupload_sign_in(self, person: Person, user: str, password: str) -> None:
        """Sign a person in, at a site with a page for it. Without such a hook the login is that of HTTP."""


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    pluginmanager.add_hookspecs(Hooks)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("smartupload", "uploads at a site that is there already")
    group.addoption("--qa-url", default="", help="its address")
    group.addoption("--qa-login", default="", metavar="USER:PASSWORD", help="for a site that wants one")
    group.addoption(
        "--qa-trust", default="", metavar="FILE", help="a certificate (PEM) to trust besides the usual ones"
    )
    group.addoption("--qa-mib", type=float, default=64, help="size of the files, 64 without it")
    group.addoption("--qa-patience", type=float, default=1, help="makes every wait so many times as long")
    group.addoption("--qa-only", default="", help="scenarios that have one of these words in their name")
    group.addoption("--qa-seed", type=int, default=None, help="makes the same files again")
    group.addoption("--qa-report", default="", metavar="FOLDER", help="where report.html and junit.xml go")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--qa-url"):
        from smartupload_testing.report.plugin import Reporter

        config.pluginmanager.register(Reporter(config), "smartupload-report")


@pytest.fixture(scope="session")
def site(pytestconfig: pytest.Config) -> Site:
    """The site that is tried. The run ends at once when there is none."""
    from smartupload_testing.site import Site

    url = str(pytestconfig.getoption("--qa-url")).rstrip("/")
    if not url:
        pytest.skip("no --qa-url: there is no site to try")
    user, _, password = str(pytestconfig.getoption("--qa-login")).partition(":")
    trust = str(pytestconfig.getoption("--qa-trust"))
    has_login_page = bool(pytestconfig.hook.pytest_smartupload_sign_in.get_hookimpls())
    one = Site(url, (user, password) if user else None, Path(trust) if trust else None, has_login_page)
    if wrong := one.answers():
        pytest.exit(wrong, 2)
    return one


@pytest.fixture(scope="session")
def qa_run(pytestconfig: pytest.Config) -> Run:
    """What all scenarios have in common. No two runs send the same bytes, which a site would know again."""
    from smartupload_testing.files import MIB
    from smartupload_testing.scene import Run

    seed = pytestconfig.getoption("--qa-seed")
    seed = secrets.randbelow(10**8) if seed is None else int(seed)
    size = int(float(str(pytestconfig.getoption("--qa-mib"))) * MIB)
    return Run(f"qa-{secrets.token_hex(3)}", seed, size, float(str(pytestconfig.getoption("--qa-patience"))))


@pytest.fixture(scope="session")
def owners() -> list[dict[str, str]]:
    """Whoever had something at the site in this run."""
    return []


@pytest.fixture
def scene(
    site: Site, qa_run: Run, owners: list[dict[str, str]], request: pytest.FixtureRequest, tmp_path: Path
) -> Generator[Scene]:
    """Somebody with a browser at the site, on a line of their own; nothing of theirs is left there afterwards."""
    from smartupload_testing.report.plugin import name_of
    from smartupload_testing.scene import SCENE, Scene

    one = Scene(site, qa_run, name_of(request.node), tmp_path, _sign_in(request.config, site))
    request.node.stash[SCENE] = one
    yield one
    try:
        one.close()
    finally:
        owners.extend(one.owners)


def _sign_in(config: pytest.Config, site: Site) -> Callable[[Person], None] | None:
    if site.login is None:
        return None
    user, password = site.login

    def sign_in(person: Person) -> None:
        if site.has_login_page:
            config.hook.pytest_smartupload_sign_in(person=person, user=user, password=password)
        else:
            # The browser keeps a login of HTTP for the site, and pages cannot be opened with one in their address.
            person.visit(site.signed_in_url + "/healthz")

    return sign_in


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "scenario" in metafunc.fixturenames:
        from smartupload_testing.scenarios.table import ALL

        metafunc.parametrize("scenario", ALL, ids=[one.name for one in ALL])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    words = str(config.getoption("--qa-only")).replace("_", "-").split()
    if not words:
        return
    from smartupload_testing.report.plugin import name_of

    scenes = [item for item in items if "scene" in getattr(item, "fixturenames", ())]
    others = [item for item in scenes if not any(word in name_of(item) for word in words)]
    if len(others) == len(scenes):
        raise pytest.UsageError(f"no scenario has {' or '.join(words)} in its name: {', '.join(map(name_of, scenes))}")
    items[:] = [item for item in items if item not in others]
    config.hook.pytest_deselected(items=others)
