"""Answers spoiled on purpose: wrong types, fields from the future, halves of documents."""

from typing import Any

import msgspec

HTML = b"<!doctype html><html><head><title>Portal</title></head><body><h1>Zaloguj si\xc4\x99</h1></body></html>"

_ENUMS = ("status", "price_kind", "basis", "requires_licence", "source", "price_source")
_UNKNOWN = "from_the_future"
_AMOUNTS = frozenset({
    "price", "amount", "unit_price", "line_net", "line_vat", "line_gross", "deposit_total", "total_net", "total_vat",
    "total_gross",
})  # fmt: skip


def wrong_types(body: bytes, fields: list[str] | None) -> bytes:
    """The same answer with values of the wrong type, in all the fields that are known for it or in those named."""
    return msgspec.json.encode(_mistyped(msgspec.json.decode(body), set(fields) if fields else _MISTAKES.keys()))


def _mistyped(node: Any, names: Any) -> Any:
    if isinstance(node, list):
        return [_mistyped(part, names) for part in node]
    if not isinstance(node, dict):
        return node
    return {
        name: _MISTAKES.get(name, _other)(value) if name in names else _mistyped(value, names)
        for name, value in node.items()
    }


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isdigit() else 0


def _fraction(value: Any) -> Any:
    return float(value) if isinstance(value, str) else value


def _nothing(_: Any) -> None:
    return None


def _text(value: Any) -> Any:
    return str(value)


def _other(value: Any) -> Any:
    return 0 if isinstance(value, str) else "0"


_MISTAKES = {
    "ean": _number,
    "gtin14": _number,
    "nip": _number,
    "sales_units": _nothing,
    "price": _fraction,
    "total_gross": _fraction,
    "quantity": _text,
    "results": _nothing,
    "lines": _nothing,
}


def decimal_comma(body: bytes) -> bytes:
    """The same answer from a shop that writes its amounts the Polish way."""
    return msgspec.json.encode(_with_commas(msgspec.json.decode(body)))


def _with_commas(node: Any) -> Any:
    if isinstance(node, list):
        return [_with_commas(part) for part in node]
    if not isinstance(node, dict):
        return node
    return {
        name: value.replace(".", ",") if name in _AMOUNTS and isinstance(value, str) else _with_commas(value)
        for name, value in node.items()
    }


def unknown_fields(body: bytes) -> bytes:
    """The same answer from a newer server: more fields everywhere, and an unknown value in the first record."""
    document = msgspec.json.decode(body)
    if isinstance(document, dict) and isinstance(document.get("data"), list):
        records = document["data"]
        if records and isinstance(records[0], dict):
            records[0] = _newer(records[0])
    elif isinstance(document, dict) and "results" not in document and "type" not in document:
        document = _newer(document)
    return msgspec.json.encode(_extended(document))


def _newer(record: dict[str, Any]) -> dict[str, Any]:
    changed = {name: _UNKNOWN if name in _ENUMS and value is not None else value for name, value in record.items()}
    if isinstance(changed.get("sales_units"), list):
        unit = {"id": _UNKNOWN, "type": "ZZ", "multiplier": 7, "label": "ZZ 7"}
        changed["sales_units"] = [*changed["sales_units"], unit]
    if isinstance(changed.get("allowed_next"), list):
        changed["allowed_next"] = [*changed["allowed_next"], _UNKNOWN]
    return changed


def _extended(node: Any) -> Any:
    if isinstance(node, list):
        return [_extended(part) for part in node]
    if not isinstance(node, dict):
        return node
    return {**{name: _extended(value) for name, value in node.items()}, "x_future": {"kind": _UNKNOWN, "values": [1]}}


def half(body: bytes, fraction: float) -> bytes:
    """The beginning of a document, never all of it."""
    return body[: min(int(len(body) * fraction), max(len(body) - 1, 0))]
