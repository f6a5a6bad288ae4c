"""Where and how the caller wants to be told, and the links in mails, which work in any browser."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from smartupload.api import plain_page, schemas
from smartupload.api.dependencies import Ctx, Owner, sends_mail
from smartupload.api.languages import said_in
from smartupload.errors import LinkVoid
from smartupload.service.notify import contact
from smartupload.words import say

router = APIRouter(prefix="/api/notifications", tags=["notifications"])

_PAGE = "/notifications"


@router.get("", summary="How the caller is told")
def settings(ctx: Ctx, owner: Owner) -> schemas.NoticeSettings:
    """`asked` is an address that waits for its confirmation."""
    return schemas.NoticeSettings.model_validate(contact.load(ctx, owner))


@router.put("", summary="Change how the caller is told")
@sends_mail
def change(body: schemas.NoticeChange, ctx: Ctx, owner: Owner) -> schemas.NoticeSettings:
    """What is left out stays. An empty `email` removes the address; a new one gets a mail that asks first.

    422 `bad_address`, 429 `too_many_mails`, 503 `mail_unavailable`.
    """
    changed = contact.change(ctx, owner, body.email, body.mails, body.pushes)
    return schemas.NoticeSettings.model_validate(changed)


@router.get(
    "/confirm",
    response_class=HTMLResponse,
    summary="Where an address can be confirmed",
    responses={303: {"description": "the link is void, which the page says that it leads to"}},
)
def confirm_page(ctx: Ctx, c: str = "", s: str = "") -> Response:
    """The link in the mail that asked. Programs open the links in mails unasked, so a GET confirms nothing: its page has the button."""
    try:
        address = contact.asked_of(ctx, c, s)
    except LinkVoid:
        return _page(said="void")
    site = urlsplit(ctx.settings.site_url).netloc
    title, sentence = say("plain-confirm-title"), say("plain-confirm", site=site, address=address)
    page = plain_page.asking(title, sentence, f"confirm?{urlencode({'c': c, 's': s})}", say("plain-confirm-button"))
    return HTMLResponse(page, headers={"content-security-policy": plain_page.ASKING_POLICY, **said_in()})


@router.post("/confirm", status_code=303, response_class=RedirectResponse, summary="Confirm an address")
def confirm(ctx: Ctx, c: str = "", s: str = "") -> Response:
    """Leads on to the page, which says how it went."""
    try:
        key = contact.confirm(ctx, c, s)
    except LinkVoid:
        return _page(said="void")
    return _page(c=key.tag, s=key.signature, said="confirmed")


@router.get("/stop", status_code=303, response_class=RedirectResponse, summary="Where mails can be stopped")
def stop_page(c: str = "", s: str = "") -> Response:
    """Programs open the links in mails unasked, so a GET stops nothing: the page has the button."""
    return _page(c=c, s=s)


@router.post("/stop", response_class=PlainTextResponse, summary="Stop the mails")
def stop(ctx: Ctx, c: str = "", s: str = "") -> Response:
    """The one click of mail programs (RFC 8058): no cookie, and a body that says nothing new. 410 `link_void`."""
    contact.stop(ctx, c, s)
    return PlainTextResponse(say("plain-stopped") + "\n", headers=said_in())


def _page(**query: str) -> Response:
    return RedirectResponse(f"{_PAGE}?{urlencode(query)}", status_code=303)
