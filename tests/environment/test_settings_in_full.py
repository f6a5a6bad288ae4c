"""Settings as people write them: passwords with every character, addresses of all kinds, and that each one has somebody who reads it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import redis.connection
from sqlalchemy.engine import make_url

from smartupload.adapters.smtp import Smtp
from smartupload.settings import Settings, WrongSetting, load
from tests.environment.programs import ROOT

PASSWORD = "a#b/c?d@e:f%g h"
ENCODED = "a%23b%2Fc%3Fd%40e%3Af%25g%20h"


def password_of(name: str, url: str) -> str | None:
    """As whoever connects reads it."""
    settings = load({f"SMARTUPLOAD_{name}": url})
    if name == "DATABASE_URL":
        return make_url(settings.database).password
    if name == "REDIS_URL":
        return redis.connection.parse_url(settings.redis_url)["password"]
    return Smtp(settings.smtp_url, "a@example.org")._password


ADDRESSES = {
    "DATABASE_URL": "postgresql://anna:{}@db.example.org:5432/files",
    "REDIS_URL": "rediss://anna:{}@redis.example.org:6380/0",
    "SMTP_URL": "smtps://anna:{}@mail.example.org:465",
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_password_that_is_encoded_arrives_as_it_is(name: str) -> None:
    assert password_of(name, ADDRESSES[name].format(ENCODED)) == PASSWORD


NOT_ENCODED = ("se#cret", "se/cret", "se?cret", "se@cret", "se:cret", "se%cret", "se[cret")
OTHERS = ("S3_ENDPOINT_URL", "S3_PUBLIC_ENDPOINT_URL", "PUBLIC_URL", "WEBHOOK_URL")
WRITTEN = [(name, password) for name in (*ADDRESSES, *OTHERS) for password in NOT_ENCODED]
# In a webhook's address that is a port, and a path with an @, as it stands there.
WRITTEN += [(name, "12/34") for name in (*ADDRESSES, *OTHERS) if name != "WEBHOOK_URL"]


@pytest.mark.parametrize(("name", "password"), WRITTEN)
def test_one_that_is_not_is_refused_and_never_shown(name: str, password: str) -> None:
    address = ADDRESSES.get(name, "https://anna:{}@host.example.org").format(password)
    with pytest.raises(WrongSetting) as refused:
        load({f"SMARTUPLOAD_{name}": address})
    said = str(refused.value)
    assert f"SMARTUPLOAD_{name}" in said
    assert "\n" not in said
    for part in re.split(r"\W", password):
        assert not re.search(rf"\b{part}\b", said), said


# What is written, what people are shown, where it listens, and why.
LISTENS: list[tuple[dict[str, str], str, str, str]] = [
    ({}, "http://localhost:3000", "127.0.0.1", "the embedded store cannot be reached from elsewhere"),
    ({"S3_ENDPOINT_URL": "https://s3.example.org"}, "http://localhost:3000", "0.0.0.0", "others are to come"),
    ({"HOST": "0.0.0.0"}, "http://localhost:3000", "0.0.0.0", "no browser can call that address"),
    ({"HOST": "::1"}, "http://[::1]:3000", "::1", "the name may mean 127.0.0.1, where nobody listens"),
    ({"HOST": "[::1]", "PORT": "80"}, "http://[::1]:80", "::1", "as it stands in addresses"),
    ({"HOST": "[::]"}, "http://localhost:3000", "::", "both kinds"),
    ({"HOST": "192.168.7.9"}, "http://192.168.7.9:3000", "192.168.7.9", "nobody listens at localhost"),
    ({"HOST": "::1", "PUBLIC_URL": "https://up.example"}, "https://up.example", "::1", "a proxy is before it"),
]


@pytest.mark.parametrize(("given", "shown", "listens", "why"), LISTENS, ids=[why for *_, why in LISTENS])
def test_where_it_listens_and_says_that_it_is(given: dict[str, str], shown: str, listens: str, why: str) -> None:
    settings = load({f"SMARTUPLOAD_{name}": value for name, value in given.items()})
    assert (settings.site_url, settings.listen_host) == (shown, listens), why
    assert settings.origins[0] == shown
    if ":" in listens:
        assert f"http://[::1]:{settings.port}" in settings.origins


REFUSED: list[tuple[dict[str, str], str]] = [
    ({"HOST": "1.2.3"}, "SMARTUPLOAD_HOST='1.2.3' is not an address to listen at"),
    ({"HOST": "*"}, "SMARTUPLOAD_HOST='*' is not an address to listen at"),
    ({"PUBLIC_URL": "https://host/files"}, "SMARTUPLOAD_PUBLIC_URL='https://host/files' has more than a host"),
    ({"PUBLIC_URL": "https://host?x=1"}, "SMARTUPLOAD_PUBLIC_URL='https://host?x=1' has more than a host"),
    ({"CA_FILE": "/nowhere.pem"}, "SMARTUPLOAD_CA_FILE='/nowhere.pem' is no file"),
    ({"CA_FILE": str(ROOT / "README.md")}, "holds no certificate"),
    ({"WEBHOOK_SECRET": "x" * 32}, "SMARTUPLOAD_WEBHOOK_URL is missing"),
    ({"SESSION_SECONDS": "3600"}, "SMARTUPLOAD_OIDC_ISSUER is missing"),
    ({"REDIS_URL": "redis://host", "RATES": "off"}, "SMARTUPLOAD_RATES=off counts nothing"),
    ({"SCAN": "off", "CLAMD_URL": "tcp://host:3310"}, "SMARTUPLOAD_SCAN=off scans nothing"),
    ({"S3_ACCESS_KEY_ID": "key", "S3_SECRET_ACCESS_KEY": "s"}, "SMARTUPLOAD_S3_ENDPOINT_URL is missing"),
    ({"OIDC_CLIENT_ID": "us"}, "SMARTUPLOAD_OIDC_ISSUER is missing"),
]


@pytest.mark.parametrize(("given", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_what_would_do_nothing_or_not_work_is_refused(given: dict[str, str], said: str) -> None:
    with pytest.raises(WrongSetting, match=re.escape(said)):
        load({f"SMARTUPLOAD_{name}": value for name, value in given.items()})


@pytest.mark.parametrize(
    ("given", "is_said"),
    [
        ({"PUBLIC_URL": "https://up.example"}, True),
        ({"PUBLIC_URL": "https://up.example", "S3_PUBLIC_ENDPOINT_URL": "https://store.example"}, False),
        ({"PUBLIC_URL": "https://up.example", "S3_ENDPOINT_URL": "http://store.example"}, True),
        ({"PUBLIC_URL": "http://up.example", "S3_ENDPOINT_URL": "http://store.example"}, False),
        ({}, False),
    ],
)
def test_a_store_that_browsers_would_not_send_to(given: dict[str, str], is_said: bool) -> None:
    said = load({f"SMARTUPLOAD_{name}": value for name, value in given.items()}).mixed
    assert bool(said) is is_said
    assert "SMARTUPLOAD_S3_PUBLIC_ENDPOINT_URL" in said or not is_said


def read_in(tree: ast.AST) -> set[str]:
    """The attributes that this source reads, of whatever."""
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def test_every_setting_has_somebody_who_reads_it() -> None:
    """Outside of the settings themselves, or through one of their properties that somebody reads there."""
    server = ROOT / "smartupload"
    outside: set[str] = set()
    for path in server.rglob("*.py"):
        # The client has words of its own, and the doctor alone would be no use.
        if path.name not in ("settings.py", "setting_types.py") and path.relative_to(server).parts[0] not in (
            "client",
            "doctor",
        ):
            outside |= read_in(ast.parse(path.read_text()))
    read = set(outside)
    (model,) = (
        node
        for node in ast.parse((server / "settings.py").read_text()).body
        if isinstance(node, ast.ClassDef) and node.name == "Settings"
    )
    properties = {
        node.name: read_in(node)
        for node in model.body
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(one, ast.Name) and one.id == "property" for one in node.decorator_list)
    }
    for _ in properties:  # one may read another one
        read |= {name for known, names in properties.items() if known in read for name in names}
    assert set(Settings.model_fields) - read == set()


def test_the_documentation_lists_them_all() -> None:
    listed = set(
        re.findall(r"^\| `SMARTUPLOAD_([A-Z0-9_]+)` \|", Path(ROOT / "docs/operating.md").read_text(), re.MULTILINE)
    )
    assert {name.upper() for name in Settings.model_fields} == listed
