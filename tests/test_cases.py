"""What docs/qa.md counts in tables of cases is what stands in them, and each case has an outcome."""

from __future__ import annotations

import re
from collections.abc import Sized

import pytest

from tests.api.test_saving import NAMES
from tests.api.test_visitors import LOOKERS
from tests.browser.test_browser_settings import SETTINGS
from tests.environment.test_environment import FOREIGN
from tests.environment.test_settings_in_full import ADDRESSES, LISTENS, REFUSED, WRITTEN
from tests.environment.test_starts import FOLDERS
from tests.test_layers import ROOT
from tests.unit.files.corpus import SAMPLES

PAGE = (ROOT / "docs" / "qa.md").read_text()
TABLES: dict[str, Sized] = {
    "FOREIGN": FOREIGN,
    "LISTENS": LISTENS,
    "ADDRESSES": [*ADDRESSES, *WRITTEN],
    "REFUSED": REFUSED,
    "FOLDERS": FOLDERS,
    "SAMPLES": SAMPLES,
    "NAMES": NAMES,
    "SETTINGS": SETTINGS,
    "LOOKERS": LOOKERS,
}


@pytest.mark.parametrize("name", TABLES)
def test_a_row_counts_its_table(name: str) -> None:
    (row,) = re.findall(rf"^\| .*\| (\d+)[^|]*\|[^|]*\| `{name}`", PAGE, re.MULTILINE)
    assert int(row) == len(TABLES[name])


def test_the_words_of_browsers_are_counted() -> None:
    assert f"{sum(len(sample.said) for sample in SAMPLES)} words" in PAGE


def test_each_case_says_what_comes_of_it_and_why() -> None:
    told = [
        *(setting.outcome and setting.why for setting in SETTINGS.values()),
        *(shown and listens and why for _, shown, listens, why in LISTENS),
        *(said for _, said in REFUSED),
        *(said and why for _, said, why in FOLDERS),
        *(sample.taken_for for sample in SAMPLES),
    ]
    assert len(told) >= 80
    assert all(told)
