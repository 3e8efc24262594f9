"""Logs: events as lines of JSON in rotating files beside the data, without secrets and without whole tax numbers."""

import logging
import os
import re
import time
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

import structlog

from pomost.model.other import OtherPolicy
from pomost.runs.telling import INFO_LOG

_MEGABYTE, _FILES, _DAYS = 1_000_000, 10, 30
_DAY = 24 * 3600
_UNSAFE = re.compile(r"[^\w.-]+")
_SECRET_NAMES = ("password", "key", "token", "secret", "authorization")
_BEARER = re.compile(r"(?i)(bearer\s+)\S+")
_IN_URL = re.compile(r"(?i)([?&](?:api_)?key=|://[^/\s:@]*:)[^&@\s]+")
_LINK = re.compile(r"(/start/)[^/\s\"]+")
"""A one-time link of the panel: whoever reads it makes an account."""
_NIP = re.compile(r"\b(\d{3})\d{5}(\d{2})\b")


def start_logging(directory: Path, level: str = "INFO") -> None:
    """Send structlog's events to `directory`/pomost.log."""
    directory.mkdir(parents=True, exist_ok=True)
    handler = _rotating(directory / "pomost.log", 5, _FILES, _DAYS)
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


@contextmanager
def info_log(directory: Path | None, channel: str, policy: OtherPolicy) -> Iterator[None]:
    """While a channel is open, its extended log goes to a file of its own, rotated and kept as its settings say.

    One file per channel, so that each channel's settings rule its own, and a firm can be handed its own log.
    """
    if directory is None or not (policy.log_products or policy.log_customers):
        yield
        return
    name = f"info-{_UNSAFE.sub('_', channel)}.log"
    handler = _rotating(directory / name, policy.log_megabytes, policy.log_files, policy.log_days)
    logger = logging.getLogger(f"{INFO_LOG}.{channel}")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = True
        handler.close()


def _rotating(path: Path, megabytes: int, files: int, days: int) -> RotatingFileHandler:
    """A log file that begins anew every day and beyond its size; what is older than `days` is removed now."""
    handler = _OwnFile(path, maxBytes=megabytes * _MEGABYTE, backupCount=files, encoding="utf-8", delay=True)
    handler.setFormatter(_Masking("%(message)s"))
    now = time.time()
    for old in path.parent.glob(f"{path.name}*"):
        if now - old.stat().st_mtime > days * _DAY:
            old.unlink(missing_ok=True)
    if path.exists() and path.stat().st_mtime // _DAY != now // _DAY:
        handler.doRollover()
    return handler


class _OwnFile(RotatingFileHandler):
    """A log nobody but its owner may read, whatever the process allows."""

    def _open(self) -> Any:
        return open(self.baseFilename, self.mode, encoding=self.encoding, errors=self.errors, opener=_alone)


def _alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class _Masking(logging.Formatter):
    """The last door to a file: also what libraries say passes it, such as the address of a request that failed."""

    def format(self, record: logging.LogRecord) -> str:
        return _masked(super().format(record))


def redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blank whatever is named like a secret, and mask keys in texts and middle digits of tax numbers."""
    for name, value in event.items():
        if any(one in name.casefold() for one in _SECRET_NAMES):
            event[name] = "***"
        elif isinstance(value, str):
            event[name] = _NIP.sub(r"\1*****\2", _masked(value))
    return event


def _masked(text: str) -> str:
    """The text without keys, passwords in addresses, and one-time links."""
    return _LINK.sub(r"\1***", _IN_URL.sub(r"\1***", _BEARER.sub(r"\1***", text)))
