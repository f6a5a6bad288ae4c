"""Misconfigurations, each planted with real parts: the doctor says the right sentence about each, and nothing of a site that is well."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import sqlite3
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from smartupload.adapters import disk
from smartupload.adapters.s3.store import S3Store
from smartupload.data_folder import FolderLock
from smartupload.devstack import DevStack
from smartupload.doctor import near
from smartupload.doctor.command import CHECKS, examine
from smartupload.doctor.finding import Finding
from smartupload.migrations import history
from smartupload.settings import load
from tests.browser.server import free_port
from tests.contract.matrix import real
from tests.doctor import parts
from tests.environment.programs import small_disk
from tests.fixtures_mail import PASSWORD, USER, Certificate, certificate, smtp_sink
from tests.fixtures_store import s3_store, seaweed, stack
from tests.provider import Provider, provider

__all__ = ["certificate", "provider", "seaweed", "small_disk", "stack"]

LOCAL = "http://localhost:3000"
SITE = "https://up.example.org"


class Patient:
    """A site whose settings are well, unless changed."""

    def __init__(self, stack: DevStack, folder: Path, site: str = LOCAL) -> None:
        self.folder = folder
        self.given = {
            "data_dir": str(folder),
            "public_url": site,
            "s3_endpoint_url": stack.endpoint_url,
            "s3_access_key_id": stack.identity.access_key_id,
            "s3_secret_access_key": stack.identity.secret_access_key,
            "s3_bucket": f"bucket-{secrets.token_hex(6)}",
        }

    @property
    def settings(self) -> Any:
        return load({f"SMARTUPLOAD_{name.upper()}": value for name, value in self.given.items()})

    def has_bucket(self) -> Any:
        """As the app makes it; boto3's client for what is to be spoilt."""
        store = s3_store(
            self.given["s3_endpoint_url"],
            bucket=self.given["s3_bucket"],
            access_key_id=self.given["s3_access_key_id"],
            secret_access_key=self.given["s3_secret_access_key"],
            encryption="AES256",
        )
        store.look_at_bucket([self.given["public_url"]], 37, 7)
        return store._client  # pyright: ignore[reportPrivateUsage]

    def asked(self, check: str, **changes: str) -> list[Finding]:
        self.given |= changes
        return list(CHECKS[check](self.settings))


@pytest.fixture
def patient(stack: DevStack, tmp_path: Path) -> Patient:
    return Patient(stack, tmp_path)


def only(found: list[Finding]) -> Finding:
    assert len(found) == 1, found
    assert all((found[0].what, found[0].why, found[0].remedy))
    return found[0]


# -- the store


def test_a_store_that_is_well(patient: Patient) -> None:
    patient.has_bucket()
    assert patient.asked("store") == []


def test_the_embedded_store_of_the_app_that_runs_here(stack: DevStack, seaweed: S3Store) -> None:
    settings = load({"SMARTUPLOAD_DATA_DIR": str(stack.data_dir)})
    assert list(CHECKS["store"](settings)) == []
    public = settings.model_copy(update={"public_url": SITE})
    assert "address" in {one.about for one in CHECKS["store"](public)}, "nobody elsewhere reaches it"


def test_the_embedded_store_where_the_app_never_ran(tmp_path: Path) -> None:
    one = only(list(CHECKS["store"](load({"SMARTUPLOAD_DATA_DIR": str(tmp_path)}))))
    assert (one.kind, one.remedy) == ("note", "Start the app, then ask again.")


def test_no_bucket(patient: Patient) -> None:
    one = only(patient.asked("store"))
    assert (one.about, one.kind) == ("bucket", "wrong")
    assert one.what == f"There is no bucket {patient.given['s3_bucket']}."
    assert "s3api create-bucket --bucket bucket-" in one.remedy


@pytest.mark.parametrize(
    ("setting", "code"), [("s3_secret_access_key", "SignatureDoesNotMatch"), ("s3_access_key_id", "InvalidAccessKeyId")]
)
def test_wrong_keys(patient: Patient, setting: str, code: str) -> None:
    one = only(patient.asked("store", **{setting: "wrong"}))
    assert one.kind == "wrong"
    assert f"{code}. " in one.what
    assert f"SMARTUPLOAD_{setting.upper()}" in one.what
    assert one.remedy.startswith("Set SMARTUPLOAD_S3_ACCESS_KEY_ID and ")


def test_a_store_that_is_away(patient: Patient) -> None:
    one = only(patient.asked("store", s3_endpoint_url=f"http://127.0.0.1:{free_port()}"))
    assert (one.about, one.kind) == ("store", "wrong")
    assert "does not answer" in one.what


def test_no_credentials(patient: Patient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    one = only(patient.asked("store", s3_access_key_id="", s3_secret_access_key=""))
    assert one.about == "credentials"
    assert "no credentials elsewhere" in one.what


ROLE = """
import json, datetime
ends = datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes={minutes})
print(json.dumps({{"Version": 1, "AccessKeyId": "key", "SecretAccessKey": "s", "SessionToken": "t", "Expiration": ends.isoformat()}}))
"""


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (40, "The credentials are good for 39 minutes only."),
        (300, ""),
        (None, "The credentials are of a session that does not say when it ends."),
    ],
)
def test_how_long_credentials_are_good(
    patient: Patient, stack: DevStack, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, minutes: int | None, said: str
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "role.py").write_text(ROLE.format(minutes=minutes))
    of_role = "" if minutes is None else f"credential_process = {sys.executable} {tmp_path / 'role.py'}\n"
    (tmp_path / "config").write_text(f"[default]\n{of_role}")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    if minutes is None:
        for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN"):
            monkeypatch.setenv(f"AWS_{name}", "of-a-session")
    with real("moto", stack) as store:
        given = {"s3_endpoint_url": store.endpoint_url, "s3_access_key_id": "", "s3_secret_access_key": ""}
        found = [one for one in patient.asked("store", **given) if one.about == "credentials"]
    assert bool(found) is bool(said)
    assert only(found).what == said if said else True


def test_cors_of_another_site(patient: Patient) -> None:
    client = patient.has_bucket()
    client.delete_bucket_cors(Bucket=patient.given["s3_bucket"])
    rule = {"AllowedOrigins": ["https://other.example"], "AllowedMethods": ["PUT"], "AllowedHeaders": ["*"]}
    client.put_bucket_cors(Bucket=patient.given["s3_bucket"], CORSConfiguration={"CORSRules": [rule]})
    one = only([one for one in patient.asked("store", public_url=SITE) if one.about == "cors"])
    assert one.kind == "wrong"
    assert f"Pages of {SITE} cannot upload" in one.what
    assert "put-bucket-cors" in one.remedy
    assert client.get_bucket_cors(Bucket=patient.given["s3_bucket"])["CORSRules"][0]["AllowedOrigins"] == [
        "https://other.example"
    ], "a doctor changes nothing"


OF_SITE = {"AllowedOrigins": [SITE], "AllowedMethods": ["PUT", "GET", "HEAD", "POST"], "AllowedHeaders": ["*"]}
EXPOSES = {"ExposeHeaders": ["ETag", "x-amz-checksum-sha256"]}


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (OF_SITE | EXPOSES | {"AllowedMethods": ["GET", "HEAD"]}, "a browser is not let PUT"),
        (OF_SITE | EXPOSES | {"AllowedMethods": ["PUT", "GET", "HEAD"]}, "POST is not allowed"),
        (
            OF_SITE | EXPOSES | {"AllowedHeaders": ["content-type"]},
            "a browser is not let PUT with the headers content-type, x-amz-checksum-sha256",
        ),
        (OF_SITE, "the header ETag is not exposed"),
        (OF_SITE | {"ExposeHeaders": ["ETag"]}, "the header x-amz-checksum-sha256 is not exposed"),
        (OF_SITE | EXPOSES, ""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_cors_that_keeps_something_back(patient: Patient, rule: dict[str, Any], said: str) -> None:
    client = patient.has_bucket()
    client.put_bucket_cors(Bucket=patient.given["s3_bucket"], CORSConfiguration={"CORSRules": [rule]})
    found = [one for one in patient.asked("store", public_url=SITE) if one.about == "cors"]
    assert bool(found) is bool(said)
    assert said in only(found).what if said else True


def test_no_lifecycle(patient: Patient) -> None:
    client = patient.has_bucket()
    client.delete_bucket_lifecycle(Bucket=patient.given["s3_bucket"])
    one = only(patient.asked("store"))
    assert (one.about, one.kind) == ("lifecycle", "note")
    assert "keeps what is left unfinished" in one.what
    assert "put-bucket-lifecycle-configuration" in one.remedy


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"Expiration": {"Days": 90}}, "the lifecycle rule all deletes files after 90 days"),
        (
            {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 2}},
            "the lifecycle rule all gives unfinished uploads up after 2 days",
        ),
    ],
)
def test_lifecycle_rules_that_take_too_much(patient: Patient, rule: dict[str, Any], said: str) -> None:
    client = patient.has_bucket()
    there = client.get_bucket_lifecycle_configuration(Bucket=patient.given["s3_bucket"])["Rules"]
    theirs = {"ID": "all", "Filter": {"Prefix": ""}, "Status": "Enabled"} | rule
    client.put_bucket_lifecycle_configuration(
        Bucket=patient.given["s3_bucket"], LifecycleConfiguration={"Rules": [theirs, *there]}
    )
    one = only(patient.asked("store"))
    assert one.about == "lifecycle"
    assert said in one.what


def test_a_store_that_takes_any_bytes(patient: Patient, stack: DevStack) -> None:
    with real("moto", stack) as store:
        patient.given |= {"s3_endpoint_url": store.endpoint_url, "s3_access_key_id": "key", "s3_secret_access_key": "s"}
        patient.has_bucket()
        found = {one.about: one for one in patient.asked("store")}
    assert found["digest"].what == "The store takes other bytes than the signed ones."
    assert found["length"].what == "The store takes another length than the signed one."


def test_a_store_that_lists_no_parts(patient: Patient, stack: DevStack) -> None:
    with real("s3rver", stack) as store:
        patient.given |= {"s3_endpoint_url": store.endpoint_url} | dict.fromkeys(
            ("s3_access_key_id", "s3_secret_access_key"), "S3RVER"
        )
        patient.has_bucket()
        found = [one.what for one in patient.asked("store")]
    assert "The store does not say which parts have arrived (MethodNotAllowed)." in found
    assert "The store takes no forms, or copies no parts (NotImplemented)." in found


@pytest.mark.parametrize("fault", list(parts.ENCRYPTION))
def test_an_encryption_that_the_store_refuses(patient: Patient, fault: str) -> None:
    patient.has_bucket()
    with parts.proxy(patient.given["s3_endpoint_url"], fault) as address:
        one = only(
            [one for one in patient.asked("store", s3_endpoint_url=address) if one.about in ("encryption", "forms")]
        )
    assert one.kind == "wrong"
    assert (
        one.what
        == f"The store does not encrypt as SMARTUPLOAD_S3_ENCRYPTION=AES256 asks ({parts.ENCRYPTION[fault][1]})."
    )
    assert "SMARTUPLOAD_S3_ENCRYPTION=off" in one.remedy


def test_a_host_that_browsers_cannot_reach(patient: Patient) -> None:
    patient.has_bucket()
    there, away = patient.given["s3_endpoint_url"], f"http://127.0.0.1:{free_port()}"
    one = only(patient.asked("store", s3_public_endpoint_url=f"{there},{away}"))
    assert (one.about, one.kind) == ("cors", "note")
    assert f"What a browser sees at {away} is not known" in one.what


def test_an_https_page_with_an_http_store(patient: Patient) -> None:
    found = patient.asked("store", public_url=SITE, s3_public_endpoint_url="http://s3.example.org")
    one = next(one for one in found if one.about == "https")
    assert one.what == f"The page is at {SITE}, and browsers would send to http://s3.example.org."


def test_a_store_at_the_machine_of_whoever_looks(patient: Patient) -> None:
    one = next(one for one in patient.asked("store", public_url=SITE) if one.about == "address")
    assert "which is their own machine" in one.what


def test_a_clock_that_is_wrong(patient: Patient) -> None:
    with parts.saying(403, when=datetime.now(UTC) + timedelta(hours=1)) as address:
        one = next(one for one in patient.asked("store", s3_endpoint_url=address) if one.about == "clock")
    assert 3595 <= int(one.what.split("clock is ")[1].split()[0]) <= 3605
    assert "ahead of" in one.what


# -- near


def test_a_database_of_a_newer_version(patient: Patient) -> None:
    with contextlib.closing(sqlite3.connect(patient.folder / "smartupload.sqlite")) as database, database:
        database.execute("CREATE TABLE smartupload_version (version_num VARCHAR(32))")
        database.execute("INSERT INTO smartupload_version VALUES ('9999')")
    one = only(patient.asked("database"))
    assert (one.about, one.kind) == ("database", "wrong")
    assert one.what == "The database has the schema 9999, which this version does not know."


def test_a_database_of_an_older_version_and_one_of_this(patient: Patient) -> None:
    made = sa.create_engine(f"sqlite:///{patient.folder / 'smartupload.sqlite'}")
    for version in ("0018", "head"):
        with made.begin() as connection:
            history.upgrade(connection, version)
            newest = history.standing(connection)[1]
        found = patient.asked("database")
        if version == "head":
            assert found == []
        else:
            one = only(found)
            assert (one.kind, one.what) == ("note", f"The database has the schema {version}, the newest is {newest}.")
            assert "brings it up to date" in one.why
    made.dispose()


def test_a_file_that_is_no_database(patient: Patient) -> None:
    parts.garbage(patient.folder / "smartupload.sqlite")
    assert only(patient.asked("database")).what == "The database cannot be used: file is not a database"


def test_a_database_server_that_is_away(patient: Patient) -> None:
    one = only(patient.asked("database", database_url=f"postgresql://u@127.0.0.1:{free_port()}/d"))
    assert "The database cannot be used: " in one.what


def test_a_broken_key_for_pushes(patient: Patient) -> None:
    (patient.folder / "vapid.key").write_text("no key")
    one = only(patient.asked("push"))
    assert "vapid.key holds no P-256 key" in one.what


def test_a_site_without_https(patient: Patient) -> None:
    one = only(patient.asked("push", public_url="http://up.example.org"))
    assert (one.about, one.what) == ("https", "The site is at http://up.example.org, which is not https.")


def test_a_full_disk(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near, "_LITTLE", 1 << 60)  # more than any disk has
    one = only(patient.asked("disk"))
    assert one.kind == "wrong"
    assert "MiB are free" in one.what


def test_a_disk_on_which_no_file_is_taken(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "kept", lambda total: 1 << 60)
    patient.given = {"data_dir": str(patient.folder)}
    one = only(patient.asked("disk"))
    sentence = disk.Disk(patient.folder).sentence()
    assert one.what == f"{sentence[0].upper()}{sentence[1:]}.", "as the log and /readyz say it"
    assert str(patient.folder) in one.remedy
    assert "store_full" in one.why


def test_a_data_folder_that_may_only_be_read(patient: Patient, small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    one = only(patient.asked("disk", data_dir=str(small_disk / "data")))
    assert one.what == f"The data folder {small_disk / 'data'} cannot be written."
    assert "on another disk" in one.remedy, "chown helps nothing there"


@pytest.mark.parametrize(("name", "command"), [("", "chown -R"), ("below/it", "install -d -m 700 -o")])
def test_a_data_folder_of_somebody_else(
    patient: Patient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, command: str
) -> None:
    monkeypatch.setattr(near.os, "access", lambda place, how: False)
    folder = tmp_path / "its room" / name
    (tmp_path / "its room").mkdir()
    one = only(patient.asked("disk", data_dir=str(folder)))
    assert one.remedy == f"""sudo {command} "$(id -un)" '{folder}'""", "what lies above it stays whose it is"


@pytest.mark.parametrize(
    ("name", "said"), [("file", "is a file."), ("file/below", "lies below {0}/file, which is a file.")]
)
def test_a_data_folder_that_is_a_file(patient: Patient, tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "file").touch()
    one = only(patient.asked("disk", data_dir=str(tmp_path / name)))
    assert (one.kind, one.remedy) == ("wrong", "Set SMARTUPLOAD_DATA_DIR to a folder.")
    assert one.what == f"The data folder {tmp_path / name} {said.format(tmp_path)}"


def test_a_data_folder_that_is_not_there_is_told_of_and_not_made(tmp_path: Path) -> None:
    folder = tmp_path / "below" / "data"
    settings = load({"SMARTUPLOAD_DATA_DIR": str(folder), "SMARTUPLOAD_PORT": str(free_port())})
    found = examine(settings)
    assert [one.what for one in found if one.about == "disk"] == [f"There is no data folder {folder}."]
    assert "`python -m smartupload run` makes it" in next(one for one in found if one.about == "disk").remedy
    assert not folder.parent.exists()


def test_a_folder_that_another_process_has(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path)
    lock.take()
    settings = load({"SMARTUPLOAD_DATA_DIR": str(tmp_path), "SMARTUPLOAD_PORT": str(free_port())})
    one = only(list(CHECKS["environment"](settings)))
    assert one.about == "lock"
    assert f"in use by process {os.getpid()}" in one.what
    lock.release()
    assert list(CHECKS["environment"](settings)) == []


# -- helpers


def test_a_mail_server_that_is_away(patient: Patient) -> None:
    one = only(patient.asked("mail", smtp_url=f"smtp://127.0.0.1:{free_port()}"))
    assert "takes no mail" in one.what
    assert "Check host and port" in one.remedy


def test_a_mail_server_with_another_password(patient: Patient) -> None:
    with smtp_sink(auth=True, auth_require_tls=False) as sink:
        one = only(patient.asked("mail", smtp_url=f"smtp://{USER}:wrong@127.0.0.1:{sink.port}"))
        assert "Check user and password" in one.remedy
        assert (
            patient.asked(
                "mail",
                smtp_url=f"smtp://{USER}:{PASSWORD.replace('@', '%40').replace('/', '%2F')}@127.0.0.1:{sink.port}",
            )
            == []
        )
        assert sink.received == [], "nothing is sent"


def test_a_mail_server_without_tls(patient: Patient) -> None:
    with smtp_sink() as sink:
        one = only(patient.asked("mail", smtp_url=f"smtp://127.0.0.1:{sink.port}?tls=on"))
    assert "offers no STARTTLS" in one.remedy


def test_a_mail_server_with_a_certificate_of_its_own(patient: Patient, certificate: Certificate) -> None:
    with smtp_sink(tls_context=certificate.server) as sink:
        one = only(patient.asked("mail", smtp_url=f"smtp://127.0.0.1:{sink.port}?tls=on"))
    assert "certificate is not trusted" in one.remedy
    assert issubclass(ssl.SSLCertVerificationError, ssl.SSLError)


def test_an_identity_provider_that_is_away_is_another_one_or_is_well(patient: Patient, provider: Provider) -> None:
    given = {"access": "login", **provider.settings}
    assert patient.asked("sign-in", **given) == []
    away = only(patient.asked("sign-in", oidc_issuer=f"http://127.0.0.1:{free_port()}"))
    assert away.what.startswith("The identity provider does not answer: http://127.0.0.1:")
    with parts.saying(200, json.dumps({"issuer": "https://other.example"})) as address:
        another = only(patient.asked("sign-in", oidc_issuer=address))
    assert f"{address} says that it is 'https://other.example'" in another.what


def test_a_scanner_that_is_away(patient: Patient) -> None:
    one = only(patient.asked("scanner", clamd_url=f"tcp://127.0.0.1:{free_port()}"))
    assert (one.kind, one.why) == ("wrong", "Nothing is published unscanned: files wait.")


@pytest.mark.parametrize(
    ("days", "said"), [(0, ""), (2, ""), (40, "clamd's signatures are 40 days old."), (None, "does not say how old")]
)
def test_how_old_signatures_are(patient: Patient, days: int | None, said: str) -> None:
    dated = (
        "" if days is None else f"/27500/{(datetime.now(UTC) - timedelta(days=days)).strftime('%a %b %d %H:%M:%S %Y')}"
    )
    with parts.clamd(f"ClamAV 1.4.1{dated}") as address:
        found = patient.asked("scanner", clamd_url=address)
    assert said in only(found).what if said else found == []


# -- the front


@pytest.fixture(scope="module")
def site(stack: DevStack, tmp_path_factory: pytest.TempPathFactory) -> Generator[tuple[Patient, str]]:
    """The app, and what it is set to."""
    port = free_port()
    patient = Patient(stack, tmp_path_factory.mktemp("site"), f"http://localhost:{port}")
    patient.given["port"] = str(port)
    with parts.app(patient.settings, port) as url:
        yield patient, url


@pytest.mark.parametrize(
    ("fault", "about", "remedy"),
    [
        ("body", "body", "client_max_body_size"),
        ("events", "events", "proxy_buffering off"),
        ("websocket", "websocket", "proxy_set_header Upgrade"),
    ],
)
def test_a_proxy_that_spoils_something(site: tuple[Patient, str], fault: str, about: str, remedy: str) -> None:
    patient, app = site
    with parts.proxy(app, fault) as url:
        found = CHECKS["front"](patient.settings.model_copy(update={"public_url": url}))
    assert remedy in next(one for one in found if one.about == about).remedy
    assert (fault == "body") == any(one.about == "body" for one in found)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((301, "", {"Location": "https://other.example/healthz"}), "leads to https://other.example/healthz"),
        ((200, "<h1>Welcome to nginx</h1>", {}), "something else answers (status 200)"),
        ((502, "<h1>Bad Gateway</h1>", {}), "something else answers (status 502)"),
    ],
)
def test_somebody_else_at_the_address(patient: Patient, answer: tuple[int, str, dict[str, str]], said: str) -> None:
    with parts.saying(*answer) as url:
        assert said in only(patient.asked("front", public_url=url)).what


def test_nobody_at_the_address(patient: Patient) -> None:
    one = only(patient.asked("front", public_url=f"http://127.0.0.1:{free_port()}"))
    assert (one.about, one.kind) == ("address", "wrong")


# -- all of it


def run(patient: Patient, *more: str) -> tuple[int, str]:
    environment = {f"SMARTUPLOAD_{name.upper()}": value for name, value in patient.given.items()}
    done = subprocess.run(
        [sys.executable, "-m", "smartupload", "doctor", *more],
        env=environment | {"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_a_site_that_is_well(site: tuple[Patient, str]) -> None:
    """As the app has set everything at its start; a mail server and a scanner are there."""
    patient, _ = site
    now = datetime.now(UTC).strftime("%a %b %d %H:%M:%S %Y")
    with smtp_sink() as sink, parts.clamd(f"ClamAV 1.4.1/27500/{now}") as scanner:
        patient.given |= {"smtp_url": f"smtp://127.0.0.1:{sink.port}", "clamd_url": scanner}
        began = time.monotonic()
        code, said = run(patient)
        assert (code, said.splitlines()[-1][:12]) == (0, "All is well;"), said
        assert len(said.splitlines()) == 1
        print(said, f"said after {time.monotonic() - began:.1f} s")
        for setting in ("smtp_url", "clamd_url"):
            del patient.given[setting]


def test_what_is_wrong_makes_the_exit_code(patient: Patient) -> None:
    code, said = run(patient, "--json")
    told = json.loads(said)
    assert (code, told["ok"]) == (1, False)
    kinds = {one["about"]: one["kind"] for one in told["findings"]}
    assert (kinds["bucket"], kinds["mail"]) == ("wrong", "note")
    assert set(told["findings"][0]) == {"about", "what", "why", "remedy", "kind"}


def test_a_check_that_fails_or_hangs_is_a_finding_and_keeps_no_other_back(patient: Patient, seaweed: S3Store) -> None:
    def never(_: Any) -> list[Finding]:
        threading.Event().wait(60)
        return []

    def fails(_: Any) -> list[Finding]:
        raise LookupError("nobody knows")

    found = examine(patient.settings, {"hangs": never, "fails": fails, "disk": CHECKS["disk"]}, patience=1)
    assert [one.about for one in found[:2]] == ["hangs", "fails"]
    assert "hangs for 1 s" in found[0].what
    assert "LookupError: nobody knows" in found[1].what
