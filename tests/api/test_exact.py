"""No number in a request is a text or a truth value: of every field of every body, since the document says so of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError

from smartupload.api.app import make_api


def bodies() -> set[type[BaseModel]]:
    """The models of all bodies, and those within them."""
    routes: list[Any] = list(make_api(lambda: None).routes)  # pyright: ignore[reportArgumentType]
    found: set[type[BaseModel]] = set()
    while routes:
        route = routes.pop()
        routes += getattr(getattr(route, "original_router", None), "routes", ())
        if isinstance(route, APIRoute) and route.body_field is not None:
            found |= set(models(route.body_field.field_info.annotation))
    return found


def models(kind: Any) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
        for field in kind.model_fields.values():
            yield from models(field.annotation)
    for part in get_args(kind):
        yield from models(part)


def numbers() -> list[tuple[type[BaseModel], str]]:
    return [
        (model, name)
        for model in sorted(bodies(), key=lambda one: one.__name__)
        for name, field in model.model_fields.items()
        if {int, float} & {field.annotation, *get_args(field.annotation)}
    ]


def test_there_are_some() -> None:
    assert {"HowFar.high", "NewUpload.size"} <= {f"{model.__name__}.{name}" for model, name in numbers()}


@pytest.mark.parametrize(("model", "name"), numbers(), ids=lambda one: getattr(one, "__name__", one))
@pytest.mark.parametrize("value", [True, False, "1"])
def test_a_number_is_a_number(model: type[BaseModel], name: str, value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        model.model_validate({name: value})
    assert (name,) in [error["loc"] for error in refused.value.errors()]
