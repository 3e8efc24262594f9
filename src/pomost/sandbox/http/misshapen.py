"""Answers spoiled on purpose, or spelt otherwise: wrong types, fields from the future, halves of documents."""

import re
from collections.abc import Callable
from typing import Any

import msgspec

from pomost.sandbox.http.faults import Fault

HTML = b"<!doctype html><html><head><title>Portal</title></head><body><h1>Zaloguj si\xc4\x99</h1></body></html>"

_ENUMS = ("status", "price_kind", "basis", "requires_licence", "source", "price_source")
_UNKNOWN = "from_the_future"
_AMOUNTS = frozenset({
    "price", "amount", "unit_price", "line_net", "line_vat", "line_gross", "deposit_total", "total_net", "total_vat",
    "total_gross", "price_start", "price_final", "value", "value_net", "value_vat", "value_gross", "cost_net",
    "cost_gross", "net", "vat", "tax", "gross", "to_pay", "paid_amount", "points_value", "amount_total",
})  # fmt: skip
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.(\d{6})Z")


def misspelt(fault: Fault, body: bytes) -> bytes:
    """The same answer in another spelling, where the script says so."""
    if fault.kind == "wrong_types":
        return wrong_types(body, fault.fields)
    spell = _SPELLINGS.get(fault.kind)
    return body if spell is None else spell(body)


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


def _respelt(body: bytes, names: frozenset[str] | None, spell: Callable[[str], str]) -> bytes:
    """The same answer with its texts spelt otherwise: those of these fields, or all of them."""

    def walk(node: Any, name: str | None) -> Any:
        if isinstance(node, list):
            return [walk(part, name) for part in node]
        if isinstance(node, dict):
            if "file_sha256" in node:  # the value of an attribute is a text, whatever it looks like
                return node
            return {key: walk(part, key) for key, part in node.items()}
        return spell(node) if isinstance(node, str) and (names is None or name in names) else node

    return msgspec.json.encode(walk(msgspec.json.decode(body), None))


def _short(text: str) -> str:
    """`15.00` is 15, `3.50` is 3.5: two places are the most a price may have, not the least."""
    return text.rstrip("0").rstrip(".") if re.fullmatch(r"-?\d+\.\d+", text) else text


def _other_time(text: str) -> str:
    """The same moment as RFC 3339 may write it as well."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return text
    fraction = found[2].rstrip("0")
    return f"{found[1]}{'.' if fraction else ''}{fraction}+00:00"


def _back_to_front(body: bytes) -> bytes:
    document = msgspec.json.decode(body)
    if isinstance(document, dict) and isinstance(document.get("results"), list):
        document["results"].reverse()
    return msgspec.json.encode(document)


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


_SPELLINGS: dict[str, Callable[[bytes], bytes]] = {
    "unknown_fields": unknown_fields,
    "decimal_comma": lambda body: _respelt(body, _AMOUNTS, lambda text: text.replace(".", ",")),
    "short_amounts": lambda body: _respelt(body, _AMOUNTS, _short),
    "other_times": lambda body: _respelt(body, None, _other_time),
    "unordered_results": _back_to_front,
}
