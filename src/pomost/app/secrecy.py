"""Secrets typed where others read: found before anything is kept, never repeated by the message that refuses them."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pomost.app.results import Problem
from pomost.model.text import Text

HIDDEN = "•••"
_SHORTEST = 12
"""Signs of a secret that is looked for in other settings; a shorter one may well be a word."""
_KEYLIKE = re.compile(r"(?=(?:\D*\d){3})(?=.*[^\W\d_])\S{16,}")
_SAID = re.compile(
    r"\b(?:password|passwd|pwd|has[lł]o|api[_-]?key|client[_-]?secret|access[_-]?token|token)\s*[=:]\s*\S"
    r"|\bbearer\s+\S{8}|://[^/\s@]*:[^/\s@]+@|-----BEGIN ",
    re.IGNORECASE,
)
"""A password or key that is named as one: a connection text, an address with a password, a key file."""
_LOGINS = ("login", "operator")
"""Ends of the names of settings that may be equal to a password: people do that, and it is their choice."""
_EXPOSED = Text(
    "stoi tu hasło albo klucz, a tę wartość widzą inni: usuń go stąd i wpisz w polu, które jest do tego",
    "there is a password or a key here, and others see this value: take it out, and enter it in the field made for it",
)


def exposed(document: Mapping[str, Any], secrets: Iterable[str]) -> Iterator[Problem]:
    """Settings that hold one of these secrets, or say one by themselves. `document`: secrets' own fields left out."""
    known = [secret for secret in secrets if len(secret) >= _SHORTEST]
    for path, text in _texts(document, ""):
        held = any(secret in text and not (secret == text and path.endswith(_LOGINS)) for secret in known)
        if held or _SAID.search(text):
            yield Problem(path, _EXPOSED, hides=True)


def masked(problems: Iterable[Problem], secrets: Collection[str]) -> list[Problem]:
    """The problems without any of these secrets in their words or places."""
    known = sorted({secret for secret in secrets if secret}, key=len, reverse=True)

    def bare(text: str) -> str:
        for secret in known:
            text = text.replace(secret, HIDDEN)
        return text

    return [replace(one, path=bare(one.path), text=Text(bare(one.text.pl), bare(one.text.en))) for one in problems]


def quoted(value: object, most: int = 60) -> str:
    """A value as a message may repeat it: a section may hold secrets, and a key may stand where none is expected."""
    if isinstance(value, Mapping | list | tuple | set | frozenset):
        return "…"
    text = str(value)
    return HIDDEN if _KEYLIKE.fullmatch(text) or _SAID.search(text) else text[:most]


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every text of a document with its place; names people chose, such as units, count as texts."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield path, str(name)
            yield from _texts(inner, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield from _texts(inner, f"{path}.{place}")
    elif value is not None:
        yield path, str(value)
