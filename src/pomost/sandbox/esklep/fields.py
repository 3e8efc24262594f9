"""Kinds of values in the contract, sections 0 and 15.3."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Literal

from msgspec import Meta

# A line end is no end of a number: `$` alone would let one through.
_WHOLE = r"(0|[1-9][0-9]{0,11})"
Decimal4 = Annotated[str, Meta(pattern=rf"^{_WHOLE}(\.[0-9]{{1,4}})?$(?!\n)")]
Signed4 = Annotated[str, Meta(pattern=rf"^-?{_WHOLE}(\.[0-9]{{1,4}})?$(?!\n)")]
Signed2 = Annotated[str, Meta(pattern=rf"^-?{_WHOLE}(\.[0-9]{{1,2}})?$(?!\n)")]
Money2 = Annotated[str, Meta(pattern=rf"^{_WHOLE}(\.[0-9]{{1,2}})?$(?!\n)")]
Rate = Annotated[str, Meta(pattern=r"^[0-9]{1,2}\.[0-9]{2}$(?!\n)")]

Key = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^\S(.*\S)?$(?!\n)")]
Code20 = Annotated[str, Meta(min_length=1, max_length=20)]
Code50 = Annotated[str, Meta(min_length=1, max_length=50)]
Line = Annotated[str, Meta(max_length=500)]
Stamp = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Place = Annotated[int, Meta(ge=0, le=1_000_000_000)]
Moment = Annotated[datetime, Meta(tz=True)]
# When a document was issued: the ERP keeps a day, others a moment.
Issued = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2}))?$(?!\n)")]
Currency = Annotated[str, Meta(pattern=r"^[A-Z]{3}$(?!\n)")]
Language = Annotated[str, Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$(?!\n)")]
Country = Annotated[str, Meta(pattern=r"^[A-Z]{2}$(?!\n)")]
Hour = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$(?!\n)")]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
Email = Annotated[str, Meta(max_length=254, pattern=r"^[^@\s]+@[^@\s]+$(?!\n)")]
Url = Annotated[str, Meta(max_length=2048, pattern=r"^https?://")]
Basis = Literal["net", "gross"]
Upsert = Literal["upsert"]

CENT = Decimal("0.01")
HUNDRED = Decimal(100)


def rounded(value: Decimal, places: int = 2) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def covers(valid_from: date | None, valid_to: date | None, day: date) -> bool:
    """Whether a day lies in a window; both ends belong to it, an open end has no limit."""
    return (valid_from is None or valid_from <= day) and (valid_to is None or day <= valid_to)
