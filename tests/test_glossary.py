"""One word, one meaning: old names do not come back, and what a newcomer meets stands in the glossary."""

from __future__ import annotations

import io
import re
import tokenize

from tests.test_layers import CLIENT, ROOT, SERVER, without_comments
from tests.test_rooms import rooms

# Each had several meanings or none; the name that took its place stands behind it.
BANNED = {
    "Turns": "UploadLocks",
    "turns": "locks",
    "Ear": "Subscription",
    "Lookout": "ChangePoller",
    "News": "ChangeFeed",
    "news": "feed, announcement",
    "Channels": "Notifiers",
    "outside": "runtime",
    "claim_upload": "adopt_upload",
    "human_size": "size_text",
    "signatures": "magic_numbers",
    "shown": "previews, recognised",
}
MODULES = ("runtime", "notifiers", "setting_types", "service/uploads/change_poller", "service/parts/received")
MODULES += ("service/presentation/link_policy", "service/files/magic_numbers", "service/outbox/prune")


def identifiers(text: str) -> set[str]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {token.string for token in tokens if token.type == tokenize.NAME}


def headwords() -> set[str]:
    return set(re.findall(r"^- \*\*(.+?)\*\*", (ROOT / "docs" / "glossary.md").read_text(), re.MULTILINE))


def test_old_names_do_not_come_back() -> None:
    # A local variable of a route or of a settings source may bear one: what counts is what a reader meets elsewhere.
    found = {
        f"{path.relative_to(ROOT)}: {name}, say {BANNED[name]}"
        for folder in ("service", "adapters", "api")
        for path in (SERVER / folder).rglob("*.py")
        for name in identifiers(path.read_text()) & BANNED.keys()
    }
    assert found == set()
    assert not {path.stem for path in SERVER.rglob("*.py")} & (BANNED.keys() | {"channels", "values", "tidy", "wanted"})


def test_rooms_and_modules_of_a_special_sense_are_explained() -> None:
    words = headwords()
    assert {room.name for room in rooms()} <= words
    for module in MODULES:
        assert (SERVER / f"{module}.py").is_file()
        word = module.rpartition("/")[2].replace("_", " ")
        assert word in words, word


# The same for the scripts.
BANNED_IN_SCRIPTS = {
    "Keeper": "JournalWriter",
    "keeper": "journalWriter",
    "News": "ChangeFeed",
    "Turn": "BackgroundRun",
    "turns": "backgroundRuns",
    "turnAway": "reject",
    "ears": "listener",
    "getTold": "getNotifications",
}


def test_old_names_do_not_come_back_in_scripts() -> None:
    scripts = [*(CLIENT / "client").rglob("*.js"), *CLIENT.glob("sw*.js")]
    assert len(scripts) > 50
    found = {
        f"{path.relative_to(ROOT)}: {name}, say {BANNED_IN_SCRIPTS[name]}"
        for path in scripts
        for name in set(re.findall(r"\w+", without_comments(path.read_text()))) & BANNED_IN_SCRIPTS.keys()
    }
    assert found == set()
    assert {"background run", "journal writer", "change feed", "claim", "announcement", "notification"} <= headwords()
