"""Whether people can sign in: does the identity provider answer, and is it the one that is named."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from smartupload.doctor.finding import Finding
from smartupload.doctor.way import untried
from smartupload.errors import ProviderFault, ProviderUnavailable
from smartupload.settings import Settings

_NOBODY = "Nobody can sign in; who is signed in stays so."


def check_sign_in(settings: Settings) -> Sequence[Finding]:
    """What it says of itself, and its keys; nobody is signed in."""
    if not settings.oidc_issuer:
        return []
    from smartupload.adapters.oidc import OidcProvider  # takes a while, and few need it

    provider = OidcProvider(settings.oidc_issuer, settings.oidc_client_id, ca_file=settings.trusted_file)
    try:
        asyncio.run(provider.look())
    except ProviderUnavailable as away:
        if unknown := untried(settings.oidc_issuer):
            return [unknown]
        what = f"The identity provider does not answer: {away}."
        remedy = "Start it, or check SMARTUPLOAD_OIDC_ISSUER, the firewall, and SMARTUPLOAD_CA_FILE for an authority of your own."
        return [Finding("sign-in", what, _NOBODY, remedy)]
    except ProviderFault as fault:
        what = f"The identity provider cannot be used: {fault}."
        return [
            Finding("sign-in", what, _NOBODY, "Write SMARTUPLOAD_OIDC_ISSUER as the provider itself names its issuer.")
        ]
    return []
