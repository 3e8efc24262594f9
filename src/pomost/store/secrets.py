"""Secrets at rest: AES-GCM sealed values, bound to the company, channel and field they belong to."""

import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pomost.store.models import Channel, Secret

_NONCE = 12
_FORMAT = b"\x01"
_KEY_VARIABLE = "POMOST_MASTER_KEY"


class SecretUnreadable(Exception):
    """A sealed value does not open with this master key, or was moved from another place."""


def master_key(directory: Path) -> bytes:
    """The 32-byte master key: from POMOST_MASTER_KEY (64 hex digits), else a 0600 file kept beside the data folder.

    The file lies outside the data directory, so that a copy of the data alone opens nothing.
    """
    given = os.environ.get(_KEY_VARIABLE)
    if given:
        return bytes.fromhex(given)
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = directory / "master.key"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(32))
    return path.read_bytes()


def derived_key(master: bytes, purpose: str) -> bytes:
    """Another key of 32 bytes, which tells nothing of the master key nor of keys for other purposes."""
    return HKDF(SHA256(), length=32, salt=None, info=purpose.encode()).derive(master)


class Vault:
    """Seals and opens the secret settings of channels with one master key."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def keep(self, channel: Channel, field: str, value: str) -> None:
        nonce = secrets.token_bytes(_NONCE)
        sealed = _FORMAT + nonce + self._cipher.encrypt(nonce, value.encode(), _place(channel, field))
        Secret.objects.update_or_create(channel=channel, field=field, defaults={"sealed": sealed})

    def open(self, channel: Channel, field: str) -> str | None:
        """The secret, or None where none was kept. Raises SecretUnreadable."""
        row = Secret.objects.filter(channel=channel, field=field).first()
        if row is None:
            return None
        sealed = bytes(row.sealed)
        nonce, rest = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        try:
            return self._cipher.decrypt(nonce, rest, _place(channel, field)).decode()
        except InvalidTag as error:
            raise SecretUnreadable(field) from error


def _place(channel: Channel, field: str) -> bytes:
    return f"{channel.company}\x00{channel.name}\x00{field}".encode()
