"""Which scenarios there are, in the order in which they are tried."""

from __future__ import annotations

from smartupload_testing.scenarios import files, leaving, lines, plain
from smartupload_testing.scenarios.scenario import Scenario

ALL: tuple[Scenario, ...] = (
    plain.whole_upload,
    plain.other_page,
    plain.slow_line,
    plain.several_files,
    leaving.tab_closed,
    leaving.browser_closed,
    leaving.browser_killed,
    leaving.safe_to_leave,
    leaving.goes_on_by_itself,
    lines.line_cut,
    lines.little_goes_twice,
    files.paused,
    files.cancelled,
    files.begun_anew,
    files.same_file_twice,
    files.edited_file,
)
