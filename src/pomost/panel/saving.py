"""Saving settings from a form: onto the newest version, told of who was faster, noted in the audit log."""

import copy
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pomost.app import HIDDEN, SHOPS, SettingChange, SettingsMoved, SettingsWrong, differences
from pomost.model.text import Text
from pomost.panel.events import Kind, note
from pomost.panel.hallway import pomost

_AGAIN = Text("wpisz jeszcze raz: nie zapisano", "type it again: it was not saved")


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a channel's settings, secrets left out."""

    number: int
    author: str
    at: datetime
    document: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One setting two people disagree about: what it was, what the other made of it, what this form says."""

    label: Text
    before: str
    theirs: str
    mine: str


class Overtaken(Exception):
    """Somebody saved the same part of the settings meanwhile. `differences`: where the two disagree."""

    def __init__(self, newest: Version, differences: list[Difference]) -> None:
        super().__init__(newest.number)
        self.newest, self.differences = newest, differences


def newest(channel: str) -> Version:
    """Raises UnknownChannel."""
    return Version(*pomost().settings_history(channel, 1)[0])


def save(channel: str, parts: Mapping[str, Any], secrets: Mapping[str, str], made_from: int, author: str) -> Version:
    """Put `parts` (sections by name) in place of the newest version's own. `made_from`: the version the form showed.

    Where others saved other parts meanwhile, theirs stay. Raises Overtaken where they changed these very parts, and
    SettingsWrong; nothing is kept then.
    """
    now = newest(channel)
    parts, secrets = told_apart(now.document, parts, secrets)
    if now.number != made_from:
        # Nothing is kept over a newer version, but what may not be kept at all is told first: the page about others'
        # changes shows what was typed.
        with suppress(SettingsMoved):
            pomost().save_channel(_with({**now.document, **parts}, secrets), author, made_from=made_from)
        _refuse_overtaking(channel, now, parts, made_from)
    document = {**now.document, **parts}
    try:
        pomost().save_channel(_with(document, secrets), author, made_from=now.number)
    except SettingsMoved:
        later = newest(channel)
        raise Overtaken(later, _disagreements(now.document, later.document, parts)) from None
    saved = newest(channel)
    hidden = [{"path": path, "before": HIDDEN, "after": HIDDEN} for path in secrets]
    facts = [*told(differences(now.document, saved.document)), *hidden]
    if facts:
        note(author, Kind.SETTINGS, channel=channel, subject=str(saved.number), facts=facts)
    return saved


def told(changes: Iterable[SettingChange]) -> list[dict[str, str]]:
    """Changes as the audit log keeps them."""
    return [{"path": one.path, "before": one.before, "after": one.after} for one in changes]


def problems_of(wrong: SettingsWrong) -> dict[str, list[Text]]:
    """What is wrong, by path."""
    found: dict[str, list[Text]] = {}
    for problem in wrong.problems:
        found.setdefault(problem.path, []).append(problem.text)
    return found


def hidden_of(wrong: SettingsWrong) -> list[str]:
    """Paths of values that may be secrets: a form that comes back does not show them."""
    return [problem.path for problem in wrong.problems if problem.hides]


def without(document: Mapping[str, Any], paths: Iterable[str]) -> dict[str, Any]:
    """A copy of a document without the values at these paths; one inside a list takes the whole list with it."""
    copied: dict[str, Any] = copy.deepcopy(dict(document))
    for path in paths:
        inner, *steps = copied, *path.split(".")
        while len(steps) > 1 and isinstance(inner.get(steps[0]), dict):
            inner = inner[steps.pop(0)]
        inner.pop(steps[0], None)
    return copied


def typed_again(secrets: Iterable[str]) -> dict[str, list[Text]]:
    """Of a form that comes back unsaved: secrets are never sent back to a browser, so they have to be typed again."""
    return {path: [_AGAIN] for path in secrets}


def joined(first: Mapping[str, list[Text]], second: Mapping[str, list[Text]]) -> dict[str, list[Text]]:
    """What is wrong by either, by path."""
    return {path: [*first.get(path, ()), *second.get(path, ())] for path in {**first, **second}}


def earlier(channel: str, now: Version, number: int) -> Mapping[str, Any]:
    """The document of an earlier version; an empty one where there was none of this number."""
    if not 0 < number <= now.number:
        return {}
    history = pomost().settings_history(channel, now.number - number + 1)
    return next((document for found, _, _, document in history if found == number), {})


def _refuse_overtaking(channel: str, now: Version, parts: Mapping[str, Any], made_from: int) -> None:
    base = earlier(channel, now, made_from)
    if any(base.get(name) != now.document.get(name) for name in parts):
        found = _disagreements(base, now.document, parts)
        if found:
            raise Overtaken(now, found)


def _disagreements(base: Mapping[str, Any], theirs: Mapping[str, Any], parts: Mapping[str, Any]) -> list[Difference]:
    """Where the newest settings and the form differ, each beside what stood there when the form was opened."""
    was = {one.path: one.before for one in differences({**theirs, **base}, {**theirs, **base, **parts})}
    return [
        Difference(one.label, was.get(one.path, one.after), one.before, one.after)
        for one in differences(theirs, {**theirs, **parts})
    ]


def told_apart(
    document: Mapping[str, Any], parts: Mapping[str, Any], secrets: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """What was typed, with a key that was pasted into the shop's address among the secrets."""
    if "shop" not in parts:
        return {**parts}, {**secrets}
    section = SHOPS[document["channel"]["shop"]].prepare(dict(parts["shop"]))
    key = section.pop("key", "")
    return {**parts, "shop": section}, {**({"shop.key": key} if key else {}), **secrets}


def _with(document: Mapping[str, Any], secrets: Mapping[str, str]) -> dict[str, Any]:
    """The document with the secrets that were typed in."""
    filled = dict(document)
    for path, value in secrets.items():
        section, _, name = path.partition(".")
        filled[section] = {**filled.get(section, {}), name: value}
    return filled
