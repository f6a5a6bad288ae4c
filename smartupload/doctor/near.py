"""What the app keeps on its own machine: the database and its version, the disk, the key for pushes."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from smartupload import data_folder
from smartupload.adapters import here, trust, vapid
from smartupload.adapters.disk import Disk
from smartupload.adapters.s3.refusals import sentence
from smartupload.db import Database
from smartupload.doctor.finding import Finding, note
from smartupload.doctor.way import check_proxies
from smartupload.migrations import history
from smartupload.settings import Settings

_OLDEST_POSTGRES = 120_000
_LITTLE = 1024**3
_SHARE = 0.05


def check_database(settings: Settings) -> Sequence[Finding]:
    """Whether it answers, and which schema it has."""
    url = sa.make_url(settings.database)
    if url.get_backend_name() == "sqlite" and not os.path.exists(url.database or ""):
        return []  # made at the first start, with its folder
    db = Database(settings.database)
    try:
        with db.engine.connect() as connection:
            return list(_versions(db, connection))
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        what = f"The database cannot be used: {cause}"
        return [
            Finding("database", what, "The app does not start.", "Check SMARTUPLOAD_DATABASE_URL and the server's log.")
        ]
    finally:
        db.close()


def _versions(db: Database, connection: sa.Connection) -> Iterator[Finding]:
    if not db.is_sqlite:
        number = int(str(connection.execute(sa.text("SHOW server_version_num")).scalar_one()))
        if number < _OLDEST_POSTGRES:
            what = f"PostgreSQL {number // 10_000} is older than 12."
            yield Finding("database", what, "The app is tested with 12 and newer.", "Upgrade the server.")
    has, newest, is_known = history.standing(connection)
    if has and not is_known:
        what = f"The database has the schema {has}, which this version does not know."
        yield Finding(
            "database",
            what,
            "The app does not start.",
            "Install the newer version again, or put back the backup from before.",
        )
    elif has != newest:
        what = f"The database has the schema {has or 'of no version yet'}, the newest is {newest}."
        yield note("database", what, "The app brings it up to date when it starts.", "End all older processes first.")


def check_disk(settings: Settings) -> Sequence[Finding]:
    """Room and rights in the data folder."""
    folder = settings.data_dir.resolve()
    there = next((one for one in (folder, *folder.parents) if one.is_dir()), folder)
    kept = "Database and keys lie there."
    if said := data_folder.is_a_file(folder):
        what, _, remedy = f"The data folder {folder} {said}".partition(". ")
        return [Finding("disk", f"{what}.", f"{kept} The app does not start.", remedy)]
    if not os.access(there, os.W_OK):
        what = f"The data folder {folder} cannot be written."
        return [Finding("disk", what, kept, _to_write(folder, there))]
    usage = shutil.disk_usage(there)
    if there != folder:
        what = f"There is no data folder {folder}."
        remedy = "`python -m smartupload run` makes it. Where it should be there, set SMARTUPLOAD_DATA_DIR to it, or put its disk back."
        return [
            note("disk", what, "Database and keys lie there: a start begins with nothing.", remedy),
            *_room(settings, folder, there, usage),
        ]
    return _room(settings, folder, there, usage)


def _to_write(folder: Path, there: Path) -> str:
    """What makes it one that can be. `there`: it, or the nearest of its parents, which is somebody else's and stays so."""
    if os.statvfs(there).f_flag & os.ST_RDONLY:
        return "Set SMARTUPLOAD_DATA_DIR to a folder on another disk: this one may only be read."
    give = "chown -R" if there == folder else "install -d -m 700 -o"
    return f'sudo {give} "$(id -un)" {shlex.quote(str(folder))}'


def _room(settings: Settings, folder: Path, there: Path, usage: shutil._ntuple_diskusage) -> Sequence[Finding]:
    disk = Disk(there)
    if settings.embedded_store and disk.room() <= 0:
        what = sentence(disk.sentence())
        remedy = (
            f"Make room where {folder} lies: it goes on by itself then. Or set SMARTUPLOAD_DATA_DIR to another disk."
        )
        return [Finding("disk", what, "No file is taken (store_full).", remedy)]
    if usage.free < _LITTLE or usage.free < _SHARE * usage.total:
        what = f"Of the disk of {folder} {usage.free // 1024**2} MiB are free."
        why = "A full disk stops the database" + (" and the embedded store." if settings.embedded_store else ".")
        kind = "wrong" if usage.free < _LITTLE else "note"
        return [Finding("disk", what, why, "Make room, or set SMARTUPLOAD_DATA_DIR to another disk.", kind)]
    return []


def check_environment(settings: Settings) -> Sequence[Finding]:
    """Proxies that calls go through, and who has the data folder."""
    found = list(check_proxies(settings))
    holder = data_folder.holder(settings.data_dir.resolve()) if settings.embedded_store else None
    if holder is not None and not _answers(settings):
        what = f"The data folder is in use by process {holder}, and nobody answers at {settings.site_url}."
        why = "No other app can run over it."
        remedy = "Start the doctor with that app's settings, or stop that process if it hangs."
        found.append(Finding("lock", what, why, remedy))
    return found


def _answers(settings: Settings) -> bool:
    try:
        tls = trust.context(settings.trusted_file)
        with httpx.Client(timeout=5, verify=tls, mounts=here.PAST_PROXIES) as client:
            return client.get(f"{settings.site_url}/healthz").status_code == 200
    except httpx.HTTPError:
        return False


def check_push(settings: Settings) -> Sequence[Finding]:
    """The key that pushes are signed with, and whether browsers take pushes of this site."""
    found: list[Finding] = []
    if settings.vapid_private_key or (settings.data_dir / vapid.FILE).exists():
        try:
            vapid.private_key(settings.vapid_private_key, settings.data_dir)
        except ValueError as wrong:
            remedy = "Put the backup of vapid.key back; without it everybody has to ask for pushes again."
            found.append(Finding("push", str(wrong), "The app does not start.", remedy))
    parts = urlsplit(settings.site_url)
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1"):
        what = f"The site is at {settings.site_url}, which is not https."
        why = "Browsers keep no files, check no digests and take no pushes there: nothing can be uploaded."
        found.append(
            Finding("https", what, why, "Put a proxy with a certificate before it, and set SMARTUPLOAD_PUBLIC_URL.")
        )
    return found
