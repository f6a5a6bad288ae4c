"""Which machines are called on behalf of others: a name is looked up once, each of its addresses is judged, and that very address is called.

Else a name that somebody else controls could lead to what only this machine can reach: its own services, the network behind it,
the metadata of a cloud.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from http.cookiejar import DefaultCookiePolicy

import httpx

from smartupload.adapters import here, trust

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_PORTS = {"http": 80, "https": 443}


def client(
    timeout: httpx.Timeout, may_be_private: Callable[[str], bool], connections: int = 16, ca_file: str = ""
) -> httpx.Client:
    """For calls to places outside: no redirects, no cookies, no attempts of its own. `may_be_private`: whether a host may be at a private address.

    Where the environment names a proxy it is that one which looks names up, and which has to say what may be called; this machine is
    called without it. `ca_file`: see trust.
    """
    limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
    if unspoken := here.unspoken():
        raise ValueError(unspoken)
    tls = trust.context(ca_file)
    pinned = Pinned(httpx.HTTPTransport(verify=tls, limits=limits), may_be_private)
    if here.proxies():
        past = dict.fromkeys(here.PAST_PROXIES, pinned)
        made = httpx.Client(verify=tls, timeout=timeout, limits=limits, mounts=past, follow_redirects=False)
    else:
        made = httpx.Client(timeout=timeout, transport=pinned, follow_redirects=False)
    made.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return made


def is_private(text: str) -> bool:
    """Whether an address is none of the public internet, also where it is written within an IPv6 address."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_private(str(inner))
    return not address.is_global or address.is_multicast


def is_named(host: str) -> bool:
    """Whether an operator who writes this host has said that it is private: an address, `localhost`, or a name that no public one can be."""
    host = host.strip("[]").lower()
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." not in host
    return True


class Pinned(httpx.BaseTransport):
    """Calls the address that was judged. Raises httpx.ConnectError for a host at a private one that may not be."""

    def __init__(
        self,
        inner: httpx.BaseTransport,
        may_be_private: Callable[[str], bool],
        look_up: Callable[[str, int], Sequence[str]] | None = None,
    ) -> None:
        self._inner = inner
        self._may_be_private = may_be_private
        self._look_up = look_up or _addresses

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """See httpx. The certificate is held to the name, whichever address answers."""
        url, host = request.url, request.url.host
        port = url.port or _PORTS[url.scheme]
        failed: httpx.ConnectError | None = None
        for address in self._judged(host, port):
            request.url = url.copy_with(host=address)
            request.extensions = {**request.extensions, "sni_hostname": host}
            try:
                return self._inner.handle_request(request)
            except httpx.ConnectError as error:
                failed = error
            finally:
                request.url = url
        raise failed or httpx.ConnectError("the name has no address")

    def _judged(self, host: str, port: int) -> Sequence[str]:
        try:
            found = list(dict.fromkeys(self._look_up(host, port)))
        except OSError as error:
            raise httpx.ConnectError(f"the name cannot be looked up: {type(error).__name__}") from None
        # One private address among public ones is no mistake of an honest name either.
        if any(is_private(address) for address in found) and not self._may_be_private(host):
            raise httpx.ConnectError("the host is at a private address, which is not allowed for it")
        return found

    def close(self) -> None:
        """Give back the connections."""
        self._inner.close()


def _addresses(host: str, port: int) -> Sequence[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
