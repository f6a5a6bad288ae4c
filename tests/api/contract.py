"""How a case of tests/contract_cases is run against the real API and the real store; docs/qa.md says what a case is."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from smartupload.api.schemas import UploadAnswer
from smartupload.service.housekeeping.expire import expire
from smartupload.service.housekeeping.reconcile import reconcile
from smartupload.service.housekeeping.remove import sweep
from smartupload.service.records import rows
from smartupload.service.uploads.change_poller import ChangeFeed
from tests.api.conftest import Browser, Site
from tests.api.faulty_store import FaultyStore
from tests.fixtures_store import MIB, noise, sha256

UNIT = MIB
"""8 bytes in the twin."""
HEADER = "x-amz-checksum-sha256"
VERSIONS = ("right", "other")
VOUCHER = ("version", "epoch", "replace")
MANY = ("create many", "sign many", "complete many", "cancel many")
STORED = {"part_objects": "handover", "objects": "uploads"}


class ClockAhead:
    """The server's clock, which may be ahead of everybody else's."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        """See ports.Clock."""
        return datetime.now(UTC) + self.ahead


class Run:
    """One case: who takes part in it, and what is remembered."""

    def __init__(self, site: Site, store: FaultyStore, clock: ClockAhead) -> None:
        self.site = site
        self.store = store
        self.clock = clock
        self.context = site.context
        self.browsers: dict[str, Browser] = {}
        self.uploads: dict[str, Any] = {"nobody's": {"id": "nobody", "size": 1, "part_size": UNIT, "grants": {}}}
        self.remembered: dict[str, Any] = {}

    def step(self, step: dict[str, Any]) -> None:
        """Do it, and hold the answer against what is expected."""
        answer: Any = self.do(step, self.browser(step.get("by", "anna")))
        refusal = None
        if isinstance(answer, httpx.Response):
            body = answer.json() if answer.content else None
            answer, refusal = (body, None) if answer.is_success else (None, body)
        upload = self.upload(step)
        if "refused" in step:
            assert refusal is not None, f"not refused, but {answer}"
            assert refusal["detail"].endswith(".")
            self.compare(refusal, step["refused"], upload)
        else:
            assert refusal is None, refusal
            if step["do"] in MANY:
                self.compare_each(answer["results"], step)
            elif "expect" in step:
                self.compare(answer, step["expect"], upload)
        for name, member in step.get("remember", {}).items():
            self.remembered[name] = answer[member]

    def upload(self, step: dict[str, Any]) -> dict[str, Any]:
        """What a step is about; nothing when it is about many."""
        return {} if step["do"] in MANY else self.uploads.get(step.get("of", "it"), {})

    def browser(self, name: str) -> Browser:
        """Somebody's, with a cookie."""
        if name not in self.browsers:
            self.browsers[name] = self.site.browser()
            self.browsers[name].get("/api/client-settings")
        return self.browsers[name]

    def do(self, step: dict[str, Any], browser: Browser) -> Any:
        """The answer of the API, or what a step says of the store."""
        upload = self.upload(step)
        address = f"/api/uploads/{upload.get('id')}"
        match step["do"]:
            case "create":
                return self.create(step, browser)
            case "create many":
                return self.create_many(step, browser)
            case "sign many":
                return self.sign_many(step, browser)
            case "complete many":
                return browser.post(
                    "/api/batch/complete", json={"ids": [self.uploads[one]["id"] for one in step["of"]]}
                )
            case "cancel many":
                return browser.post("/api/batch/cancel", json={"ids": [self.uploads[one]["id"] for one in step["of"]]})
            case "get":
                return browser.get(address)
            case "pause" | "resume" | "complete" as verb:
                return browser.post(f"{address}/{verb}", json={})
            case "cancel":
                return browser.delete(address)
            case "claim":
                return browser.post(f"{address}/claim", json={"key": step["key"]})
            case "list":
                return self.listed(browser)
            case "settings":
                return browser.get("/api/client-settings")
            case "news":
                found, _ = ChangeFeed(self.context, browser.owner).read()
                return [UploadAnswer.model_validate(one).model_dump(mode="json") for one in found]
            case "sign" | "handover":
                return self.sign(step, browser, upload)
            case "put":
                part = upload["grants"][step.get("with", "last")]["put", step["part"]]
                headers = self.digest(upload, step, part["headers"])
                return said(httpx.put(part["url"], content=self.bytes(upload, step), headers=headers, timeout=30))
            case "form":
                form = upload["grants"][step.get("with", "last")]["form", step["part"]]
                fields = self.digest(upload, step, form["fields"])
                files = {"file": self.bytes(upload, step)}
                return said(httpx.post(form["url"], data=fields, files=files, timeout=30))
            case "post":
                part = upload["grants"][step.get("with", "last")]["post", step["part"]]
                fields = self.digest(upload, step, part["fields"])
                files = {"file": self.bytes(upload, step)}
                return said(httpx.post(part["url"], data=fields, files=files, timeout=30))
            case "content":
                file = httpx.get(browser.get(f"{address}/download").headers["location"]).content
                return next((version for version in VERSIONS if file == whole(upload["size"], version)), None)
            case "left":
                return {
                    name: len(self.store.store.list_objects(f"{folder}/{upload['id']}/"))
                    for name, folder in STORED.items()
                }
            case "the store goes away" | "the store is back" as what:
                self.store.away = what == "the store goes away"
            case "the store loses the upload":
                row = rows.find(self.context, upload["id"])
                assert row is not None
                self.store.lose(row.key, row.multipart_id)
            case "the store's next file is made and its answer lost":
                self.store.loses_answer = True
            case "the store's next file is not made":
                self.store.makes_none = True
            case "the store spoils its next file" | "the store spoils its next three files" as what:
                self.store.spoils = 3 if "three" in what else 1
            case "the server looks":
                self.clock.ahead += timedelta(minutes=1)
                reconcile(self.context)
            case "days pass":
                self.clock.ahead += timedelta(days=step["days"])
                expire(self.context)
                sweep(self.context)
            case unknown:
                raise ValueError(f"no such step: {unknown}")
        return None

    def create(self, step: dict[str, Any], browser: Browser) -> httpx.Response:
        """Begin an upload, and remember it by its name in the case."""
        key = step.get("key", "key")
        answer = browser.post("/api/uploads", json=self.file(step), headers={"Idempotency-Key": key})
        if answer.status_code == 201:
            self.keep(step, answer.json())
        return answer

    def create_many(self, step: dict[str, Any], browser: Browser) -> httpx.Response:
        """The same in one call."""
        files = [{"key": one.get("key", "key"), **self.file(one)} for one in step["files"]]
        answer = browser.post("/api/batch/create", json={"files": files})
        for one, result in zip(step["files"], answer.json().get("results", ()), strict=answer.is_success):
            if "upload" in result:
                self.keep(one, result["upload"])
        return answer

    @staticmethod
    def file(step: dict[str, Any]) -> dict[str, Any]:
        """What is said of a file."""
        file = {"name": "a.bin", "size": 40, "type": "application/octet-stream"}
        file |= {"last_modified": "2026-05-01T08:00:00.000Z"}
        return file | {name: amount(value) for name, value in step.get("file", {}).items()}

    def keep(self, step: dict[str, Any], upload: dict[str, Any]) -> None:
        """Under its name in the case, with what was signed for it before, if it is the same."""
        name = step.get("as", "it")
        known = self.uploads.get(name, {})
        grants = known["grants"] if known.get("id") == upload["id"] else {"last": {}}
        self.uploads[name] = {**upload, "grants": grants}

    def listed(self, browser: Browser) -> list[Any]:
        """All pages, as the browser half reads them."""
        found: list[Any] = []
        cursor = ""
        while cursor is not None:
            page = browser.get("/api/uploads", params={"limit": 2, **({"cursor": cursor} if cursor else {})}).json()
            found += page["uploads"]
            cursor = page["next_cursor"]
        return found

    def sign(self, step: dict[str, Any], browser: Browser, upload: dict[str, Any]) -> httpx.Response:
        """Ask for addresses or forms, and keep them."""
        claims = self.claims(step, upload)
        self.store.long_ago = step.get("long_ago", False)
        voucher = {name: step[name] for name in VOUCHER if name in step}
        verb, how = ("parts", "put") if step["do"] == "sign" else ("handover", "post")
        answer = browser.post(f"/api/uploads/{upload['id']}/{verb}", json={"parts": claims, **voucher})
        self.store.long_ago = False
        self.grant(step, upload, how, answer.json().get("parts", []))
        return answer

    def sign_many(self, step: dict[str, Any], browser: Browser) -> httpx.Response:
        """Ask for addresses of several uploads in one call, and keep them as for each alone."""
        wanted = [
            {
                "id": self.uploads[one["of"]]["id"],
                "parts": self.claims(one, self.uploads[one["of"]]),
                **{name: one[name] for name in VOUCHER if name in one},
            }
            for one in step["uploads"]
        ]
        answer = browser.post("/api/batch/sign", json={"uploads": wanted})
        for one, result in zip(step["uploads"], answer.json().get("results", ()), strict=answer.is_success):
            self.grant(one, self.uploads[one["of"]], "put", result.get("signed", {}).get("parts", []))
        return answer

    def claims(self, step: dict[str, Any], upload: dict[str, Any]) -> list[Any]:
        """What is said of the parts."""
        numbers = range(1, step["first"] + 1) if "first" in step else step["parts"]
        claims: list[Any] = []
        for one in numbers:
            part = one if isinstance(one, dict) else {"number": one}
            body = self.bytes(upload, {"part": part["number"], "bytes": part.get("bytes", "right")})
            digest = self.value(part["sha256"], upload) if "sha256" in part else sha256(body)
            left = upload["size"] - (part["number"] - 1) * upload["part_size"]
            size = amount(part.get("size", max(0, min(left, upload["part_size"]))))
            claims.append({"number": part["number"], "size": size, "sha256": digest})
        return claims

    @staticmethod
    def grant(step: dict[str, Any], upload: dict[str, Any], how: str, parts: list[Any]) -> None:
        """Keep what was signed."""
        for part in parts:
            for name in ("last", step.get("as", "last")):
                kept = upload["grants"].setdefault(name, {})
                kept[how, part["number"]] = part
                if "form" in part:
                    kept["form", part["number"]] = part["form"]

    @staticmethod
    def bytes(upload: dict[str, Any], step: dict[str, Any]) -> bytes:
        """The body that a step is about."""
        kind = step.get("bytes", "right")
        start = (step["part"] - 1) * upload["part_size"]
        body = whole(upload["size"], kind)[max(0, start) : max(0, start + upload["part_size"])]
        return {"short": body[1:], "long": body + b"x", "empty": b""}.get(kind, body)

    def digest(self, upload: dict[str, Any], step: dict[str, Any], given: dict[str, str]) -> dict[str, str]:
        """The signed headers or fields, with the digest that the step wants."""
        wanted = step.get("digest")
        if wanted is None:
            return given
        others = {name: value for name, value in given.items() if name != HEADER}
        return others if wanted == "none" else {**others, HEADER: sha256(self.bytes(upload, {**step, "bytes": wanted}))}

    def value(self, wanted: Any, upload: dict[str, Any]) -> Any:
        """What the words of a case mean."""
        found = re.fullmatch(r"digest of (other )?part (\d+)", str(wanted))
        if found is None:
            return amount(wanted)
        return sha256(self.bytes(upload, {"part": int(found[2]), "bytes": "other" if found[1] else "right"}))

    def compare_each(self, found: list[Any], step: dict[str, Any]) -> None:
        """Hold each result of a call about many against what is expected of it."""
        said = {"create many": "files", "sign many": "uploads"}.get(step["do"], "of")
        names = [one if isinstance(one, str) else one.get("of", one.get("as", "it")) for one in step[said]]
        for index, wanted in enumerate(step.get("expect", [])):
            assert set(found[index]) == set(wanted) - {"members"}, f"answer[{index}]: {found[index]}"
            if "problem" in found[index]:
                assert found[index]["problem"]["detail"].endswith(".")
            self.compare(found[index], wanted, self.uploads.get(names[index], {}), f"answer[{index}]")
        assert len(found) == len(names)
        assert len(step.get("expect", found)) == len(found)

    def compare(self, found: Any, wanted: Any, upload: dict[str, Any], at: str = "answer") -> None:
        """Hold what came against what a case wants of it."""
        if isinstance(wanted, list):
            assert len(found) == len(wanted), f"{at}: {found}"
            for index, one in enumerate(wanted):
                self.compare(found[index], one, upload, f"{at}[{index}]")
            return
        if isinstance(wanted, dict):
            if "members" in wanted:
                assert set(found) == set(wanted["members"]), at
            for name, value in wanted.items():
                if name != "members":
                    self.compare(found.get(name), value, upload, f"{at}.{name}")
            return
        how, _, name = str(wanted).rpartition(" ")
        if wanted == "a text":
            assert isinstance(found, str), at
            assert found, at
        elif how == "same as":
            assert found == self.remembered[name], at
        elif how == "not":
            assert found != self.remembered[name], at
        elif how == "later than":
            assert datetime.fromisoformat(found) > datetime.fromisoformat(self.remembered[name]), at
        elif how == "at":
            assert datetime.fromisoformat(found) == datetime.fromisoformat(name), at
        else:
            assert found == self.value(wanted, upload), at


def amount(value: Any) -> Any:
    """`2.5 units + 3` in bytes; anything else as it is."""
    found = re.fullmatch(r"([\d.]+) units?(?: \+ (\d+))?", str(value))
    return int(float(found[1]) * UNIT) + int(found[2] or 0) if found else value


def whole(size: int, version: str) -> bytes:
    """The file in one of its versions; one too large to be sent here is not made."""
    return noise(min(size, 16 * MIB), 1 if version == "other" else 0)


def said(answer: httpx.Response) -> dict[str, Any]:
    """What the store says, as the browser half reads it."""
    code = re.search(r"<Code>(\w+)</Code>", answer.text)
    etag, checksum = answer.headers.get("etag", ""), answer.headers.get(HEADER, "")
    return {"status": answer.status_code, "code": code[1] if code else "", "etag": etag, "checksum": checksum}
