"""What a value in a request may be, exactly as the API's document says it: no number is a text, no moment a number."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic.config import JsonDict

from smartupload.service import inputs
from smartupload.service.files import metadata as rules

MAX_HEAD = 8192
"""Characters of base64; 4 KiB and some padding."""
MAX_SIZE = 2**53 - 1
"""Bytes: as far as all who read JSON count exactly."""


def _moment(value: Any) -> Any:
    """As the document says it: no number of seconds. Raises ValueError."""
    if isinstance(value, datetime) or (isinstance(value, str) and "-" in value[1:]):
        return value
    raise ValueError("must be a moment in ISO 8601")


Moment = Annotated[datetime, BeforeValidator(_moment), AfterValidator(inputs.utc)]


def _number(value: Any) -> Any:
    """As the document says it: neither a text of digits nor true. Raises ValueError."""
    if isinstance(value, str | bool):
        raise ValueError("must be a number")
    return value


EXACT = BeforeValidator(_number)
"""Behind what else is said of a number."""
BASE64: JsonDict = {"pattern": "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"}
DIGEST: JsonDict = {"pattern": "^[A-Za-z0-9+/]{43}=$"}
KEY: JsonDict = {"maxLength": 200}
"""For the document only: what is none is refused with a sentence of its own."""


Metadata = Annotated[
    dict[
        Annotated[str, Field(pattern=rules.NAME)],
        Annotated[str, Field(max_length=rules.MAX_TEXT), AfterValidator(rules.checked_text)],
    ],
    Field(max_length=rules.MAX_MEMBERS, json_schema_extra={"additionalProperties": False}),
    AfterValidator(rules.checked),
]
"""Texts by name."""
