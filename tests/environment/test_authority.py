"""An authority of one's own, whose certificates nobody else knows: store, mail, webhook and identity provider behind real TLS."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable, Generator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from smartupload.adapters.s3.store import S3Store
from smartupload.devstack import DevStack
from smartupload.errors import ProviderFault, ProviderUnavailable, StoreUnavailable, TryAgain
from smartupload.notifiers import open_notifiers
from smartupload.ports import Mail, Message
from smartupload.runtime import _provider, open_store
from smartupload.settings import Settings, load
from tests.certificates import authority
from tests.fixtures_mail import Sink, sink
from tests.fixtures_store import seaweed, stack
from tests.provider import Provider
from tests.receiver import Receiver, receiver

__all__ = ["receiver", "seaweed", "sink", "stack"]


class Behind:
    """TLS on a port of its own; what comes through it is handed on in the clear."""

    def __init__(self, certificate: Path, target: int) -> None:
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(certificate)
        self._target = target
        self._loop = asyncio.new_event_loop()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(asyncio.start_server(self._through, sock=self._socket, ssl=self._tls))
        self._loop.run_forever()

    async def _through(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, on = await asyncio.open_connection("127.0.0.1", self._target)

        async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
            try:
                while piece := await source.read(1 << 16):
                    sink.write(piece)
                    await sink.drain()
            except OSError:
                pass
            finally:
                sink.close()

        await asyncio.gather(pump(reader, on), pump(back, writer))

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)


@pytest.fixture
def behind(tmp_path: Path) -> Generator[tuple[Path, Callable[[int], int]]]:
    """The authority's certificate, and what puts a port behind TLS: it gives another port."""
    ca, certificate = authority(tmp_path)
    made: list[Behind] = []

    def put(target: int) -> int:
        made.append(Behind(certificate, target))
        return made[-1].port

    yield ca, put
    for one in made:
        one.close()


def both(ca: Path, folder: Path, **given: str) -> tuple[Settings, Settings]:
    """With the authority, and without."""
    known = {
        f"SMARTUPLOAD_{name.upper()}": value for name, value in {"data_dir": str(folder / "data"), **given}.items()
    }
    (folder / "data").mkdir()
    return load(known | {"SMARTUPLOAD_CA_FILE": str(ca)}), load(known)


Put = tuple[Path, Callable[[int], int]]


def test_the_store(behind: Put, stack: DevStack, seaweed: S3Store, tmp_path: Path) -> None:
    ca, put = behind
    keys = {
        "s3_access_key_id": stack.identity.access_key_id,
        "s3_secret_access_key": stack.identity.secret_access_key,
    }
    port = put(urlsplit(seaweed.endpoint_url).port or 0)
    knows, without = both(ca, tmp_path, s3_endpoint_url=f"https://127.0.0.1:{port}", **keys)
    for settings in (knows, without):
        store = open_store(settings)
        if settings is knows:
            store.ping()
            assert store.head("nothing") is None, "also past boto3"
        else:
            with pytest.raises(StoreUnavailable):
                store.ping()
        store.close()


def test_mail_and_webhook(behind: Put, receiver: Receiver, sink: Sink, tmp_path: Path) -> None:
    ca, put = behind
    mails, hooks = put(sink.port), put(urlsplit(receiver.url).port or 0)
    given = {
        "smtp_url": f"smtps://127.0.0.1:{mails}?tls=on",
        "webhook_url": f"https://127.0.0.1:{hooks}/",
        "webhook_secret": "geheim" * 5,
    }
    mail, message = Mail("anna@example.org", "s", "t", "<p>t</p>"), Message("1", "upload.ready", "{}", "{}")
    for settings in both(ca, tmp_path, **given)[::-1]:
        told = open_notifiers(settings)
        hook = told.webhook
        assert hook
        if settings.ca_file is None:
            with pytest.raises(TryAgain, match=r"(?i)certificate"):
                told.mailer.send(mail)
            with pytest.raises(TryAgain, match=r"(?i)certificate"):
                hook.send(message)
            assert (sink.received, receiver.taken) == ([], [])
        else:
            told.mailer.send(mail)
            hook.send(message)
    assert len(sink.wait_for(1)) == 1
    assert len(receiver.taken) == 1


def test_the_identity_provider(behind: Put, tmp_path: Path) -> None:
    ca, put = behind
    provider = Provider()
    try:
        port = put(urlsplit(provider.url).port or 0)
        given = {"oidc_issuer": f"https://localhost:{port}", "oidc_client_id": "us"}
        knows, without = both(ca, tmp_path, **given)
        with pytest.raises(ProviderUnavailable, match="CERTIFICATE_VERIFY_FAILED"):
            asyncio.run(_provider(without).farewell("http://localhost/"))
        # It is heard then, and says that it is another one: in the clear it has another address.
        with pytest.raises(ProviderFault, match="says that it is"):
            asyncio.run(_provider(knows).farewell("http://localhost/"))
    finally:
        provider.close()
