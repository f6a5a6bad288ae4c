"""Forged, old and replayed secrets: cookies, keys, tokens of links, signatures of mails, the operator's secret."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import select

from smartupload.adapters.memory import MemoryMailer
from smartupload.models import Contact, Upload
from smartupload.service.notify import contact_links
from smartupload.service.owner import COOKIE, owner_of
from tests.api.conftest import Browser, Site
from tests.api.test_uploads import is_problem

COOKIES: dict[str, Callable[[str], str]] = {
    "the id in the database": lambda value: owner_of(value[:43]),
    "a signature of another one": lambda value: "a" * 43 + value[43:],
    "without the signature's end": lambda value: value[:-1],
    "a part of it": lambda value: value[:42],
    "in other letters": str.swapcase,
    "with one more": lambda secret: secret + "a",
    "wildcards": lambda secret: "%" * 43,
    "quoted": lambda secret: f'"{secret[:41]}"',
    "another one of the same form": lambda secret: secret[::-1],
    "nothing": lambda secret: "",
}


@pytest.mark.parametrize("forge", COOKIES.values(), ids=COOKIES)
def test_forged_cookies(site: Site, anna: Browser, upload: dict[str, Any], forge: Callable[[str], str]) -> None:
    mallory = site.browser(cookie=f"{COOKIE}={forge(anna.cookies[COOKIE])}")
    is_problem(mallory.get(f"/api/uploads/{upload['id']}"), 404, "upload_not_found")
    assert mallory.get("/api/uploads").json()["uploads"] == []


KEYS: dict[str, Callable[[str], str]] = {
    "another": lambda key: "key 2",
    "a part": lambda key: key[:-1],
    "a longer one": lambda key: key + "x",
    "letters that are none": lambda key: "\udcff" + key,
    "a wildcard": lambda key: "%",
}


@pytest.mark.parametrize("forge", KEYS.values(), ids=KEYS)
def test_keys_that_did_not_make_it(
    site: Site, anna: Browser, upload: dict[str, Any], forge: Callable[[str], str]
) -> None:
    anna.creates()  # whose key is the second
    with site.context.db.read() as session:
        (key,) = [row.idempotency_key for row in session.exec(select(Upload)) if row.id == upload["id"]]
    stranger = site.browser()
    text = '{"key": ' + _json(forge(key)) + "}"
    answer = stranger.post(
        f"/api/uploads/{upload['id']}/claim", content=text, headers={"Content-Type": "application/json"}
    )
    assert answer.json()["code"] in ("upload_not_found", "invalid_request")
    assert anna.get(f"/api/uploads/{upload['id']}").status_code == 200


def _json(text: str) -> str:
    return '"' + "".join(f"\\u{ord(char):04x}" for char in text) + '"'


def test_the_right_key_is_of_no_use_to_who_was_here_before(site: Site, mallory: Browser, anna: Browser) -> None:
    upload = anna.creates(key="overheard").json()
    is_problem(mallory.post(f"/api/uploads/{upload['id']}/claim", json={"key": "overheard"}), 404, "upload_not_found")


TOKENS: dict[str, Callable[[str], str]] = {
    "old": lambda token: token,
    "a part": lambda token: token[:-1],
    "in other letters": str.swapcase,
    "with a wildcard": lambda token: token[:-1] + "%25",
    "with a null": lambda token: token + "%00",
    "not in any encoding": lambda token: "%ff%fe",
    "very long": lambda token: token * 200,
    "up": lambda token: "..%2f..%2fapi%2fuploads",
}


@pytest.mark.parametrize("forge", TOKENS.values(), ids=TOKENS)
def test_tokens_of_links_that_are_no_more(
    anna: Browser, mallory: Browser, upload: dict[str, Any], forge: Callable[[str], str]
) -> None:
    anna.post(f"/api/uploads/{upload['id']}/link/renew")
    token = forge(upload["share_token"])
    for what in ("", "/download", "/preview"):
        answer = mallory.get(f"/api/shared/{token}{what}")
        assert answer.status_code == 404, answer.text
        assert answer.json()["code"] in ("file_not_found", "not_found")
    assert mallory.get(f"/f/{token}").status_code == 404


MAILED: dict[str, Callable[[str, str], str]] = {
    "empty": lambda right, other: "",
    "a part": lambda right, other: right[:-1],
    "of another contact": lambda right, other: other,
    "in capitals": lambda right, other: right.upper() if right.upper() != right else right[::-1],
    "of letters that are none": lambda right, other: "\u00e9" * 40,
}


@pytest.mark.parametrize("forge", MAILED.values(), ids=MAILED)
def test_forged_signatures_of_mails(
    site: Site, anna: Browser, mallory: Browser, forge: Callable[[str, str], str]
) -> None:
    site.context = replace(site.context, mailer=MemoryMailer())
    contacts: list[Contact] = []
    for browser, address in ((anna, "anna@example.org"), (mallory, "mallory@example.org")):
        assert browser.put("/api/notifications", json={"email": address}).status_code == 200
        with site.context.db.read() as session:
            contacts.append(session.exec(select(Contact).where(Contact.owner == browser.owner)).one())
    theirs, hers = contacts
    stop = [contact_links.manage_signature(one) for one in (theirs, hers)]
    answer = site.browser().post(f"/api/notifications/stop?c={theirs.tag}&s={forge(*stop)}")
    is_problem(answer, 410, "link_void")
    links = [parse_qs(urlsplit(contact_links.confirm_link(site.context, one)).query)["s"][0] for one in (theirs, hers)]
    site.browser().get("/api/notifications/confirm", params={"c": theirs.tag, "s": forge(*links)})
    site.browser().post("/api/notifications/confirm", params={"c": theirs.tag, "s": forge(*links)})
    assert anna.get("/api/notifications").json()["email"] == ""


def test_a_signature_is_good_for_one_purpose(site: Site, anna: Browser) -> None:
    site.context = replace(site.context, mailer=MemoryMailer())
    anna.put("/api/notifications", json={"email": "anna@example.org"})
    with site.context.db.read() as session:
        contact = session.exec(select(Contact)).one()
    confirm = parse_qs(urlsplit(contact_links.confirm_link(site.context, contact)).query)["s"][0]
    is_problem(site.browser().post(f"/api/notifications/stop?c={contact.tag}&s={confirm}"), 410, "link_void")


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer secre",
        "Bearer secret2",
        "Bearer SECRET",
        "Basic secret",
        "secret",
        "Bearer \u00e9",
    ],
)
def test_who_is_no_operator(make_site: Callable[..., Site], authorization: str) -> None:
    site = make_site(webhook_url="https://hook.example.org", webhook_secret="secret")
    headers = {"Authorization": authorization.encode("latin-1")} if authorization else {}
    for method, path in (("GET", "events"), ("GET", "deliveries"), ("POST", "deliveries/replay")):
        answer = site.browser().request(method, f"/api/admin/{path}", headers=headers)  # pyright: ignore[reportArgumentType]
        assert answer.status_code in (401, 404)
        assert answer.json()["code"] in ("unauthorized", "not_found")
