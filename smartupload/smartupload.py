"""The product's own app, which Reflex loads: SmartUpload with the settings of the environment, mounted beside our pages."""

from __future__ import annotations

import reflex as rx

from smartupload import SmartUpload
from smartupload.api.headers import StandardHeaders
from smartupload.pages import site
from smartupload.pages.card import LOOK

uploads = SmartUpload()
app = rx.App()
# Within what is mounted: our pages get the headers that the API's answers have, and by them it is decided who gets a cookie.
app.api_transformer = [StandardHeaders, *uploads.mount(app)]
uploads.add_share_page(app, site.around_shared, "A file for you – smartupload", LOOK)
site.register(app)
