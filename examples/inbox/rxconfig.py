import reflex as rx
from reflex_smartupload import SmartuploadPlugin

config = rx.Config(
    app_name="inbox",
    plugins=[SmartuploadPlugin(), rx.plugins.RadixThemesPlugin()],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
