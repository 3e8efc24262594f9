"""Settings of the M/store connection (tab Połączenie)."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from pomost.model.setting import setting
from pomost.model.text import Text


@dataclass(frozen=True, slots=True)
class MstoreSettings:
    """Where M/store's API is and the distributor's key.

    The manual says to paste the key into the field "Adres", so one pasted text may hold both: a URL with the key in
    its query (`?key=`), in its user part, or as its last path segment.
    """

    address: str = setting(
        Text("Adres", "Address"),
        Text(
            "Adres API M/store albo cały otrzymany tekst z kluczem.",
            "Address of the M/store API, or the whole text received, key included.",
        ),
    )
    key: str = setting(
        Text("Klucz API", "API key"),
        Text("Klucz otrzymany od M/store; przechowywany zaszyfrowany.", "The key from M/store; kept encrypted."),
        default="",
        secret=True,
    )
    timeout: int = setting(
        Text("Czas oczekiwania (s)", "Timeout (s)"),
        Text("Na odpowiedź sklepu.", "For the shop's answer."),
        default=30,
        least=1,
        most=3600,
    )


def split_pasted(address: str) -> tuple[str, str]:
    """Address and key out of one pasted text (M/store contract, section 0, Auth); no key found leaves it blank."""
    text = address.strip()
    try:
        parts = urlsplit(text)
        _ = parts.port  # a port that is no number is only found when asked for
    except ValueError:
        return text, ""
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return text, ""
    place = parts.hostname if parts.port is None else f"{parts.hostname}:{parts.port}"
    query = dict(parse_qsl(parts.query))
    path, key = (
        parts.path.rstrip("/"),
        query.get("key") or query.get("api_key") or parts.password or parts.username or "",
    )
    segments = path.split("/")
    if not key and len(segments[-1]) >= 16:  # noqa: PLR2004  (no path of the API is so long, every key is)
        path, key = "/".join(segments[:-1]), segments[-1]
    return urlunsplit((parts.scheme, place, path, "", "")), key
