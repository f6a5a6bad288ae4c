"""`python -m tests.fuzz [CASES [SEED]]`: that many requests at least, as all of them; ends with 1 when an answer is wrong."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.fuzz.campaign import ERASES, ROUNDS, Campaign, Tried
from tests.fuzz.site import faults, running

FROM_THE_DOCUMENT = 1500
"""Requests of each round that are the same with any number: each value that the document names."""
OPERATIONS = 40
"""That have more forms than a few."""
FEW = 3


def main() -> int:
    """Rounds until so many were tried."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    total, wrong = 0, 0
    with tempfile.TemporaryDirectory(prefix="smartupload-fuzz-") as name, running(Path(name)) as url:
        while total < wanted:
            each = max(FEW, ((wanted - total) // len(ROUNDS) - FROM_THE_DOCUMENT) // OPERATIONS)
            campaign = Campaign(url, Path(name), seed)
            plans = [(who, each, "") for who in ROUNDS] + [(who, FEW, ERASES) for who in ROUNDS]
            for who, many, only in plans:
                one = campaign.play(who, many, only=only)
                total, wrong = total + one.cases, wrong + len(one.failures)
                tell(one)
            print(f"fuzz: {total} requests, {wrong} wrong answers (seed {seed})", flush=True)
            seed += 1
        found = faults(Path(name))
    for line in found:
        print(f"in the log: {line}")
    return 1 if wrong or found else 0


def tell(one: Tried) -> None:
    print(f"{one.who}: {one.cases} requests, {len(one.failures)} wrong answers", flush=True)
    if one.failures:
        print("\n".join([one.output, *one.failures]), flush=True)


if __name__ == "__main__":
    sys.exit(main())
