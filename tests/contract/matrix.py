"""What stores can: real ones that run here, and answers of others, replayed over the embedded one; one row of docs/stores.md each."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Generator, Mapping
from typing import Any

from botocore.awsrequest import AWSResponse
from moto.server import ThreadedMotoServer
from smartupload_testing.wait import wait_for

from scripts import s3rver
from smartupload.adapters.s3.bucket.trial import Abilities, Trial, _sender  # pyright: ignore[reportPrivateUsage]
from smartupload.adapters.s3.store import S3Store
from smartupload.devstack import DevStack
from tests.contract.ceph import running
from tests.fixtures_store import aws_answer, s3_store

SITE = "https://up.example.org"
NOT_THERE = (501, "NotImplemented")
REPLAYED: Mapping[str, Mapping[str, tuple[int, str]]] = {
    "AWS S3": {},
    "Cloudflare R2": {"form": NOT_THERE, "tagging": NOT_THERE, "encrypt": NOT_THERE},
    "Backblaze B2": {"form": (405, "MethodNotAllowed"), "tagging": NOT_THERE},
    "Wasabi": {"cors": NOT_THERE},
    "Google Cloud Storage": {
        "copy": NOT_THERE,
        "tagging": (400, "InvalidArgument"),
        "cors": (400, "MalformedXML"),
        "lifecycle": (400, "MalformedXML"),
        "digest": (200, ""),
    },
    "MinIO": {"cors": NOT_THERE, "encrypt": NOT_THERE},
    "Ceph, before Squid": {"digest": (200, "")},
    "Garage": {"tagging": NOT_THERE, "encrypt": NOT_THERE},
}
"""What each refuses, as its documentation has it. MinIO without a key for encryption. `digest`: other bytes than the signed ones are taken, and no digest is told.

Ceph runs here as well, and holds its replay to the truth."""
REAL = ("SeaweedFS", "SeaweedFS, by host", "Ceph, before Squid", "moto", "s3rver")
COLUMNS = (
    ("bucket and rules", "set"),
    ("encryption", "encrypted"),
    ("other bytes refused", "digest"),
    ("another length refused", "length"),
    ("lists parts", "listed"),
    ("forms", "form"),
    ("forms held", "form_held"),
    ("copies parts", "copied"),
    ("composite SHA-256", "composite"),
    ("tags", "tagged"),
)


def row(name: str, store: S3Store, trial: Trial | None = None) -> str:
    """Its line of the table."""
    store.care.trial = trial or store.care.trial
    store.look_at_bucket([SITE], 37, 7)
    abilities = store.care.trial()
    rules = _has_rules(store)
    cells = [_word(rules if attribute == "set" else getattr(abilities, attribute)) for _, attribute in COLUMNS]
    return f"| {name} | {' | '.join(cells)} | {_verdict(store, abilities)} |"


def _has_rules(store: S3Store) -> bool:
    client: Any = store._client  # pyright: ignore[reportPrivateUsage]
    try:
        client.get_bucket_cors(Bucket=store.bucket)
        client.get_bucket_lifecycle_configuration(Bucket=store.bucket)
    except client.exceptions.ClientError:
        return False
    return True


def _word(found: Any) -> str:
    return "yes" if found else "no"


def _verdict(store: S3Store, abilities: Abilities) -> str:
    stops = [trouble for trouble in store.troubles if trouble.stops]
    if any("encrypt" not in trouble.what for trouble in stops):
        return "cannot be used"
    said = ["with `SMARTUPLOAD_S3_ENCRYPTION=off`"] if stops else []
    said += [] if store.takes_forms else ["nothing is handed over to browsers"]
    said += [] if abilities.tagged else ["no policy can tell what was scanned"]
    if not abilities.digest:
        said.append("damage is found at the end" if abilities.composite else "damage on the way is not found")
    return ", ".join(said) or "all of it"


@contextlib.contextmanager
def real(name: str, stack: DevStack) -> Generator[S3Store]:
    """One that runs here, with an empty account."""
    keys = {"access_key_id": stack.identity.access_key_id, "secret_access_key": stack.identity.secret_access_key}
    bucket, asked = f"bucket-{secrets.token_hex(6)}", {"encryption": "AES256"}
    with contextlib.ExitStack() as around:
        if name == "moto":
            server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
            server.start()
            around.callback(server.stop)
            host, port = server.get_host_and_port()
            store = s3_store(f"http://{host}:{port}", bucket=bucket, **asked)
        elif name == "s3rver":
            store = s3_store(
                around.enter_context(_s3rver()),
                bucket=bucket,
                access_key_id="S3RVER",
                secret_access_key="S3RVER",
                **asked,
            )
        elif name.startswith("Ceph"):
            ceph = around.enter_context(running())
            theirs = {"access_key_id": ceph.access_key_id, "secret_access_key": ceph.secret_access_key}
            store = s3_store(ceph.endpoint_url, bucket=bucket, **theirs, **asked)
        elif name == "SeaweedFS, by host":
            store = s3_store(
                stack.endpoint_url.replace("127.0.0.1", "localhost"), bucket=bucket, addressing="host", **keys, **asked
            )
        else:
            store = s3_store(stack.endpoint_url, bucket=bucket, **keys, **asked)
        around.callback(store.close)
        yield store


@contextlib.contextmanager
def _s3rver() -> Generator[str]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    folder = tempfile.mkdtemp(prefix="s3rver-")
    node = shutil.which("node") or "node"
    process = subprocess.Popen(
        [node, s3rver.get(), "-d", folder, "-a", "127.0.0.1", "-p", str(port), "-s"],
        stdout=subprocess.DEVNULL,
        env=os.environ,
    )

    def answers() -> bool:
        assert process.poll() is None, "s3rver ended"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return True
        return False

    try:
        wait_for(answers, 30, "s3rver to answer")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def replayed(name: str, stack: DevStack) -> Generator[tuple[S3Store, Trial]]:
    """The embedded store, which refuses what this one refuses."""
    says = REPLAYED[name]
    with real("SeaweedFS", stack) as store:
        client: Any = store._client  # pyright: ignore[reportPrivateUsage]

        def instead(request: Any, **_: Any) -> AWSResponse | None:
            kind = _kind(request.url.partition("?")[2], request.headers)
            return aws_answer(request.url, *says[kind]) if kind in says else None

        client.meta.events.register("before-send.s3", instead)
        if "digest" in says:  # who looks at no digest says none either
            client.meta.events.register("after-call.s3", lambda parsed, **_: parsed.pop("ChecksumSHA256", None))
        passes = _sender(client)

        def send(method: str, url: str, headers: Mapping[str, str], body: bytes) -> AWSResponse:
            if method == "POST" and "form" in says:
                return aws_answer(url, *says["form"])
            if "digest" in says and (body.count(0) == len(body) or (method == "POST" and bytes(64) in body)):
                return aws_answer(url, *says["digest"])
            return passes(method, url, headers, body)

        bucket: Any = store.care.bucket
        bucket.seen = lambda _: ""  # browsers are let in by whoever runs it
        encrypted = {"ServerSideEncryption": "AES256"}
        encrypting = {"x-amz-server-side-encryption": "AES256"}
        signer = store._clients.signer  # pyright: ignore[reportPrivateUsage]
        yield store, Trial(client, store.bucket, client, signer, encrypted, encrypting, send)


def _kind(query: str, headers: Any) -> str:
    if query.startswith(("cors", "lifecycle", "tagging")):
        return query.partition("=")[0].partition("&")[0]
    if "x-amz-copy-source" in headers:
        return "copy"
    return "encrypt" if "x-amz-server-side-encryption" in headers else ""


def table(stack: DevStack) -> list[str]:
    """All of it."""
    head = ["store", *(title for title, _ in COLUMNS), "what the app does with it"]
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for name in REAL:
        with real(name, stack) as store:
            lines.append(row(name, store))
    for name in (name for name in REPLAYED if name not in REAL):
        with replayed(name, stack) as (store, trial):
            lines.append(row(name, store, trial))
    return lines
