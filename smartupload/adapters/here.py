"""What of the environment concerns calls of ours: this machine is called past every proxy, and own keys past everything that AWS's tools read."""

from __future__ import annotations

import ipaddress
import os
import urllib.request
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from botocore.session import Session

PAST_PROXIES: dict[str, None] = dict.fromkeys(
    f"all://{host}" for host in ("localhost", "*.localhost", "127.0.0.1", "[::1]")
)
"""For httpx's `mounts`: None is a call without a proxy."""
_SPOKEN = ("http", "https")


def is_here(url: str) -> bool:
    """Whether an address leads to this machine, whatever anybody's names say."""
    host = (urlsplit(url).hostname or "").lower()
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def proxies() -> dict[str, str]:
    """Those that the environment names, by scheme, and `all`."""
    return {name: url for name, url in urllib.request.getproxies().items() if name in (*_SPOKEN, "all")}


def proxy_for(url: str) -> str:
    """The proxy that this address is called through; empty for none."""
    parts = urlsplit(url)
    named = proxies()
    if is_here(url) or urllib.request.proxy_bypass(parts.netloc.rpartition("@")[2]):
        return ""
    return named.get(parts.scheme) or named.get("all", "")


def unspoken() -> str:
    """Which variable names a proxy of a kind that is not spoken here, in one line; empty when none does."""
    for name, url in proxies().items():
        if (urlsplit(url).scheme if "://" in url else "http") not in _SPOKEN:
            # Not its address, which may hold a password.
            return f"{name.upper()}_PROXY in the environment names a proxy that is none of HTTP. Write it like http://proxy:3128, or unset it."
    return ""


def for_boto3(url: str) -> dict[str, Any]:
    """What its Config is to say about proxies for this address: by itself it would pass by `ALL_PROXY`."""
    proxy = proxy_for(url)
    return {"proxies": {urlsplit(url).scheme: proxy} if proxy else {}}


def own_session() -> Session:
    """One for keys of our own: no profile, file or variable of AWS's tools means it."""
    # Only here: whoever asks about proxies before anything is started does not wait for it.
    from botocore.configprovider import BOTOCORE_DEFAUT_SESSION_VARIABLES
    from botocore.session import Session

    alone = {
        name: (None, None, os.devnull if name in ("config_file", "credentials_file") else default, conversion)
        for name, (_, _, default, conversion) in BOTOCORE_DEFAUT_SESSION_VARIABLES.items()
    }
    return Session(session_vars=alone)
