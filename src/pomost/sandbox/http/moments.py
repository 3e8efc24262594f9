"""Times as RFC 3339 text in UTC of one fixed width."""

import re
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?(?:[Zz]|[+-]00:00)", re.ASCII)
_MICROSECONDS = 6


def moment_text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") + "Z"


def normal_moment(text: str) -> str:
    """The same moment in the fixed width; anything that is not RFC 3339 in UTC is refused."""
    found = _RFC3339.fullmatch(text)
    if found is None:
        raise ValueError("not a time in UTC as RFC 3339 writes it")
    datetime.fromisoformat(text[:19].upper())
    fraction = (found[1] or ".")[1:][:_MICROSECONDS].ljust(_MICROSECONDS, "0")
    return f"{text[:19].upper()}.{fraction}Z"


Moment = Annotated[str, AfterValidator(normal_moment), WithJsonSchema({"type": "string", "format": "date-time"})]
