"""How faulty requests to this shop are named, beyond what is common to all shops."""

from collections.abc import Sequence
from typing import Any

from pomost.sandbox.http.problems import Flaw, described, general_code

_OWNED = frozenset(
    {
        "id",
        "version",
        "created_at",
        "updated_at",
        "deleted_at",
        "price_source",
        "updated_by",
        "acknowledgement",
        "gtin14",
    }
)
# Fields whose faults have a problem of their own in the contract.
_BY_NAME = {"min_quantity": "min-quantity-invalid", "vat_rate": "vat-rate-unknown"}


def flaws_of(errors: Sequence[Any], *, strip: int = 0) -> list[Flaw]:
    """What a validator complained of, in the contract's words; `strip` drops leading parts such as `body`."""
    return described(errors, _code, strip=strip)


def _code(kind: str, name: str, value: Any, in_query: bool) -> str:
    if kind == "extra_forbidden" and not in_query and name in _OWNED:
        return "read-only-field"
    if kind not in {"missing", "extra_forbidden"}:
        if name == "quantity":
            return "quantity-negative" if type(value) is int else "quantity-not-integer"
        if name == "level" and type(value) is int and value > 0:
            return "segment-too-deep"
        if name in _BY_NAME:
            return _BY_NAME[name]
    return general_code(kind, name, value, in_query)
