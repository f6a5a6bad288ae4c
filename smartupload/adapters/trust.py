"""Whose certificates are believed: those that everybody believes, and those of an authority of one's own (SMARTUPLOAD_CA_FILE)."""

from __future__ import annotations

import atexit
import contextlib
import functools
import os
import ssl
import tempfile
from pathlib import Path

import certifi
import httpx


def context(ca_file: str = "") -> ssl.SSLContext:
    """For httpx: besides that one, those that it brings along, or SSL_CERT_FILE names."""
    return _besides(httpx.create_ssl_context(), ca_file)


def of_machine(ca_file: str = "") -> ssl.SSLContext:
    """For whoever speaks TLS by Python's own means: besides that one, those that this machine believes."""
    return _besides(ssl.create_default_context(), ca_file)


def _besides(made: ssl.SSLContext, ca_file: str) -> ssl.SSLContext:
    if ca_file:
        made.load_verify_locations(ca_file)
    return made


@functools.cache
def bundle(ca_file: str) -> str:
    """One file with all of them, for libraries that take nothing else; it goes with the process."""
    handle, name = tempfile.mkstemp(prefix="smartupload-ca-", suffix=".pem")
    with os.fdopen(handle, "wb") as out:
        out.write(Path(certifi.where()).read_bytes() + b"\n" + Path(ca_file).read_bytes())
    atexit.register(_forget, name)
    return name


def _forget(name: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(name)
