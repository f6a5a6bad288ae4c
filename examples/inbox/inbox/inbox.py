import reflex as rx
import reflex_smartupload as su
from smartupload import SmartUpload


def index() -> rx.Component:
    return rx.container(
        rx.heading("Inbox"),
        su.drop_area(),
        su.card_list("active", "On their way"),
        su.card_list("done", "Today"),
    )


app = rx.App()
SmartUpload().mount(app)
app.add_page(index)
