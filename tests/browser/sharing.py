"""Which tests one process does one after the other, when several share them: a server with settings of its own starts once, and what a module builds is built once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = {"test_finish", "test_pictures", "test_push", "test_sign_in", "test_site", "test_tutorial", "test_uploaders"}
"""Modules; of the others only the tests of a class stay together."""

assert all(Path(__file__).with_name(f"{name}.py").exists() for name in TOGETHER)


class Sharing(LoadScopeScheduling):
    """The largest groups come first, then the other tests one by one, in their order."""

    def _split_scope(self, nodeid: str) -> str:
        path, _, name = nodeid.partition("::")
        if Path(path).stem in TOGETHER:
            return path
        group, _, _test = name.partition("[")[0].rpartition("::")
        return f"{path}::{group}" if group else nodeid


@pytest.hookimpl
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Sharing:
    """See xdist."""
    return Sharing(config, log)
