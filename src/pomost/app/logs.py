"""Logs: events as lines of JSON in rotating files beside the data, without secrets and without whole tax numbers."""

import logging
import re
from collections.abc import MutableMapping
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

import structlog

_SIZE, _FILES = 5_000_000, 10
_SECRET_NAMES = ("password", "key", "token", "secret", "authorization")
_BEARER = re.compile(r"(?i)(bearer\s+)\S+")
_IN_URL = re.compile(r"(?i)([?&](?:api_)?key=|://[^/\s:@]*:)[^&@\s]+")
_NIP = re.compile(r"\b(\d{3})\d{5}(\d{2})\b")


def start_logging(directory: Path, level: str = "INFO") -> None:
    """Send structlog's events to `directory`/pomost.log."""
    directory.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        directory / "pomost.log", maxBytes=_SIZE, backupCount=_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(message)s"))
    root = logging.getLogger("pomost")
    for old in list(root.handlers):
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(level)
    root.propagate = False
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            redact,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blank whatever is named like a secret, and mask keys in texts and middle digits of tax numbers."""
    for name, value in event.items():
        if any(one in name.casefold() for one in _SECRET_NAMES):
            event[name] = "***"
        elif isinstance(value, str):
            masked = _IN_URL.sub(r"\1***", _BEARER.sub(r"\1***", value))
            event[name] = _NIP.sub(r"\1*****\2", masked)
    return event
