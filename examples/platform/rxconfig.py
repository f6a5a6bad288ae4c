import reflex as rx
from reflex.constants import StateManagerMode
from reflex_smartupload import SmartuploadPlugin

config = rx.Config(
    app_name="translations",
    plugins=[SmartuploadPlugin()],
    disable_plugins=[rx.plugins.SitemapPlugin],
    # What pages show is read from the database again when they connect.
    state_manager_mode=StateManagerMode.MEMORY,
    telemetry_enabled=False,
    show_built_with_reflex=False,
)
