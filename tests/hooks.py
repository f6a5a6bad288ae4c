"""Hooks of an app, and how the service meets them without an app."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from smartupload.adapters.hook_calls import SECONDS, HookCalls
from smartupload.hooks import checked
from smartupload.service.context import Context


class Says:
    """A hook with these methods; each answers with a value, or with what a function makes of the file."""

    version = 1

    def __init__(self, name: str = "Says", **answers: Any) -> None:
        self.name = name
        self.asked: list[Any] = []
        for method, answer in answers.items():
            setattr(self, method, self._method(answer))

    def _method(self, answer: Any) -> Any:
        def method(file: Any) -> Any:
            self.asked.append(file)
            return answer(file) if callable(answer) else answer

        return method


def raising(error: BaseException) -> Any:
    """An answer that is none."""

    def answer(_file: Any) -> Any:
        raise error

    return answer


def with_hooks(ctx: Context, *hooks: object, seconds: Mapping[str, float] = SECONDS) -> Context:
    """The context of an app with these hooks, none of them async."""
    return replace(ctx, hooks=HookCalls(checked(hooks), asyncio.new_event_loop(), seconds))
