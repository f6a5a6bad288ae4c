"""When the store is started, restarted and stopped, and from when on it counts as there."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import time
import urllib.request
from typing import IO

import psutil
import structlog

from smartupload.adapters.disk import Disk
from smartupload.data_folder import FolderLock, FolderTrouble, check
from smartupload.devstack import weed
from smartupload.devstack.embedded import EmbeddedStore
from smartupload.devstack.full import FullDisk
from smartupload.devstack.identity import LOOPBACK, Identity, StoreEnded, StoreFailed
from smartupload.errors import Problem, StoreFault
from smartupload.settings import Settings

log = structlog.get_logger("smartupload.devstack")

_MAX_LOG = 10 * 1024 * 1024
_START_SECONDS = 60
_STOP_SECONDS = 5
_START_ATTEMPTS = 3
_LOOK_SECONDS = 0.2
_STABLE_SECONDS = 30
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Whatever proxy the environment names: that one cannot reach this machine."""
_BACKOFF = (0.0, 0.5, 1.0, 2.0, 5.0, 10.0)


class DevStack:
    """The embedded store of one data folder. `start` from the main thread; then `store` is the port over it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.data_dir = settings.data_dir.resolve()
        self.log_path = self.data_dir / "logs" / "store.log"
        self._file = self.data_dir / "store.json"
        self._process: subprocess.Popen[bytes] | None = None
        self._ended: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None
        self._stopping = False
        self.identity = Identity()
        self.store: EmbeddedStore | None = None
        self.disk = Disk(self.data_dir)
        self._lock = FolderLock(self.data_dir)

    # -- start and stop

    def start(self) -> EmbeddedStore:
        """Start the store and return once it answers, with bucket and CORS in place. Raises StoreFailed."""
        for _ in range(_START_ATTEMPTS - 1):
            self.spawn()
            with contextlib.suppress(StoreEnded):
                return self.wait()
            self.identity.ports = {}  # somebody may have taken one between our look and its bind
            self.identity.remember(self._file)
        self.spawn()
        return self.wait()

    async def start_async(self) -> EmbeddedStore:
        """The same in the main thread's event loop, which goes on meanwhile."""
        for _ in range(_START_ATTEMPTS - 1):
            self.spawn()
            with contextlib.suppress(StoreEnded):
                return await asyncio.to_thread(self.wait)
            self.identity.ports = {}
            self.identity.remember(self._file)
        self.spawn()
        return await asyncio.to_thread(self.wait)

    def spawn(self) -> None:
        """Start the process and return at once. Call it from the main thread: the store dies with that thread. Raises StoreFailed."""
        try:
            check(self.data_dir)
            self._lock.take()
        except FolderTrouble as trouble:
            raise StoreFailed(str(trouble)) from trouble
        (self.data_dir / "store").mkdir(mode=0o700, exist_ok=True)
        self.log_path.parent.mkdir(mode=0o700, exist_ok=True)
        self.identity = Identity.remembered(self._file)
        self.identity.end_stale()
        self.identity.settle_ports()
        self._rotate_log()
        self._run()

    def wait(self) -> EmbeddedStore:
        """Wait until the spawned store answers. Raises StoreFailed, StoreEnded when its process is gone."""
        deadline = time.monotonic() + _START_SECONDS
        self._until_answering(deadline)
        endpoint = self.endpoint_url
        if self.store is None or self.store.endpoint_url != endpoint:
            self.store = EmbeddedStore(
                self.disk,
                endpoint_url=endpoint,
                public_endpoint_urls=self.settings.s3_public_endpoint_url,
                bucket=self.settings.s3_bucket,
                region=self.settings.s3_region,
                access_key_id=self.identity.access_key_id,
                secret_access_key=self.identity.secret_access_key,
                addressing=self.settings.s3_addressing,
                encryption=self.settings.encryption,
                single_put=True,
                names_empty=True,
            )
        while True:
            try:
                self.store.make_bucket(self.settings.origins, self.settings.second_net_days)
                self.store.ping()
                return self.store
            except (Problem, StoreFault) as error:
                # It answers before its inner parts have found each other.
                if time.monotonic() > deadline:
                    raise StoreFailed(
                        f"The embedded store does not take its bucket: {error}. See {self.log_path}."
                    ) from error
                self._check_alive()
                time.sleep(0.05)

    @property
    def endpoint_url(self) -> str:
        """Where the store is, for the app and, unless S3_PUBLIC_ENDPOINT_URL says otherwise, for browsers."""
        return f"http://{LOOPBACK}:{self.identity.ports['s3.port']}"

    @property
    def pid(self) -> int:
        """The store's process, 0 when there is none."""
        return self._process.pid if self._process and self._process.poll() is None else 0

    async def watch(self) -> None:
        """Start the store again whenever it dies, slower when it keeps dying. Run it in the main thread's loop."""
        failures = 0
        began = time.monotonic()
        full = FullDisk(self.disk)
        while not self._stopping:
            process = self._process
            if process is None or process.poll() is None:
                await asyncio.sleep(_LOOK_SECONDS)
                if process is not None and full.is_over() and await asyncio.to_thread(self._is_hurt, full):
                    log.warning("the embedded store is started anew, since it may have failed for want of room")
                    await asyncio.to_thread(self._end, process)
                continue
            failures = failures + 1 if time.monotonic() - began < _STABLE_SECONDS else 0
            if process is not self._ended:
                log.error("the embedded store died", exit_code=process.returncode)
            await asyncio.sleep(_BACKOFF[min(failures, len(_BACKOFF) - 1)])
            if self._stopping:
                return
            began = time.monotonic()
            try:
                self._run()
                await asyncio.to_thread(self._until_answering, began + _START_SECONDS)
                log.info("the embedded store is back", seconds=round(time.monotonic() - began, 1))
            except (StoreFailed, OSError) as error:
                log.error("the embedded store did not come back", cause=str(error))

    def stop(self) -> None:
        """End the store: asked first, forced after five seconds."""
        self._stopping = True
        if self.store is not None:
            self.store.close()  # it waits for open connections before it ends
        process = self._process
        if process is not None:
            self._end(process)
            self.identity.pid = 0
            with contextlib.suppress(OSError):  # of a full disk; that process is known to be gone by its age, too
                self.identity.remember(self._file)
            self.identity.sweep_sockets()
        if self._log is not None:
            self._log.close()
            self._log = None
        self._lock.release()

    # -- the process

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        self._ended = process
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _is_hurt(self, full: FullDisk) -> bool:
        return full.was_empty or (self.store is not None and not self.store.takes_bytes())

    def _run(self) -> None:
        if self._log is None:
            self._log = self.log_path.open("ab")
        # A session of its own, so that Ctrl-C in the terminal reaches the app first, which then stops the store.
        self._process = subprocess.Popen(
            weed.command(self.settings, self.data_dir, self.identity),
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            env=weed.environment(self.identity),
            cwd=self.data_dir,
            start_new_session=True,
        )
        self.identity.pid = self._process.pid
        with contextlib.suppress(psutil.Error):
            self.identity.pid_created = psutil.Process(self._process.pid).create_time()
        self.identity.remember(self._file)

    def _until_answering(self, deadline: float) -> None:
        while time.monotonic() < deadline:
            self._check_alive()
            address = f"{self.endpoint_url}/healthz"
            with contextlib.suppress(OSError), _DIRECT.open(address, timeout=2) as answer:
                if answer.status == 200:
                    return
            time.sleep(0.03)
        raise StoreFailed(f"The embedded store did not answer within {_START_SECONDS} s. See {self.log_path}.")

    def _check_alive(self) -> None:
        if self._process is not None and self._process.poll() is not None:
            raise StoreEnded(
                f"The embedded store ended at once (exit code {self._process.returncode}). See {self.log_path}."
            )

    def _rotate_log(self) -> None:
        with contextlib.suppress(OSError):
            if self.log_path.stat().st_size > _MAX_LOG:
                self.log_path.replace(self.log_path.with_suffix(".log.1"))
