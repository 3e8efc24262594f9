"""Versions of a channel's settings: what differs between two of them, setting by setting, under their labels."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from pomost.app.document import sections_for
from pomost.model.setting import about
from pomost.model.text import Text
from pomost.ports.fault import Refused

_MISSING = object()


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One setting of two versions: its dotted path, its label, what it was and what it is (blank: not set)."""

    path: str
    label: Text
    before: str
    after: str


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[SettingChange]:
    """What differs between two documents. Branches are compared by their ids, so that adding one moves no other."""
    labels = {**_labels(before), **_labels(after)}
    old, new = dict(_flat(before, "")), dict(_flat(after, ""))
    return [
        SettingChange(path, _label(path, labels), _told(old.get(path)), _told(new.get(path)))
        for path in dict.fromkeys([*old, *new])
        if old.get(path, _MISSING) != new.get(path, _MISSING)
    ]


def version_of(history: list[tuple[int, str, Any, dict[str, Any]]], number: int) -> dict[str, Any]:
    """The document of a version. Raises Refused where there is none."""
    found = next((document for version, _, _, document in history if version == number), None)
    if found is None:
        raise Refused(
            Text("Nie ma wersji ustawień nr {number}.", "There is no version {number} of the settings.").fill(
                number=number
            ),
            Text("Zobacz listę wersji (pomost settings history).", "See the versions (pomost settings history)."),
        )
    return found


def _flat(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Leaves of a document by dotted path; lists of sections by their ids, other lists are leaves."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _flat(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
        for place, inner in enumerate(value, 1):
            yield from _flat(inner, f"{path}[{inner.get('id', place)}]")
    else:
        yield path, value


def _labels(document: Mapping[str, Any]) -> dict[str, Text]:
    """Labels by path without the ids of list entries."""
    head = document.get("channel", {})
    try:
        sections = sections_for(str(head.get("erp", "")), str(head.get("shop", "")))
    except KeyError:
        return {}  # a connector this program no longer has: its settings are told by their paths
    found: dict[str, Text] = {}
    for name, kind in sections.items():
        found |= _declared(name, get_args(kind)[0] if get_origin(kind) is list else kind)
    return found


def _declared(path: str, section: Any) -> dict[str, Text]:
    found: dict[str, Text] = {}
    for field in dataclasses.fields(section):
        declared = about(field.metadata)
        if declared is not None:
            found[f"{path}.{field.name}"] = declared.label
        inner = field.default_factory if field.default_factory is not dataclasses.MISSING else field.type
        if isinstance(inner, type) and dataclasses.is_dataclass(inner):
            found |= _declared(f"{path}.{field.name}", inner)
    return found


def _label(path: str, labels: Mapping[str, Text]) -> Text:
    """The label of a path or of the nearest setting above it, with the entry of the list it belongs to."""
    bare, entry = path, ""
    if "[" in path:
        head, _, rest = path.partition("[")
        entry, _, tail = rest.partition("]")
        bare = head + tail
    name = bare
    while name and name not in labels:
        name = name.rpartition(".")[0]
    label = labels.get(name, Text(bare, bare))
    more = bare.removeprefix(name).lstrip(".") if name and name in labels else ""
    suffix = "".join(f" ({one})" for one in (entry, more) if one)
    return Text(label.pl + suffix, label.en + suffix)


def _told(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
