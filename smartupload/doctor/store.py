"""The store: reached, with which keys, its bucket and rules, what it can, and what a browser would see of it."""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx
from botocore.exceptions import BotoCoreError, ClientError

from smartupload.adapters import here, trust
from smartupload.adapters.s3.bucket.trial import Abilities
from smartupload.adapters.s3.preflight import Unclear
from smartupload.adapters.s3.store import S3Store
from smartupload.devstack import StoreFailed
from smartupload.devstack.identity import LOOPBACK
from smartupload.doctor.finding import Finding, note
from smartupload.doctor.way import untried
from smartupload.errors import StoreShut, StoreUnavailable
from smartupload.runtime import open_store
from smartupload.settings import Settings, WrongSetting

_SKEW = 240
"""Seconds: stores refuse signatures that are 15 minutes off, and both clocks may still drift apart."""
_SHORT = 3600
_NO_UPLOADS = "Nothing can be uploaded."
_OPERATING = "See docs/operating.md, A store of your own."
_ABOUT = {
    "bucket": _NO_UPLOADS,
    "cors": "Browsers refuse to send what the store does not let them send.",
    "lifecycle": "What is left unfinished costs money for ever once the app is gone; what goes too early has to be sent again.",
    "store": _NO_UPLOADS,
    "digest": "A signed address should be good for the signed bytes only.",
}


def check_store(settings: Settings) -> Sequence[Finding]:
    """All of it, at one opened store."""
    found = list(_addresses(settings))
    try:
        store = open_store(settings)
    except StoreFailed as failed:
        found.append(
            note("store", str(failed), "The embedded store runs with the app only.", "Start the app, then ask again.")
        )
        return found
    except (WrongSetting, BotoCoreError) as wrong:
        found.append(
            Finding(
                "credentials",
                str(wrong),
                _NO_UPLOADS,
                "Set SMARTUPLOAD_S3_ACCESS_KEY_ID and SMARTUPLOAD_S3_SECRET_ACCESS_KEY.",
            )
        )
        return found
    try:
        found += _clock(settings.s3_endpoint_url or store.endpoint_url, trust.context(settings.trusted_file))
        if trouble := _reached(store):
            return [*found, trouble]
        found += _life_of_credentials(store)
        given = (settings.origins[:1], settings.second_net_days, settings.abandon_after_days)
        troubles = store.care.bucket.look(*given, sets=False)
        found += [
            Finding(one.about, one.what, _ABOUT[one.about], one.remedy, "wrong" if one.stops else "note")
            for one in troubles
        ]
        if not any(one.about == "bucket" for one in troubles):
            found += _abilities(settings, store)
            if not any(one.about == "cors" for one in troubles):
                found += _seen(settings, store)
        return found
    except StoreUnavailable as away:
        return [
            *found,
            Finding("store", f"The store does not answer: {away.detail}", _NO_UPLOADS, "Look into its log."),
        ]
    finally:
        store.close()


def _remedy(detail: str) -> str:
    if "InvalidAccessKeyId" in detail or "SignatureDoesNotMatch" in detail:
        return "Set SMARTUPLOAD_S3_ACCESS_KEY_ID and SMARTUPLOAD_S3_SECRET_ACCESS_KEY to a pair that the store knows."
    return "Do what the sentence says, then ask again."


def _reached(store: S3Store) -> Finding | None:
    try:
        store.ping()
    except StoreShut as shut:
        if "NoSuchBucket" in shut.detail:
            return None  # the look says so, with the command
        return Finding("store", shut.detail, _NO_UPLOADS, _remedy(shut.detail))
    except StoreUnavailable as away:
        cause = away.__cause__
        if isinstance(cause, BotoCoreError) and (unknown := untried(store.endpoint_url)):
            return unknown
        if isinstance(cause, BotoCoreError):
            said = f"The store at {store.endpoint_url} does not answer: {cause}"
            return Finding(
                "store", said, _NO_UPLOADS, "Check SMARTUPLOAD_S3_ENDPOINT_URL, the network and the certificate."
            )
        if isinstance(cause, ClientError):
            said = f"The store at {store.endpoint_url} fails: {cause}"
            return Finding("store", said, _NO_UPLOADS, "Look into its log.")
    return None


def _life_of_credentials(store: S3Store) -> Iterator[Finding]:
    left = store.good_for(604_800)
    if left < _SHORT:
        what = f"The credentials are good for {left // 60} minutes only."
        why = "What is signed ends with them: what a browser sends with no page open fails after that."
        yield note(
            "credentials", what, why, "Have the role give them for hours (DurationSeconds), or name keys that stay."
        )
    elif store.has_session and left == 604_800:
        what = "The credentials are of a session that does not say when it ends."
        why = "Once it has ended nothing can be uploaded, and nobody exchanges it."
        yield note("credentials", what, why, "Let a role give them, or name keys that stay.")


def _clock(endpoint_url: str, tls: ssl.SSLContext) -> Iterator[Finding]:
    try:
        with httpx.Client(timeout=5, verify=tls, mounts=here.PAST_PROXIES) as client:
            told = client.get(endpoint_url).headers.get("date", "")
        ahead = round((parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds())
    except (httpx.HTTPError, TypeError, ValueError):
        return
    if abs(ahead) > _SKEW:
        what = f"The store's clock is {abs(ahead)} s {'ahead of' if ahead > 0 else 'behind'} this machine's."
        yield Finding(
            "clock",
            what,
            "A store refuses what is signed some minutes off (RequestTimeTooSkewed).",
            "timedatectl set-ntp true",
        )


def _addresses(settings: Settings) -> Iterator[Finding]:
    public = settings.s3_public_endpoint_url or (settings.s3_endpoint_url or f"http://{LOOPBACK}",)
    for address in public:
        parts = urlsplit(address)
        host = parts.hostname or ""
        if settings.site_url.startswith("https:") and parts.scheme == "http" and not _is_near(host):
            what = f"The page is at {settings.site_url}, and browsers would send to {address}."
            why = "Browsers let no https page send by http."
            yield Finding(
                "https", what, why, "Give the store https, and set SMARTUPLOAD_S3_PUBLIC_ENDPOINT_URL to that address."
            )
        if _is_near(host) and not _is_near(urlsplit(settings.site_url).hostname or ""):
            what = f"Browsers would send to {address}, which is their own machine."
            yield Finding(
                "address", what, _NO_UPLOADS, "Set SMARTUPLOAD_S3_PUBLIC_ENDPOINT_URL to an address that people reach."
            )


def _is_near(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _seen(settings: Settings, store: S3Store) -> Iterator[Finding]:
    for address, bucket in store.seen_at.items():
        try:
            if lacks := bucket.seen(settings.origins[0]):
                what = f"At {address} a page of {settings.origins[0]} cannot upload: {lacks}."
                yield Finding("cors", what, _ABOUT["cors"], f"Set the rules there. {_OPERATING}")
        except (Unclear, BotoCoreError) as unclear:
            what = f"What a browser sees at {address} is not known: {unclear}."
            yield note(
                "cors",
                what,
                "Parts go to those hosts that answer.",
                "Check SMARTUPLOAD_S3_PUBLIC_ENDPOINT_URL from a browser.",
            )


def _abilities(settings: Settings, store: S3Store) -> Iterator[Finding]:
    can: Abilities = store.care.trial()
    stores = "Name another store, see docs/stores.md."
    if can.opened.works is False:
        yield Finding("store", f"The store opens no multipart uploads ({can.opened.said}).", _NO_UPLOADS, stores)
    elif can.encrypted.works is False:
        what = f"The store does not encrypt as SMARTUPLOAD_S3_ENCRYPTION={settings.encryption} asks ({can.encrypted.said})."
        yield Finding("encryption", what, _NO_UPLOADS, "Set SMARTUPLOAD_S3_ENCRYPTION=off, or have the store encrypt.")
    elif can.opened.said:
        what = f"The credentials may not begin an upload ({can.opened.said})."
        yield Finding("rights", what, _NO_UPLOADS, f"Allow s3:PutObject below uploads/ and handover/. {_OPERATING}")
    if can.put.works is False or (can.put.works is None and can.put.said):
        what = f"The store refuses a part as a browser sends it ({can.put.said})."
        yield Finding("store", what, _NO_UPLOADS, "Have a proxy before it pass on Host, path and headers as they came.")
    if can.listed.works is False:
        what = f"The store does not say which parts have arrived ({can.listed.said})."
        yield Finding("store", what, "Nothing can be finished.", stores)
    if can.digest.works is False:
        yield Finding("digest", "The store takes other bytes than the signed ones.", _ABOUT["digest"], stores)
    if can.length.works is False:
        yield Finding("length", "The store takes another length than the signed one.", _ABOUT["digest"], stores)
    # Both are encrypted: where the store does not do that, nothing is known of them.
    if can.encrypted.works is not False and (can.form.works is False or can.copied.works is False):
        said = can.form.said or can.copied.said
        why = "Browsers send nothing with no page open; it goes on with the next visit."
        yield note("forms", f"The store takes no forms, or copies no parts ({said}).", why, stores)
    if settings.scans and can.tagged.works is not True:
        what = f"The store sets no tag on what was scanned ({can.tagged.said})."
        why = "Other programs cannot tell what is clean; a policy that asks for the tag shuts everything."
        yield note("tags", what, why, "Allow s3:PutObjectTagging and s3:GetObjectTagging, or have no such policy.")
