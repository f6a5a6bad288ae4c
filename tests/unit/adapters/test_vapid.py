"""The key that pushes are signed with: given, or made once."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from smartupload.adapters import vapid
from tests.fixtures_push import KEY, decoded


def test_made_once_and_kept(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    key = vapid.private_key("", folder)
    assert len(decoded(key)) == 32
    assert vapid.private_key("", folder) == key
    assert [file.name for file in folder.iterdir()] == ["vapid.key"]
    assert (folder / "vapid.key").stat().st_mode & 0o777 == 0o600
    assert vapid.private_key("", tmp_path / "other") != key


def test_processes_that_start_at_once_agree(tmp_path: Path) -> None:
    script = "import sys, pathlib\nfrom smartupload.adapters import vapid\nsys.stdin.readline()\n"
    script += "print(vapid.private_key('', pathlib.Path(sys.argv[1])))"
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path / "data")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for process in starts:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    keys = [process.communicate(timeout=60)[0].strip() for process in starts]
    assert [process.returncode for process in starts] == [0, 0, 0]
    assert len(set(keys)) == 1
    assert keys[0] == (tmp_path / "data" / "vapid.key").read_text()
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["vapid.key"]


def test_the_one_that_was_given(tmp_path: Path) -> None:
    assert vapid.private_key(KEY + "=", tmp_path) == KEY
    assert list(tmp_path.iterdir()) == []


def test_browsers_get_its_public_half() -> None:
    point = decoded(vapid.public_key(KEY))
    assert (len(point), point[0]) == (65, 4)
    number = int.from_bytes(decoded(KEY), "big")
    numbers = ec.derive_private_key(number, ec.SECP256R1()).public_key().public_numbers()
    assert point[1:] == numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big")


@pytest.mark.parametrize("key", ["hush", "", KEY[:-2], KEY + "AAAA", "A" * 43, "_" * 43, "é"])
def test_a_file_that_holds_none(tmp_path: Path, key: str) -> None:
    (tmp_path / "vapid.key").write_text(key)
    with pytest.raises(ValueError, match=r"vapid\.key .*(backup|delete)") as wrong:
        vapid.private_key("", tmp_path)
    assert "\n" not in str(wrong.value)
    assert "hush" not in str(wrong.value)


@pytest.mark.parametrize(
    ("site", "addresses", "subject"),
    [
        ("https://up.example.org:8443", ["smartupload@localhost"], "https://up.example.org"),
        ("https://up.example.org", ["anna@example.org", "ben@example.org"], "mailto:anna@example.org"),
        ("http://localhost:3000", ["Files <files@example.org>"], "mailto:files@example.org"),
        ("http://localhost:3000", ["smartupload@localhost"], vapid.NOBODY),
        # What cannot be written to is passed over, and the next one counts.
        ("https://up.example.org", ["ops@mail.local", "ops@192.168.0.7", "ben@example.org"], "mailto:ben@example.org"),
        ("https://up.example.org", ["ops@intranet", "ops@files.internal"], "https://up.example.org"),
        ("https://up.example.org", ["ops@[192.168.0.7]", "ops@files.test", "ops@files.lan"], "https://up.example.org"),
        ("https://up.example.org", ["jörg@example.org", "a b@example.org"], "https://up.example.org"),
        ("https://büro.example.org", [], "https://xn--bro-hoa.example.org"),
        ("https://up.example.org", ["anna@büro.example.org"], "mailto:anna@xn--bro-hoa.example.org"),
        ("https://up.example.org", ["Anna <anna+push@example.org>"], "mailto:anna+push@example.org"),
        ("https://files.local", [], vapid.NOBODY),
        ("https://192.168.0.7", [], vapid.NOBODY),
        ("https://[fd00::7]:8443", [], vapid.NOBODY),
        ("https://files", [], vapid.NOBODY),
        ("http://up.example.org", [], vapid.NOBODY),
    ],
)
def test_whom_a_push_service_turns_to(site: str, addresses: list[str], subject: str) -> None:
    assert vapid.subject(site, addresses) == subject


@pytest.mark.parametrize("site", ["https://up.example.org", "https://büro.example.org:8443"])
@pytest.mark.parametrize("address", ["anna@example.org", "Anna Ä <anna@example.org>", "root@localhost", "x@y", ""])
def test_the_token_is_one_that_every_push_service_takes(site: str, address: str) -> None:
    """RFC 8292: `mailto:` or `https:`. Apple's documentation has no more, and its service refuses what has spaces, brackets or no public host."""
    found = vapid.subject(site, [address] if address else [])
    assert re.fullmatch(r"(mailto:[A-Za-z0-9._+-]+@|https://)([a-z0-9-]+\.)+[a-z0-9-]+", found)
    assert "localhost" not in found
