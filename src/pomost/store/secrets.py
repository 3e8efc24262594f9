"""Secrets at rest: AES-GCM sealed values, bound to the company, channel and field they belong to."""

import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pomost.store.models import Channel, Secret

_NONCE, _KEY = 12, 32
_FORMAT = b"\x01"
_KEY_VARIABLE = "POMOST_MASTER_KEY"


class SecretUnreadable(Exception):
    """A sealed value does not open with this master key, or was moved from another place."""


class KeyUnfit(Exception):
    """The master key is missing while sealed secrets wait for it (`size` 0), or is no key. `place`: where it is due."""

    def __init__(self, place: Path | str, size: int) -> None:
        super().__init__(f"{place}: {size}")
        self.place = place
        self.size = size


def master_key(directory: Path, *, sealed: bool = False) -> bytes:
    """The 32-byte master key: from POMOST_MASTER_KEY (64 hex digits), else a 0600 file kept beside the data folder.

    The file lies outside the data directory, so that a copy of the data alone opens nothing. It is made where there is
    none, but not while something is `sealed` already: another key would open nothing. Raises KeyUnfit.
    """
    given = key_in_environment()
    if given is not None:
        return given
    path = key_file(directory)
    if not path.exists():
        if sealed:
            raise KeyUnfit(path, 0)
        write_key(directory, new_key())
    found = path.read_bytes()
    if len(found) != _KEY:
        raise KeyUnfit(path, len(found))
    return found


def key_in_environment() -> bytes | None:
    """The key given by POMOST_MASTER_KEY, None where it is not used. Raises KeyUnfit."""
    given = os.environ.get(_KEY_VARIABLE)
    if not given:
        return None
    try:
        found = bytes.fromhex(given)
    except ValueError:
        raise KeyUnfit(_KEY_VARIABLE, len(given) // 2) from None
    if len(found) != _KEY:
        raise KeyUnfit(_KEY_VARIABLE, len(found))
    return found


def key_file(directory: Path) -> Path:
    return directory / "master.key"


def held_key(directory: Path) -> bytes | None:
    """What the file of the key holds, sound or not; None where there is none."""
    path = key_file(directory)
    return path.read_bytes() if path.exists() else None


def new_key() -> bytes:
    return secrets.token_bytes(_KEY)


def write_key(directory: Path, key: bytes) -> None:
    """Keep a master key where there is none. Raises FileExistsError."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(key_file(directory), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)


def anything_sealed() -> bool:
    """Whether the open store keeps secrets that only their master key opens."""
    return Secret.objects.exists()


def sealed_secrets() -> list[tuple[Channel, str]]:
    """Channel and field of every secret that is kept."""
    rows = Secret.objects.order_by("channel_id", "field").select_related("channel")
    return [(row.channel, row.field) for row in rows]


def drop_sealed() -> None:
    """Forget every secret: the key that would open them is lost."""
    Secret.objects.all().delete()


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
