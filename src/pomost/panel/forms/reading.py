"""What a browser sent for a section, as that section of a settings document; judging it is the hallway's work."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from pomost.model.text import Text
from pomost.panel.forms.fields import Input, Kind, inputs

_MOST_ROWS = 200
_DIGITS = 9


@dataclass(slots=True)
class Sent:
    """A section as sent. `values` go into the document; `secrets` are apart, blank ones left out.

    `problems`: what a document could not even hold, by path.
    """

    values: dict[str, Any] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    problems: dict[str, list[Text]] = field(default_factory=dict)


def whole(text: str) -> int | None:
    """A whole number as an address or a form has it; None for anything else, and for one no list is as long as."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else None


def sent(section: type[Any], path: str, data: QueryDict, held: Mapping[str, Any]) -> Sent:
    """Read the fields of `section` from a form.

    A value equal to the declared default is left out unless the document `held` spells it out already, so that saving
    a form untouched changes nothing.
    """
    found = Sent()
    found.values = _values(section, path, data, held, found)
    return found


def _values(section: type[Any], path: str, data: QueryDict, held: Mapping[str, Any], found: Sent) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for one in inputs(section, path, {}):
        name = one.name
        if one.kind is Kind.SECRET:
            if data.get(one.path):
                found.secrets[one.path] = str(data[one.path])
            continue
        value = _read(one, data, held.get(name), found)
        if value is None or (one.required and value == ""):
            continue  # what is required and blank is missing: the hallway says so
        if one.required or name in held or value != one.value:
            values[name] = value
    return values


def _read(one: Input, data: QueryDict, held: Any, found: Sent) -> Any:  # noqa: PLR0911  (one per kind)
    """The value of one field; None where it is left to its default."""
    match one.kind:
        case Kind.SWITCH:
            return one.path in data
        case Kind.NUMBER:
            return _number(str(data.get(one.path, "")), exact=isinstance(one.value, str))
        case Kind.ONE_OF if one.path not in data:
            return None
        case Kind.SOME_OF:
            return sorted(_each_once(data.getlist(one.path)))
        case Kind.SOME_LISTED | Kind.LINES:
            return _each_once(data.getlist(one.path))
        case Kind.GROUP:
            assert one.declared is not None
            inner = _values(one.declared, one.path, data, held if isinstance(held, Mapping) else {}, found)
            return inner or None
        case Kind.ROWS:
            return _rows(one, data, found)
        case Kind.PAIRS:
            return _pairs(one, data, found)
        case Kind.STAGES:
            told = {option.value: str(data.get(f"{one.path}.{option.value}", "")) for option in one.options}
            return {stage: status for stage, status in told.items() if status}
        case _:
            return str(data.get(one.path, "")).strip()


def _number(text: str, *, exact: bool) -> Any:
    """Whole numbers as numbers, `exact` amounts as text with a point, since Poles type a comma; None where blank."""
    tidy = text.strip().replace("\u00a0", "").replace(" ", "").replace(",", ".")
    if not tidy:
        return None
    if exact:
        return tidy
    try:
        return int(tidy)
    except ValueError:
        return tidy


def _rows(one: Input, data: QueryDict, found: Sent) -> list[dict[str, Any]]:
    """Rows in the order of their numbers; a row is there when its hidden mark is."""
    assert one.declared is not None
    numbers = sorted({number for mark in data.getlist(one.path) if (number := whole(mark)) is not None})
    if len(numbers) > _MOST_ROWS:
        text = Text("najwyżej {most} wierszy, a jest {count}", "{most} rows at most, and there are {count}")
        found.problems[one.path] = [text.fill(most=_MOST_ROWS, count=len(numbers))]
    rows = []
    for place, number in enumerate(numbers):
        inner = Sent()
        row = _values(one.declared, f"{one.path}.{number}", data, {}, inner)
        rows.append(row)
        found.problems |= {
            path.replace(f"{one.path}.{number}.", f"{one.path}.{place}.", 1): texts
            for path, texts in inner.problems.items()
        }
    return rows


def _pairs(one: Input, data: QueryDict, found: Sent) -> dict[str, str]:
    """Both columns of the dictionary; a line with nothing on the left is no line."""
    pairs: dict[str, str] = {}
    for left, right in zip(data.getlist(f"{one.path}.left"), data.getlist(f"{one.path}.right"), strict=False):
        key, value = str(left).strip(), str(right).strip()
        if not key and not value:
            continue
        if key in pairs or not key:
            text = Text("„{key}” stoi tu dwa razy", "“{key}” stands here twice").fill(key=key)
            missing = Text("brak jednostki z ERP przy „{value}”", "no ERP unit beside “{value}”").fill(value=value)
            found.problems.setdefault(one.path, []).append(text if key else missing)
            continue
        pairs[key] = value
    return pairs


def _each_once(values: Iterable[Any]) -> list[str]:
    """Each value once; several may have been typed, one to a line."""
    lines = (line.strip() for value in values for line in str(value).splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def row_sent(declared: type[Any], path: str, number: int, data: QueryDict) -> dict[str, Any]:
    """One row of a form that is not saved yet."""
    return _values(declared, f"{path}.{number}", data, {}, Sent())
