"""Where a bucket stands in an address: in its path, or in the name of its host."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

# Of these it is known: they take the path for old buckets only, or advise against it.
_BY_HOST = ("amazonaws.com", "amazonaws.com.cn", "aliyuncs.com", "myqcloud.com", "volces.com")


def style(endpoint_url: str, bucket: str, wanted: str) -> str:
    """In boto3's words, of `path`, `host` or `auto`; what cannot be a name of a host stands in the path."""
    parts = urlsplit(endpoint_url)
    host = parts.hostname or ""
    # A certificate for *.example.org is for one name more, and no further one; a network's own door has none of them.
    is_name = not _is_address(host) and not ("." in bucket and parts.scheme == "https")
    known = host.endswith(tuple(f".{name}" for name in _BY_HOST)) and ".vpce." not in host
    return "virtual" if is_name and (wanted == "host" or (wanted == "auto" and known)) else "path"


def origin(endpoint_url: str, bucket: str, wanted: str) -> str:
    """The address that browsers are let call."""
    if style(endpoint_url, bucket, wanted) == "path":
        return endpoint_url
    parts = urlsplit(endpoint_url)
    return f"{parts.scheme}://{bucket}.{parts.netloc}"


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
