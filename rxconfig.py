"""How Reflex builds and serves the app; everything else is in smartupload/settings.py."""

import os
from pathlib import Path
from typing import Any

# Read by Reflex when the server answers a page of an older deploy. Such a page would reload
# itself, and a sole tab's engine with it: a banner leaves the moment to the person.
os.environ.setdefault("REFLEX_AUTO_RELOAD_COOLDOWN", "36500d")
# Bytes of one message from a page: an honest one has a few KiB, and what is in it may stay in memory.
os.environ.setdefault("REFLEX_SOCKET_MAX_HTTP_BUFFER_SIZE", "65536")

import reflex as rx
from reflex.constants import StateManagerMode
from reflex_smartupload import SmartuploadPlugin

from smartupload.setting_types import ascii_url, listens_at, local_sites

_PORT = int(os.environ.get("SMARTUPLOAD_PORT") or 3000)
_HERE = local_sites(listens_at(os.environ.get("SMARTUPLOAD_HOST", "")), _PORT)
_URL = ascii_url((os.environ.get("SMARTUPLOAD_PUBLIC_URL") or _HERE[0]).strip()).rstrip("/")
_WORDS = Path(__file__).parent / "smartupload" / "locales"
# In development `reflex run` serves the pages from a server of their own and the app on another port, both of its choice.
_DEVELOPS = os.environ.get("REFLEX_ENV_MODE", "dev") == "dev"
_ONE_ORIGIN: dict[str, Any] = {} if _DEVELOPS else {"api_url": _URL, "backend_port": _PORT}

config = rx.Config(
    app_name="smartupload",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    **_ONE_ORIGIN,
    deploy_url=_URL,
    frontend_port=_PORT,
    # Reflex answers any origin with credentials unless told whose pages these are.
    cors_allowed_origins=list(dict.fromkeys([_URL, *_HERE])),
    # What pages show is read from the database again on connect; nothing here needs to outlive the process.
    state_manager_mode=StateManagerMode.REDIS if os.environ.get("REFLEX_REDIS_URL") else StateManagerMode.MEMORY,
    plugins=[
        SmartuploadPlugin(
            _WORDS,
            "pages-*.ftl",
            pseudo=os.environ.get("SMARTUPLOAD_EXAMPLES") == "on",
            lean=True,
            name="smartupload",
            description="Drop a file of any size and move on.",
            background="#f6f7f9",
        )
    ],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
