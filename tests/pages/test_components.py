"""The ready-made components: which pieces can be replaced, and that their rules stay inside of them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import reflex as rx
import reflex_smartupload as su
from reflex.vars import ObjectVar
from reflex_smartupload.components import look

from tests.english import in_english

PAGE = Path(__file__).resolve().parents[2] / "docs" / "components.md"
PIECES = {
    "icon": "su-icon su-long",
    "name": "su-name",
    "meta": "su-meta",
    "chip": "su-chip",
    "actions": "su-acts",
    "bar": "su-bar",
    "leave": "su-leave",
    "problem": "su-problem",
    "free": "no-need-to-wait",
}
WHOLE = {
    "card_list": lambda **more: su.card_list("active", "On their way", **more),
    "tray": lambda **more: su.tray(["/"], **more),
    "drop_area": lambda **more: su.drop_area(**more),
    "leave_note": lambda **more: su.leave_note(**more),
    "notify_button": lambda **more: su.notify_button(**more),
    "leave_panel": lambda **more: su.leave_panel(**more),
    "forget_button": lambda **more: su.forget_button(**more),
}


def rendered(component: rx.Component) -> str:
    return in_english(json.dumps(component.render(), default=str))


def a_card() -> ObjectVar[su.Card]:
    return rx.Var("card", _var_type=su.Card).guess_type()  # type: ignore[return-value]


def own(card: ObjectVar[su.Card]) -> rx.Component:
    return rx.el.b("mine of ", card.name)


@pytest.mark.parametrize(("piece", "sign"), PIECES.items())
def test_each_piece_of_a_card_can_be_replaced_or_left_out(piece: str, sign: str) -> None:
    def drawn(**slots: Any) -> str:
        return rendered(su.card(a_card(), look=su.Look(rules={}), **slots))

    assert sign in drawn()
    assert sign not in drawn(**{piece: None})
    replaced = drawn(**{piece: own})
    assert "mine of " in replaced
    assert sign not in replaced


def test_a_piece_that_a_card_does_not_have_is_named() -> None:
    with pytest.raises(TypeError, match="a card has no buttons; it has icon, name, meta"):
        su.card(a_card(), buttons=own)


@pytest.mark.parametrize("name", WHOLE)
def test_without_rules_only_plain_names_are_left(name: str) -> None:
    plain = rendered(WHOLE[name](look=su.Look(prefix="", rules={})))
    assert "su-" not in plain
    assert "--su" not in plain
    assert "su-" in rendered(WHOLE[name]())


@pytest.mark.parametrize("component", look.RULES)
def test_no_rule_reaches_outside_of_its_component(component: str) -> None:
    def selectors(rules: Any) -> list[str]:
        return [key for key, value in rules.items() if isinstance(value, dict) for key in [key, *selectors(value)]]

    for selector in selectors(look.RULES[component]):
        assert "&" in selector or selector.startswith("@media"), selector


def test_a_color_is_the_themes_where_there_is_one_and_has_a_value_where_there_is_none() -> None:
    for rules in (look.RULES["card"], look.RULES["card"][".dark &"]):
        colors = {name: value for name, value in rules.items() if name.startswith("--su-")}
        assert len(colors) > 10
        for value in colors.values():
            assert re.fullmatch(r"var\(--[a-z0-9-]+, #[0-9a-f]{6}\)", value), value


def test_the_area_says_what_the_picker_offers() -> None:
    area = rendered(su.drop_area(accept="image/*", folders=False))
    assert "image/*" in area
    assert "a folder" not in area
    assert "Drop files anywhere" in area


def test_the_question_before_all_is_forgotten_explains_what_the_app_says() -> None:
    ours, own_words = (
        rendered(su.forget_button()),
        rendered(su.forget_button(rx.el.p("Log out as well."), label="Wipe")),
    )
    assert "Copy the links you need first" in ours
    assert "Copy the links you need first" not in own_words
    for words in (
        "Log out as well.",
        "Wipe",
        "{ $label }?",
        "forget-device",
        "forget-confirm",
        "forgetDevice",
        "Keep",
    ):
        assert words in own_words, words


@pytest.mark.parametrize("code", re.findall(r"^```python\n(.*?)^```", PAGE.read_text(), re.MULTILINE | re.DOTALL))
def test_what_the_documentation_shows_becomes_a_page(code: str) -> None:
    names: dict[str, Any] = {"__name__": "documentation"}
    exec(code, names)
    assert "useCards" in str(names["page"]()._get_all_hooks())


def test_every_component_is_documented() -> None:
    text = PAGE.read_text()
    named = [name for module, names in su._NAMES.items() if module.startswith("components.") for name in names]
    for name in named:
        assert f"`{name}(" in text, name
    for piece in PIECES:
        assert f"`{piece}`" in text, piece
