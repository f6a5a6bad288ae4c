"""With which clients of boto3 a store is asked, and with whose credentials: those that are named, else those of the environment or the machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import boto3
from botocore.config import Config

from smartupload.adapters import here, trust
from smartupload.adapters.s3 import addressing as places
from smartupload.adapters.s3.signer import Signer


class Clients:
    """For one bucket. `own` asks, `patient` waits longer, `public` has a client and a signer for each address that browsers use.

    With keys nothing else of the environment is read. Without, boto3 looks where it always does: environment, profile, role of the container or of the machine; what it finds is
    exchanged in time. `check_again` is called before each request.
    """

    def __init__(
        self,
        endpoint_url: str,
        public: Sequence[str],
        bucket: str,
        region: str,
        keys: tuple[str, str],
        addressing: str,
        connections: int,
        timeouts: tuple[float, float],
        patience: float,
        check_again: Callable[[], None],
        ca_file: str = "",
    ) -> None:
        self._bucket = bucket
        self._addressing = addressing
        self._verify = trust.bundle(ca_file) if ca_file else None
        own = here.own_session() if keys[0] else None
        self._session = boto3.session.Session(
            aws_access_key_id=keys[0] or None,
            aws_secret_access_key=keys[1] or None,
            region_name=region,
            botocore_session=own,
        )
        self.credentials: Any = self._session.get_credentials()
        config = Config(
            signature_version="s3v4",
            # Checksums that nobody asked for are rejected by some stores.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            max_pool_connections=connections,
            connect_timeout=timeouts[0],
            read_timeout=timeouts[1],
            retries={"mode": "standard", "total_max_attempts": 2},
        )
        self.own = self._client(endpoint_url, config)
        self.patient = self._client(endpoint_url, config.merge(Config(read_timeout=max(patience, timeouts[1]))))
        for client in (self.own, self.patient):
            client.meta.events.register("before-send.s3", lambda **_: check_again())
        self.signer = Signer(self.own, self.credentials, bucket)
        self.public: list[tuple[Any, Signer]] = []
        for address in public or (endpoint_url,):
            if address == endpoint_url:
                self.public.append((self.own, self.signer))
                continue
            client = self._client(address, config)
            self.public.append((client, Signer(client, self.credentials, bucket)))

    @property
    def verify(self) -> str | bool:
        """With which certificates boto3 believes the store: the file that holds them, or True for those that everybody believes."""
        return self.own._endpoint.http_session._verify

    def _client(self, address: str, config: Config) -> Any:
        style: Any = places.style(address, self._bucket, self._addressing)
        config = config.merge(Config(s3={"addressing_style": style}, **here.for_boto3(address)))
        return self._session.client("s3", endpoint_url=address, config=config, verify=self._verify)

    def close(self) -> None:
        """Give back all connections."""
        for client in {
            id(client): client for client in (self.own, self.patient, *(one for one, _ in self.public))
        }.values():
            client.close()
