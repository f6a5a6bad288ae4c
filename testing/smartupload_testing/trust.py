"""How a browser comes to trust a certificate that nobody else has signed."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def flags_for(certificate: Path | None) -> tuple[str, ...]:
    """For a Chromium that takes this certificate, as it stands in a PEM file, and no other unknown one."""
    if certificate is None:
        return ()
    key = x509.load_pem_x509_certificate(certificate.read_bytes()).public_key()
    pin = hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
    return (f"--ignore-certificate-errors-spki-list={base64.b64encode(pin).decode()}",)
