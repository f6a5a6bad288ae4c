"""Who asks: two owners with files in every state, and what of each of them nobody else may ever be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import httpx

from smartupload.service.owner import COOKIE, SECRET_LENGTH, owner_of
from tests.api.conftest import Engine

LARGE = 9_000_000
"""Bytes of a file of two parts."""


class Person(Engine, httpx.Client):
    """An owner of the running app."""

    def __init__(self, url: str, signed: str) -> None:
        super().__init__(base_url=url, headers={"Cookie": f"{COOKIE}={signed}"}, timeout=60)


@dataclass
class Owner:
    """Somebody's cookie, what they have, and which words of it are theirs alone."""

    signed: str
    uploads: list[str] = field(default_factory=list[str])
    tokens: list[str] = field(default_factory=list[str])
    shared: str = ""
    shared_id: str = ""
    words: list[str] = field(default_factory=list[str])

    @property
    def cookie(self) -> str:
        """As a browser sends it."""
        return f"{COOKIE}={self.signed}"

    @property
    def secret(self) -> str:
        """Without the signature."""
        return self.signed[:SECRET_LENGTH]


def settle(url: str, word: str) -> Owner:
    """Somebody with one file in each state; `word` is in everything that only they may see."""
    owner = Owner(httpx.get(f"{url}/api/client-settings").cookies[COOKIE])
    owner.words += [word, owner.secret, owner_of(owner.secret)]
    with Person(url, owner.signed) as person:
        mine: dict[str, Any] = {"metadata": {"note": f"{word} note"}, "uploader": word}
        begun = person.creates(f"{word} begun.bin", LARGE, key=f"{word} begun", **mine).json()
        person.sends(begun, person.cut(begun), [1])
        paused = person.creates(f"{word} paused.bin", 1000, key=f"{word} paused", **mine).json()
        person.post(f"/api/uploads/{paused['id']}/pause").raise_for_status()
        gone = person.creates(f"{word} gone.bin", 1000, key=f"{word} gone", **mine).json()
        person.delete(f"/api/uploads/{gone['id']}").raise_for_status()
        ready = person.uploads(f"{word} ready.txt", 1000, key=f"{word} ready", **mine)
        shared = person.uploads("for everybody.txt", 1000, key=f"{word} shared", **mine)
        person.put("/api/notifications", json={"email": f"{word}@example.org"}).raise_for_status()
    for one in (begun, paused, gone, ready):
        owner.uploads.append(one["id"])
        owner.tokens.append(one["share_token"])
    owner.words += owner.tokens
    owner.uploads.append(shared["id"])
    owner.shared, owner.shared_id = shared["share_token"], shared["id"]
    return owner


def seen(url: str, owner: Owner) -> list[Any]:
    """All that an owner sees of their own."""
    with Person(url, owner.signed) as person:
        found = [person.get(f"/api/uploads/{one}").json() for one in owner.uploads]
        links = [person.get(f"/api/uploads/{one}/link").json() for one in owner.uploads]
        return [found, links, person.get("/api/notifications").json()]
