"""Kinds of values in requests, as strict as the M/store contract, section 0, and no stricter."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter, WithJsonSchema

STRICT = ConfigDict(extra="forbid", strict=True)

Money = Annotated[
    str,
    Field(pattern=r"^[0-9]{1,12}(\.[0-9]{1,2})?$"),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,2})?$", "examples": ["15.00"]}),
]
PriceKind = Literal["net", "gross"]
VatRate = Literal["23", "8", "5", "0", "zw", "np", "oo"]
Reference = Annotated[str, Field(min_length=1, max_length=200)]
# At least one character that is not white space: a name of spaces is no name.
Name = Annotated[str, Field(min_length=1, max_length=120, pattern=r"\S")]
Line = Annotated[str, Field(max_length=200)]

CENT = Decimal("0.01")


def money(text: str) -> Decimal:
    return Decimal(text).quantize(CENT)


def inline_schema(type_: Any) -> dict[str, Any]:
    """The JSON schema of a type without references, for places where no definitions can stand beside it."""
    schema = TypeAdapter(type_).json_schema()
    definitions = schema.pop("$defs", {})
    found = _inlined(schema, definitions)
    assert isinstance(found, dict)
    return found


def _inlined(node: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_inlined(part, definitions) for part in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _inlined(definitions[node["$ref"].rsplit("/", 1)[1]], definitions)
    return {name: _inlined(part, definitions) for name, part in node.items()}
