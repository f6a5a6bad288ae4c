"""The product's own app, which Reflex loads: SmartUpload with the settings of the environment, mounted beside our pages."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx
import reflex_smartupload as su
from reflex.utils.prerequisites import get_web_dir
from starlette.types import ASGIApp

from smartupload import SmartUpload
from smartupload.api.headers import StandardHeaders
from smartupload.api.policy import PagePolicy
from smartupload.errors import StoreUnavailable
from smartupload.pages import site
from smartupload.pages.card import LOOK

uploads = SmartUpload()
app = rx.App()
policy = PagePolicy(get_web_dir() / "build" / "client", uploads.settings.site_url)


def stores() -> Sequence[str]:
    """Where browsers reach the store; nowhere before it is there."""
    try:
        return uploads.context.store.origins
    except StoreUnavailable:
        return ()


def headers(pages: ASGIApp) -> ASGIApp:
    """Our pages get the headers that the API's answers have, by which it is also decided who gets a cookie, and a policy of their own."""
    secure = uploads.settings.site_url.startswith("https://")
    return StandardHeaders(pages, secure, lambda is_page: policy.text(is_page, stores()))


# Within what is mounted.
app.api_transformer = [headers, *uploads.mount(app)]
uploads._use_share_policy(lambda: policy.text(True, stores()))
uploads.add_share_page(app, site.around_shared, su.say("titles-shared"), LOOK)
site.register(app, uploads.settings.examples == "on")
