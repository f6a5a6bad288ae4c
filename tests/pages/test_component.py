"""The browser half as Python sees it: its names, its types, and what of it reaches the site."""

import dataclasses
import inspect
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import reflex as rx
import reflex_smartupload as su
from reflex_smartupload import live, moments
from reflex_smartupload.client import REACT_MODULE

from tests.english import in_english

ROOT = Path(__file__).resolve().parents[2]
CLIENT = ROOT / "custom_components" / "reflex_smartupload" / "client"


def typedef_fields(file: str, name: str) -> dict[str, str]:
    """Field -> JavaScript type of a JSDoc typedef, in either of its two spellings."""
    text = (CLIENT / file).read_text()
    if inline := re.search(r"@typedef \{\{([^}]*)\}\} " + name + r"\b", text):
        return dict(field.strip().split(": ") for field in inline[1].split(","))
    block = re.search(r"@typedef \{object\} " + name + r"\b(.*?)\*/", text, re.DOTALL)
    assert block, f"{file} has no typedef {name}"
    return {field: kind for kind, field in re.findall(r"@property \{(\w+)\} (\w+)", block[1])}


@pytest.mark.parametrize(
    ("python", "file", "name"),
    [
        (live.Card, "core/ports/pages.js", "Card"),
        (live.Totals, "core/ports/pages.js", "Totals"),
        (live.Limits, "shell/page/page.js", "Limits"),
        (moments.Ended, "shell/page/moments.js", "Ended"),
    ],
)
def test_dataclass_and_typedef_have_the_same_fields(python: type, file: str, name: str) -> None:
    kinds = {str: "string", int: "number", bool: "boolean"}
    assert {field.name: kinds[field.type] for field in dataclasses.fields(python)} == typedef_fields(file, name)


def test_a_misspelt_field_fails_in_python() -> None:
    with pytest.raises(AttributeError):
        _ = su.totals().precent


@pytest.mark.parametrize("name", sorted(su.__all__))
def test_every_public_name_is_there_and_explained(name: str) -> None:
    value = getattr(su, name)
    assert callable(value)
    assert inspect.getdoc(value), f"{name} has no docstring"


def test_type_checkers_see_the_same_names() -> None:
    seen = re.findall(r"^    from \.[\w.]+ import (\w+) as \w+$", inspect.getsource(su), re.MULTILINE)
    assert sorted(seen) == sorted(su.__all__)


def test_importing_the_package_publishes_nothing() -> None:
    # rxconfig.py may import it while the config is still being read.
    code = "import sys, reflex_smartupload; print([name for name in sys.modules if name.startswith('reflex_smartupload.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def published() -> list[str]:
    """The twins are for node and stay here."""
    return sorted(path.relative_to(CLIENT).as_posix() for path in CLIENT.rglob("*.js") if path.parent.name != "twins")


@pytest.mark.parametrize("script", published())
def test_every_script_reaches_the_site_at_its_own_place(script: str) -> None:
    site = Path("assets") / "external" / "reflex_smartupload" / "client"
    assert REACT_MODULE == "$/public/external/reflex_smartupload/client/shell/ui/react.js"
    assert (site / script).read_text() == (CLIENT / script).read_text()


def test_handlers_and_buttons_have_every_command() -> None:
    script = (CLIENT / "shell" / "ui" / "react.js").read_text()
    twins = re.search(r"refs\.__smartupload = \{([^}]*)\}", script)
    assert twins
    for name in ("pause", "resume", "cancel", "retry", "dismiss"):
        assert f"smartupload_{name}" in str(getattr(su, name)("c1"))
        assert f'refs["__smartupload"].{name}' in str(getattr(su, f"{name}_event")("u1").args[0][1]).replace('\\"', '"')
        assert name in re.findall(r"(\w+)(?::\s*\w+)?", twins[1])


def test_forgetting_has_its_twin() -> None:
    assert "smartupload_forgetDevice" in str(su.forget_device())
    assert 'refs["__smartupload"].forgetDevice' in str(su.forget_device_event().args[0][1]).replace('\\"', '"')


def test_who_wants_to_be_told_finds_a_button_by_its_name() -> None:
    button = in_english(str(su.tell_button(class_name="btn").render()))
    assert "Notify me" in button
    assert "watch" not in button
    visitor = in_english(str(su.tell_button(watch=rx.Var("token", _var_type=str)).render()))
    assert "Tell me when it is there" in visitor
    assert "watch:token" in visitor
    assert "Ring me" in str(su.tell_button("Ring me", watch="abc").render())
    assert "Messages to this browser" in in_english(str(su.tell_switch().render()))


@pytest.mark.parametrize("control", [su.tell_button, su.tell_switch])
def test_telling_works_on_a_page_that_uses_nothing_else(control: Callable[[], rx.Component]) -> None:
    component = control()
    assert REACT_MODULE in component._get_all_imports()
    assert "SmartuploadProvider" in {name for _, name in component._get_all_app_wrap_components()}


class Inbox(rx.State):
    """What a Python author writes."""

    name: str = ""

    @rx.event
    def arrived(self, upload: su.Ended) -> None:
        self.name = upload.name

    @rx.event
    def goes_on(self, totals: su.Totals) -> None:
        self.name = totals.text

    @rx.event
    def wants_a_number(self, number: int) -> None:
        """No handler for an upload."""


@pytest.mark.parametrize("name", ["added", "safe", "duplicate", "ready", "blocked", "failed"])
def test_a_handler_is_called_when_something_happens_to_a_file(name: str) -> None:
    component = getattr(su, f"on_{name}")(Inbox.arrived)
    rendered = str(component.render())
    assert f'moment:"{name}"' in rendered.replace(" ", "")
    assert "onMoment" in rendered
    assert "inbox.arrived" in rendered
    assert "SmartuploadProvider" in {key for _, key in component._get_all_app_wrap_components()}


def test_a_handler_hears_now_and_then_how_far_it_is() -> None:
    rendered = str(su.on_progress(Inbox.goes_on, every=5).render())
    assert "seconds:5" in rendered.replace(" ", "")
    assert "inbox.goes_on" in rendered


def test_a_handler_that_takes_something_else_fails_in_python() -> None:
    with pytest.raises(Exception, match="wants_a_number"):
        su.on_ready(Inbox.wants_a_number)  # pyright: ignore[reportArgumentType]


def test_an_input_takes_what_html_has_and_refuses_what_it_does_not_know() -> None:
    rendered = su.file_input(
        accept="image/*,.pdf", class_name="sr-only", aria_label="Files", on_focus=su.toast("x")
    ).render()
    assert {'accept:"image/*,.pdf"', '"aria-label":"Files"', 'className:"sr-only"'} < set(rendered["props"])
    for create in (su.file_input, su.folder_input, lambda **props: su.choose_file("c1", **props)):
        with pytest.raises(TypeError, match="an input for files has no acept, width; styles go into `style`"):
            create(width="3em", acept="image/*")


def test_in_development_the_pages_server_hands_the_api_on_to_the_app() -> None:
    tasks: dict[str, Callable[[str], str]] = {}
    su.SmartuploadPlugin().pre_compile(add_modify_task=tasks.__setitem__)
    hand_on = tasks["vite.config.js"]
    config = hand_on(
        "export default defineConfig((config) => ({\n  server: {\n    port: process.env.PORT,\n  },\n}));\n"
    )
    assert (
        f'  server: {{\n    proxy: {{ "/api": {{ target: "{rx.config.get_config().api_url}", xfwd: true }} }},\n    port'
        in config
    )
    with pytest.raises(RuntimeError, match="/api cannot be handed on"):
        hand_on("export default {}")
