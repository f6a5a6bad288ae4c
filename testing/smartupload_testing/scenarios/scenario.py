"""What a scenario is: a function of a scene, with a name and a sentence."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass

from smartupload_testing.scene import Scene


@dataclass(frozen=True)
class Scenario:
    """`play` raises AssertionError when what it says does not hold."""

    name: str
    sentence: str
    play: Callable[[Scene], None]


def scenario(play: Callable[[Scene], None]) -> Scenario:
    """From a function, its name and the first line of its docstring."""
    sentence = (inspect.getdoc(play) or "").split("\n")[0]
    return Scenario(play.__name__.replace("_", "-"), sentence, play)
