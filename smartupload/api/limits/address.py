"""From which address somebody asks: what the network says, or what a proxy says that the operator has named."""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Sequence

import structlog
from starlette.requests import HTTPConnection

log = structlog.get_logger("smartupload.api")

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_SITE_BITS = 64
"""Of an IPv6 address: who has one has 2**64 of them."""
_said = threading.Event()


def client_of(connection: HTTPConnection, trusted: Sequence[Network]) -> str:
    """The client's address, as it is counted; a text that is no address where the server knows none."""
    found = _found(connection, trusted)
    return found if isinstance(found, str) else _counted(found)


def site_of(peer: str) -> str:
    """What an address is counted as; as it is for what is no address."""
    found = _read(peer)
    return peer if found is None else _counted(found)


def is_trusted(peer: str, trusted: Sequence[Network]) -> bool:
    """Whether it is one of these proxies."""
    found = _read(peer)
    return found is not None and _is_in(found, trusted)


def sender_of(connection: HTTPConnection, trusted: Sequence[Network]) -> str:
    """The client's address, as it is written down: of IPv6 too all of it."""
    return str(_found(connection, trusted))


def _found(connection: HTTPConnection, trusted: Sequence[Network]) -> _Address | str:
    """The address, or what the server knows in its place.

    From right to left each entry of X-Forwarded-For was written by the machine on its right: it is believed as far as those
    are trusted proxies, and what stands before the first other machine was written by nobody knows whom.
    """
    peer = connection.client.host if connection.client else ""
    address = _read(peer)
    if address is None:
        return peer
    hops = [hop.strip() for line in connection.headers.getlist("x-forwarded-for") for hop in line.split(",")]
    if hops and not trusted and (address.is_loopback or address.is_private):
        _warn(peer)
    while hops and _is_in(address, trusted):
        before = _read(hops.pop())
        if before is None:
            break
        address = before
    return address


def _read(text: str) -> _Address | None:
    text = text.strip().strip("[]") if text.count(":") != 1 else text.partition(":")[0].strip()
    try:
        address = ipaddress.ip_address(text.partition("%")[0].partition("]")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _is_in(address: _Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks)


def _counted(address: _Address) -> str:
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.ip_network((address, _SITE_BITS), strict=False))


def _warn(peer: str) -> None:
    if not _said.is_set():
        _said.set()
        log.warning(
            "requests come through a proxy that is not named in SMARTUPLOAD_TRUSTED_PROXIES, "
            "so all who come through it share the limits of one address",
            proxy=peer,
        )
