"""The page of a share link: the app's shell with this file's own title, for link previews too, or plain HTML where there is no shell."""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from smartupload.api import plain_page
from smartupload.api.dependencies import Ctx, asks_store
from smartupload.errors import LINK_CLOSED, FileNotFound
from smartupload.service.context import Context
from smartupload.service.files.direction import isolated
from smartupload.service.files.sizes import size_text
from smartupload.service.links import share

router = APIRouter(include_in_schema=False)

_STATES = {
    "paused": "on its way ({percent} % is here)",
    "verifying": "here, and being checked",
    "scanning": "here, and being checked",
    "ready": "ready to download",
    "blocked": "did not pass the check",
    "failed": "did not arrive",
    "expired": "did not arrive in time",
}
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL | re.IGNORECASE)


@router.get("/f/{token}")
@asks_store
def shared_page(token: str, request: Request, ctx: Ctx) -> Response:
    """200 with the file's title; 404 with the same shell for a link that is unknown, revoked, over or used up."""
    built = _shell(request.app.state.web_root)
    shell = built or plain_page.SHELL
    try:
        file = share.shared_file(ctx, token)
    except (FileNotFound, *LINK_CLOSED) as gone:
        title = "File not found" if isinstance(gone, FileNotFound) else "This link is closed"
        page = _with_head(shell, ctx, title, gone.detail, "")
        body = page if built else plain_page.gone(page, title, gone.detail)
        return HTMLResponse(body, 404, _headers(request, built))
    state = _STATES.get(file.state, "on its way ({percent} % is here)").format(percent=file.percent)
    text = f"{size_text(file.size)}, {state}"
    page = _with_head(shell, ctx, isolated(file.name), text, f"{ctx.settings.site_url}/f/{token}")
    return HTMLResponse(page if built else plain_page.filled(page, file, token, text), 200, _headers(request, built))


def headed(request: Request, ctx: Context, title: str, text: str, status: int) -> Response:
    """The app's shell with another title, for another page that is open to strangers."""
    built = _shell(request.app.state.web_root)
    page = _with_head(built or plain_page.SHELL, ctx, title, text, "")
    return HTMLResponse(page if built else plain_page.gone(page, title, text), status, _headers(request, built))


def _headers(request: Request, built: str | None) -> dict[str, str]:
    """The policy of the page: that of the plain one here, that of a shell where it is ours."""
    policy = request.app.state.page_policy
    text = plain_page.POLICY if built is None else policy() if policy is not None else ""
    return {"content-security-policy": text} if text else {}


def _shell(web_root: Path | None) -> str | None:
    """The fallback page of the built frontend, which becomes whatever route the address says."""
    if web_root is None:
        return None
    try:
        return (web_root / "404.html").read_text(encoding="utf-8")
    except OSError:
        return None


def _with_head(shell: str, ctx: Context, title: str, description: str, url: str) -> str:
    site = urlsplit(ctx.settings.site_url).hostname or ""
    tags = {"og:type": "website", "og:site_name": site, "og:title": title, "og:description": description}
    if url:
        tags["og:url"] = url
    head = f"<title>{html.escape(title)}</title>"
    head += f'<meta name="description" content="{html.escape(description)}"/><meta name="robots" content="noindex"/>'
    head += "".join(f'<meta property="{name}" content="{html.escape(value)}"/>' for name, value in tags.items())
    return _TITLE.sub("", shell, count=1).replace("</head>", head + "</head>", 1)
