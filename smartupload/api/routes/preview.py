"""The page of a share link: the app's shell with this file's own title and a picture of its state, for link previews too, or plain HTML where there is no shell."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from smartupload.api import link_pictures, plain_page
from smartupload.api.dependencies import Ctx, asks_store
from smartupload.api.languages import said_in
from smartupload.errors import LINK_CLOSED, FileNotFound
from smartupload.service.context import Context
from smartupload.service.files.direction import isolated
from smartupload.service.links import share
from smartupload.service.presentation.views import SharedFile
from smartupload.words import Size, say

router = APIRouter(include_in_schema=False)

_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL | re.IGNORECASE)


@router.get("/f/{token}")
@asks_store
def shared_page(token: str, request: Request, ctx: Ctx) -> Response:
    """200 with the file's title; 404 with the same shell for a link that is unknown, revoked, over or used up."""
    root: Path | None = request.app.state.web_root
    built = _shell(root)
    shell = built or plain_page.shell()
    try:
        file = share.shared_file(ctx, token)
    except (FileNotFound, *LINK_CLOSED) as gone:
        title = say("plain-file-not-found") if isinstance(gone, FileNotFound) else say("plain-link-closed")
        page = _with_head(shell, ctx, title, gone.read(), _picture(root, ctx, link_pictures.GONE, gone.read()))
        body = page if built else plain_page.gone(page, title, gone.read())
        return HTMLResponse(body, 404, _headers(request, built))
    text = _told(file)
    tags = {"og:url": f"{ctx.settings.site_url}/f/{token}"} | _picture(root, ctx, link_pictures.of_file(file), text)
    page = _with_head(shell, ctx, isolated(file.name), text, tags)
    return HTMLResponse(page if built else plain_page.filled(page, file, token, text), 200, _headers(request, built))


def _told(file: SharedFile) -> str:
    """What a preview of the link says below the file's name."""
    size = Size(file.size)
    match file.state:
        case "verifying" | "scanning":
            return say("plain-file-checked", size=size)
        case "ready":
            return say("plain-file-ready", size=size)
        case "blocked":
            return say("plain-file-blocked", size=size)
        case "failed":
            return say("plain-file-failed", size=size)
        case "expired":
            return say("plain-file-expired", size=size)
        case _:
            return say("plain-file-uploading", size=size, percent=file.percent)


def headed(
    request: Request,
    ctx: Context,
    title: str,
    text: str,
    status: int,
    picture: str,
    plain: Callable[[str], str] | None = None,
) -> Response:
    """The app's shell with another title and picture, for another page that is open to strangers; `plain` fills the one of a site without pages of ours."""
    root: Path | None = request.app.state.web_root
    built = _shell(root)
    page = _with_head(built or plain_page.shell(), ctx, title, text, _picture(root, ctx, picture, text))
    if not built:
        page = plain(page) if plain is not None else plain_page.gone(page, title, text)
    return HTMLResponse(page, status, _headers(request, built))


def _headers(request: Request, built: str | None) -> dict[str, str]:
    """The policy of the page: that of the plain one here, that of a shell where it is ours."""
    policy = request.app.state.page_policy
    text = plain_page.POLICY if built is None else policy() if policy is not None else ""
    return {**said_in(), **({"content-security-policy": text} if text else {})}


def _shell(web_root: Path | None) -> str | None:
    """The fallback page of the built frontend, which becomes whatever route the address says."""
    if web_root is None:
        return None
    try:
        return (web_root / "404.html").read_text(encoding="utf-8")
    except OSError:
        return None


def _picture(web_root: Path | None, ctx: Context, name: str, text: str) -> dict[str, str]:
    return link_pictures.tags(name, web_root, ctx.settings.site_url, text)


def _with_head(shell: str, ctx: Context, title: str, description: str, more: dict[str, str]) -> str:
    site = urlsplit(ctx.settings.site_url).hostname or ""
    tags = {"og:type": "website", "og:site_name": site, "og:title": title, "og:description": description} | more
    head = f"<title>{html.escape(title)}</title>"
    head += f'<meta name="description" content="{html.escape(description)}"/><meta name="robots" content="noindex"/>'
    head += "".join(f'<meta property="{name}" content="{html.escape(value)}"/>' for name, value in tags.items())
    if "og:image" in tags:
        head += '<meta name="twitter:card" content="summary_large_image"/>'
    return _TITLE.sub("", shell, count=1).replace("</head>", head + "</head>", 1)
