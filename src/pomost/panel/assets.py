"""Static files: where they lie, and addresses that change whenever a file does."""

import hashlib
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
PREFIX = "/static/"


@lru_cache
def address_of(name: str) -> str:
    """`/static/panel.css?v=...`. Raises FileNotFoundError for a name that is not there."""
    digest = hashlib.sha256(Path(f"{FOLDER}/{name}").read_bytes()).hexdigest()[:12]
    return f"{PREFIX}{name}?v={digest}"
