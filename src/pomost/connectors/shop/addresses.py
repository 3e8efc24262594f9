"""Where a shop's API is: an address alone, with any key that was pasted along taken out of it before it is kept."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlsplit, urlunsplit

from pomost.model.text import Text

_KEY_NAMES = ("key", "api_key", "apikey", "api-key", "token", "access_token", "k")
_SHORTEST = 16
"""Letters of the shortest key: no segment of an API's path is so long, and no computer's name without a dot."""
_HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\.?", re.IGNORECASE)
NO_ADDRESS = Text(
    "to nie jest adres: ma zaczynać się od https:// i zawierać tylko serwer i ścieżkę z krótkich nazw; klucz API wpisz "
    "w polu „Klucz API”",
    "this is no address: it should begin with https:// and hold only a server and a path of short names; the API key "
    "goes into the field “API key”",
)


def split_pasted(text: str) -> tuple[str, str]:
    """Address and key out of one pasted text; blank where no key is found.

    The key is sought in the query, before the @, after the # and among the segments of the path. A text that is no
    address is given back as it is: whether it may be kept says `is_address`.
    """
    bare = text.strip()
    parts = _split(bare)
    if parts is None or parts.scheme.casefold() not in {"http", "https"} or not parts.hostname:
        return bare, ""
    named = {name.casefold(): value for name, value in parse_qsl(parts.query, keep_blank_values=True)}
    key = next((named[name] for name in _KEY_NAMES if named.get(name)), "") or parts.password or parts.username or ""
    rest = [value for value in named.values() if _is_long(value)]
    fragment = parts.fragment if _is_long(parts.fragment) else ""
    segments = [segment for segment in parts.path.split("/") if segment]
    long = [segment for segment in reversed(segments) if _is_long(segment)]
    key = key or next(iter((*rest, *filter(None, [fragment]), *long)), "")
    if not key:
        return bare.rstrip("/"), ""
    path = "".join(f"/{segment}" for segment in segments if segment != key)
    place = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    place = place if parts.port is None else f"{place}:{parts.port}"
    return urlunsplit((parts.scheme.casefold(), place, path, "", "")), key


def prepare(section: dict[str, Any]) -> dict[str, Any]:
    """A section of a document with the key out of its address: the one typed in its own field counts."""
    given = section.get("address")
    if not isinstance(given, str):
        return section
    address, pasted = split_pasted(given)
    return {**section, "address": address, **({"key": section.get("key") or pasted} if pasted else {})}


def is_address(text: str) -> bool:
    """Whether a text names a server and a path and nothing more: no user, no question, nothing like a key."""
    parts = _split(text.strip())
    if parts is None or parts.scheme.casefold() not in {"http", "https"} or not parts.hostname:
        return False
    if parts.username is not None or parts.query or parts.fragment or "?" in text or "#" in text:
        return False
    if any(sign.isspace() for sign in text.strip()):
        return False
    host = parts.hostname
    named = ":" in host or (_HOST.fullmatch(host) is not None and not ("." not in host and _is_long(host)))
    return named and not any(_is_long(segment) for segment in parts.path.split("/"))


def known(text: str) -> str:
    """The text, where it is an address. Raises ValueError, without the text, where it is none."""
    if not is_address(text):
        raise ValueError("no address")
    return text


def unfit(settings: Any) -> Iterator[tuple[str, Text]]:
    """A shop's address that may not be kept, never with the text itself: it may be the key."""
    if not is_address(settings.address):
        yield "address", NO_ADDRESS


def _is_long(text: str) -> bool:
    return len(text) >= _SHORTEST


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        _ = parts.port  # a port that is no number is only found when asked for
    except ValueError:
        return None
    return parts
