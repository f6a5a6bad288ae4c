"""Uploaders with rules of their own, as a page's author makes them: what is refused, and what reaches the page."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
import reflex as rx
import reflex_smartupload as su
from reflex_smartupload import rules
from reflex_smartupload.sizes import size_of

from smartupload.api.schemas import NewUpload
from smartupload.service.files import metadata as server
from smartupload.setting_types import parse_size
from tests.english import in_english


class Ticket(rx.State):
    number: int = 41
    key: str = ""
    other: str = ""


def rendered(component: Any) -> str:
    return in_english(str(component.render()))


def test_it_is_frozen_and_written_in_one_way() -> None:
    made = su.configure("avatars", accept=" image/*, .PDF ", max_size="5 MB", max_files=2, metadata={"ticket": "42"})
    assert made == su.Uploader("avatars", "image/*,.PDF", 5_000_000, 2, {"ticket": "42"})
    assert su.configure("a") == su.Uploader("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.accept = ""  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize(
    "given",
    [
        {"namespace": ""},
        {"namespace": "a b"},
        {"namespace": "u" * 65},
        {"accept": "png"},
        {"accept": "image/*;.pdf"},
        {"accept": "*.png"},
        {"accept": "*"},
        {"max_size": "large"},
        {"max_size": 0},
        {"max_size": "0 MB"},
        {"max_files": 0},
        {"metadata": {"a name": "x"}},
        {"metadata": {"__proto__": "x"}},
        {"metadata": {str(number): "x" for number in range(21)}},
    ],
)
def test_what_cannot_be_is_refused_where_it_is_written(given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        su.configure(**{"namespace": "a", **given})


FULL = dict.fromkeys("abcd", "x" * 1000) | {"e": "ü" * 30}
"""As much as the server takes, to the byte."""


def test_what_no_upload_could_go_with_is_refused_by_name() -> None:
    assert (rules.MAX_MEMBERS, rules.MAX_TEXT, rules.MAX_BYTES) == (
        server.MAX_MEMBERS,
        server.MAX_TEXT,
        server.MAX_BYTES,
    )
    assert NewUpload(name="a", size=1, metadata=FULL).metadata == su.configure("a", metadata=FULL).metadata == FULL
    sentences = {
        "the metadata note is 1,001 characters long: 1,000 are the most": {"note": "x" * 1001},
        "the metadata nul holds a NUL or half a character, which nobody can keep": {"nul": "a\0"},
        "the metadata half holds a NUL or half a character, which nobody can keep": {"half": "\ud83d"},
        "metadata is 4,097 bytes as JSON: 4,096 are the most. Shorten 'a', the longest of it": FULL
        | {"e": FULL["e"] + "x"},
        "metadata is 4,104 bytes as JSON: 4,096 are the most. Shorten 'a', the longest of it": FULL
        | {"n": Ticket.number, "e": "ü" * 30 + "x"},
        "metadata has 21 members: 20 are the most": {str(number): "x" for number in range(21)},
    }
    for sentence, metadata in sentences.items():
        with pytest.raises(ValueError, match=r"^the metadata|^metadata") as wrong:
            su.configure("a", metadata=metadata)
        assert str(wrong.value) == sentence


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"namespace": None}, "namespace is None: give a text"),
        ({"accept": None}, "accept is None: give a text"),
        ({"accept": ["image/*"]}, "accept is ['image/*']: give a text"),
        ({"max_files": "3"}, "max_files is '3': give a whole number"),
        ({"max_files": 1.5}, "max_files is 1.5: give a whole number"),
        ({"max_files": True}, "max_files is True: give a whole number"),
        ({"max_size": 1.5}, "1.5 is no size: write it like 5_000_000, '5 MB' or '2 GiB'"),
        ({"system_files": "no"}, "system_files is 'no': give True or False"),
        ({"metadata": {1: "x"}}, "the name 1 in metadata is no text"),
        ({"metadata": "abc"}, "metadata is 'abc': give texts or Vars by name, such as {'ticket': State.ticket}"),
    ],
)
def test_what_is_of_another_type_is_said_in_a_sentence(given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(TypeError) as wrong:
        su.configure(**{"namespace": "a", **given})
    assert str(wrong.value) == sentence


@pytest.mark.parametrize("value", [42, None, ["x"]])
def test_metadata_is_a_text_or_a_var(value: object) -> None:
    with pytest.raises(TypeError, match="the metadata ticket is"):
        su.configure("a", metadata={"ticket": value})


@pytest.mark.parametrize("text", ["7", "5 MB", "5mb", "1.5 GiB", "2k", "3 TB"])
def test_sizes_read_as_the_settings_read_them(text: str) -> None:
    assert size_of(text) == parse_size(text)


def test_what_systems_leave_in_folders_is_taken_where_it_is_said() -> None:
    assert "systemFiles" not in rendered(su.configure("a").folder_input())
    for part in (su.configure("a", system_files=True).folder_input(), su.configure("a", system_files=True).drop_zone()):
        assert "systemFiles" in rendered(part)
    assert "data-system-files" in rendered(su.drop_zone(system_files=True))
    assert "data-system-files" in rendered(su.drop_area(system_files=True))
    assert "data-system-files" not in rendered(su.drop_area())


def test_its_parts_say_whose_they_are() -> None:
    avatars = su.configure("avatars", accept="image/*", max_size="5 MB", max_files=1, metadata={"n": Ticket.number})
    area = rendered(avatars.drop_area())
    assert '"data-uploader":"avatars"' in area.replace('" : "', '":"').replace('": "', '":"').replace("\\", "")
    assert "UploaderMark" in area
    assert "up to { $size } each" in area
    assert "roundSizeText(5000000)" in area
    assert "choose files" in area
    assert "a folder" not in area, "where one file is taken there is no use for a folder"
    assert "a folder" in rendered(avatars.drop_area(folders=True))
    for part in (avatars.file_input(), avatars.folder_input(), avatars.drop_zone()):
        text = rendered(part)
        assert '["name"] : "avatars"' in text
        assert Ticket.get_full_name().replace(".", "__") in text
    assert 'accept:"image/*"' in rendered(avatars.file_input()).replace("accept: ", "accept:")


@rx.memo
def in_a_memo(number: rx.Var[int]) -> rx.Component:
    return su.configure("tickets", metadata={"ticket": number}).file_input()


def test_files_wait_for_what_the_server_has_to_say_of_them() -> None:
    def waits(value: Any) -> bool:
        return "isKnown" in rendered(su.configure("tickets", metadata={"ticket": value}).file_input())

    values = [Ticket.number, Ticket.number + 1, f"no. {Ticket.number}", rx.cond(Ticket.number > 1, "a", "b")]
    assert [waits(value) for value in values] == [True] * 4
    assert "isKnown" in rendered(in_a_memo._definition.component)  # type: ignore[attr-defined]
    assert [waits(value) for value in ("42", rx.Var.create("42"), rx.color_mode)] == [False] * 3


def test_each_list_is_a_value_of_its_own() -> None:
    lists = [
        su.cards(),
        su.cards("done", 3),
        su.cards(uploader=""),
        su.configure("a-b").cards(),
        su.configure("a_hb").cards("active", 2),
    ]
    assert len({str(one) for one in lists}) == len(lists)
    calls = [next(iter(data.hooks)) for one in lists if (data := one._get_all_var_data()) is not None]
    assert [call.partition(" = ")[2] for call in calls] == [
        'useCards("", 0, undefined);',
        'useCards("done", 3, undefined);',
        'useCards("", 0, "");',
        'useCards("", 0, "a-b");',
        'useCards("active", 2, "a_hb");',
    ]


def test_a_name_may_be_that_of_the_record_which_the_page_shows() -> None:
    files = su.configure(Ticket.key)
    found = files.cards("active")
    data = found._get_all_var_data()
    assert data is not None
    state, cards = data.hooks
    assert "useStateContext" in state, "its value stands before the list that asks for it"
    assert cards.endswith(f'useCards("active", 0, {Ticket.key!s});')
    assert str(found) != str(su.configure(Ticket.other).cards("active"))
    assert f'"data-uploader":{Ticket.key!s}' in rendered(files.drop_zone())
    assert f'["name"] : {Ticket.key!s}' in rendered(files.file_input())
    assert str(Ticket.key) in rendered(files.card_list("done", "Today"))


def test_clearing_a_list_leaves_the_others() -> None:
    assert "avatars" in rendered(su.configure("avatars").card_list("done", "Today"))
    assert str(su.dismiss_all()) != str(su.dismiss_all("avatars"))
