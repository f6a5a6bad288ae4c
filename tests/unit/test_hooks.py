"""Which objects are hooks: what is never called, or could be misunderstood, is refused with what to write."""

from __future__ import annotations

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


def test_two_of_a_class_have_names() -> None:
    one, two = Says("one", folder="a"), Says("two", folder="b")
    assert hooks.checked([one, two]) == (one, two)


def test_every_protocol_is_called() -> None:
    """The table of methods is what the protocols say."""
    kinds = [hooks.FileName, hooks.MayUpload, hooks.Folder, hooks.Finish, hooks.OnReady]
    assert tuple(name for kind in kinds for name in vars(kind) if not name.startswith("_")) == hooks.METHODS
