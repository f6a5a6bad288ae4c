"""What an event of a page may carry: every handler says how much each of its arguments may be, and an event with more, or with another type, is not handled.

It is handled in the language of its tab. Whoever has a websocket sends what they like to whatever handler they like, and what a handler keeps stays in memory for an hour.
"""

import dataclasses
import functools
import inspect
import logging
import typing
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from smartupload import words
from smartupload.service import inputs

from .connection import language_of

_log = logging.getLogger(__name__)

_Handler = TypeVar("_Handler", bound=Callable[..., Any])

#: what holds the bounds of a handler
MARK = "__bounds__"

#: Characters of an id, a token, a name of a choice; of what people search by; of a form; of a file.
ID, SEARCH, FORM, FILE = 100, 200, 2_000, 10_000
#: Of the ids of a thousand files.
MANY_IDS = 40_000


def bounds(**most: int) -> Callable[[_Handler], _Handler]:
    """Below `rx.event`: for each argument the most characters of all its texts together, names of members included.

    Each argument that is no text counts as one for each value in it. Raises TypeError for an argument without a bound.
    """

    def bounded(handler: _Handler) -> _Handler:
        signature = inspect.signature(handler)
        arguments = list(signature.parameters)[1:]
        if set(arguments) != set(most):
            raise TypeError(f"{handler.__qualname__}: give a bound for each of {arguments}, and for nothing else")
        hints = typing.get_type_hints(handler)

        def fits(state: object, given: tuple[Any, ...], named: Mapping[str, Any]) -> bool:
            try:
                found = signature.bind(state, *given, **named).arguments
            except TypeError:
                return False
            return all(
                _is(found[name], hints.get(name, Any)) and _length(found[name], limit) <= limit
                for name, limit in most.items()
                if name in found
            )

        if inspect.iscoroutinefunction(handler):

            @functools.wraps(handler)
            async def later(self: object, *given: Any, **named: Any) -> Any:
                with words.speaking(language_of(self)):
                    return await handler(self, *given, **named) if fits(self, given, named) else _refuse(handler)

            return _marked(later, most)

        @functools.wraps(handler)
        def now(self: object, *given: Any, **named: Any) -> Any:
            with words.speaking(language_of(self)):
                return handler(self, *given, **named) if fits(self, given, named) else _refuse(handler)

        return _marked(now, most)

    return bounded


def _marked(handler: Any, most: Mapping[str, int]) -> Any:
    setattr(handler, MARK, dict(most))
    return handler


def _refuse(handler: Callable[..., Any]) -> None:
    _log.info("an event was not handled, its arguments are not what a page sends: %s", handler.__qualname__)


def _is(value: Any, hint: Any) -> bool:
    """Whether it is of that type. A dataclass is one whose members are."""
    if hint is Any:
        return True
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        return isinstance(value, hint) and all(
            _is(getattr(value, field.name), hints[field.name]) for field in dataclasses.fields(hint)
        )
    wanted = typing.get_origin(hint) or hint
    # True is an int, and no number that anybody means.
    return isinstance(value, wanted) and (wanted is bool or not isinstance(value, bool))


def _length(value: Any, most: int) -> int:
    """How much it is, as far as that is not more than allowed; a structure of any depth, without recursion."""
    left, length = [value], 0
    while left and length <= most:
        one = left.pop()
        if isinstance(one, str):
            # What is no text at all could neither be kept nor told to a page.
            length += len(one) if len(one) <= most and inputs.is_name(one) else most + 1
        elif isinstance(one, Mapping):
            length += 1
            left += [item for pair in one.items() for item in pair]
        elif isinstance(one, list | tuple | set | frozenset):
            length += 1
            left += one
        elif dataclasses.is_dataclass(one) and not isinstance(one, type):
            left += [getattr(one, field.name) for field in dataclasses.fields(one)]
        elif isinstance(one, int):
            length += 1 + one.bit_length() // 32
        else:
            length += 1
    return length
