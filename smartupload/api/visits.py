"""Who asks for a file behind a link: somebody who has clicked, a program, or what looks at links on behalf of others."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from starlette.datastructures import Headers

from smartupload.api.cookie import is_new_here
from smartupload.api.dependencies import Ctx
from smartupload.api.identity import Identity
from smartupload.api.limits.address import client_of
from smartupload.errors import Problem
from smartupload.service.links.visitors import Visitor, place_name

LOOKERS = re.compile(
    # Telephones of the make Cubot are none.
    r"(?<!cu)bot(?:\b|_)|crawl|spider|preview|unfurl|scrap|facebookexternalhit|facebookcatalog|meta-external|^whatsapp|^viber|"
    r"google-pagerenderer|imageproxy|imgproxy|google-safety|google-inspection|embedly|iframely|vkshare|line-poker|"
    r"ms-office|microsoft office|microsoft outlook|safelinks|proofpoint|urldefense|mimecast|barracuda|phish|"
    r"urlscan|virustotal|pingdom|link-?check|validator|archive\.org|zgrab",
    re.IGNORECASE,
)
"""What chat programs, mail gateways and search engines call themselves."""
_BROWSER = "Mozilla/"


def may_count(headers: Headers, is_new: bool, site: str) -> bool:
    """Whether this may be somebody who wants the file: a program, or a browser in which somebody has clicked.

    A scanner that poses as a browser shows itself by what it lacks: a browser says where the click came from (Fetch Metadata; a
    Referer where the site is not HTTPS), or brings the cookie of the page with the button.
    """
    agent = headers.get("user-agent", "")
    if LOOKERS.search(agent) or not agent:
        return False
    if not agent.startswith(_BROWSER):
        return True
    if headers.get("sec-fetch-user") == "?1" or headers.get("sec-fetch-site") == "same-origin":
        return True
    return not is_new or urlsplit(headers.get("referer", "")).netloc == urlsplit(site).netloc != ""


async def get_visitor_of_link(token: str, request: Request, ctx: Ctx) -> Visitor | None:
    """None for what counts nothing, and so gets nothing of a limited link."""
    identity: Identity = request.app.state.identity
    try:
        here = await identity.here(request)
    except Problem:
        here = ""  # a login that is away just now closes no link
    is_new = not here or is_new_here(request)
    if not may_count(request.headers, is_new, ctx.settings.site_url):
        return None
    if not is_new:
        return Visitor((here,), (here,))
    place = place_name(token, client_of(request, ctx.settings.trusted_proxies), request.headers.get("user-agent", ""))
    return Visitor((place,), (here, place) if here else (place,))


OfLink = Annotated[Visitor | None, Depends(get_visitor_of_link)]
