"""Which objects are hooks: what is never called, or could be misunderstood, is refused with what to write."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from smartupload import hooks
from smartupload.composition import SmartUpload
from smartupload.settings import load
from tests.hooks import Says


class Right:
    version = 1

    def may_upload(self, file: hooks.NewFile) -> str | None:
        return None


class Old(Right):
    version = 0


class Silent:
    version = 1

    def may_uplaod(self, file: hooks.NewFile) -> None: ...


class NoMethod:
    version = 1
    finish = "no"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([Right], "Right is a class: hand over an object, Right()"),
        ([Old()], "Old does not say for which version of the hooks it was written: `version = 1`"),
        ([object()], "object does not say for which version"),
        ([Silent()], "Silent has no method that is called: file_name, may_upload, folder, finish, on_ready"),
        ([NoMethod()], "NoMethod.finish is no method"),
        ([Says("a\nb", folder="a")], "'a\\nb' is no name for a hook: write it in one line"),
        ([Right(), Right()], "two hooks are called Right: give them different texts as `name`"),
    ],
)
def test_what_is_wrong_is_said_at_once(given: list[object], said: str) -> None:
    with pytest.raises(TypeError) as wrong:
        SmartUpload(load({}), hooks=given)  # pyright: ignore[reportArgumentType]
    assert said in str(wrong.value)


SAID = hooks.Metadata(ticket="42", note="é")


def test_what_was_said_is_a_dict_that_stays_as_it_is() -> None:
    changes: list[Callable[[Any], object]] = [
        lambda said: said.update(ticket="43"),
        lambda said: said.pop("ticket"),
        lambda said: said.popitem(),
        lambda said: said.setdefault("more", "x"),
        lambda said: said.clear(),
        lambda said: said.__setitem__("ticket", "43"),
        lambda said: said.__delitem__("ticket"),
        lambda said: said.__ior__({"ticket": "43"}),
    ]
    for change in changes:
        with pytest.raises(TypeError, match="cannot be changed"):
            change(SAID)
    assert SAID == {"ticket": "42", "note": "é"}
    assert {**SAID, "ticket": "43"} == SAID | {"ticket": "43"} == {"ticket": "43", "note": "é"}


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_what_was_said_goes_through_whatever_takes_a_dict(protocol: int) -> None:
    for same in (copy.copy(SAID), copy.deepcopy(SAID), pickle.loads(pickle.dumps(SAID, protocol))):
        assert (type(same), same, hash(same)) == (hooks.Metadata, SAID, hash(SAID))
    assert json.loads(json.dumps(SAID)) == SAID
    new = hooks.NewFile("anna", "a", 1, "t/t", None)
    assert hash(new) == hash(copy.deepcopy(new))


def test_two_of_a_class_have_names() -> None:
    one, two = Says("one", folder="a"), Says("two", folder="b")
    assert hooks.checked([one, two]) == (one, two)


def test_every_protocol_is_called() -> None:
    """The table of methods is what the protocols say."""
    kinds = [hooks.FileName, hooks.MayUpload, hooks.Folder, hooks.Finish, hooks.OnReady]
    assert tuple(name for kind in kinds for name in vars(kind) if not name.startswith("_")) == hooks.METHODS
