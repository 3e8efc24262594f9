"""Raw rows as a driver hands them over: their fingerprints, and rows of several streams brought together by key."""

from collections.abc import Iterator
from typing import Any

import msgspec
import xxhash

# Another way of encoding would make everything look changed: bump the version knowingly.
_VERSION = b"1|"
# A driver may hand out row objects of its own; as tuples they encode like everybody else's.
_encode = msgspec.msgpack.Encoder(enc_hook=tuple).encode
_digest = xxhash.xxh3_128_digest


def fingerprint(values: object, about: bytes = b"") -> bytes:
    """16 bytes that are equal exactly when the driver's raw values are.

    `about`: the fingerprint of what decides how the values are read, beside themselves.
    """
    return _digest(_VERSION + about + _encode(values))


def grouped(pieces: Iterator[list[Any]]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Rows by their first column; the stream is in that order."""
    key, group = None, []
    for piece in pieces:
        for row in piece:
            if row[0] == key:
                group.append(row)
            else:
                if key is not None:
                    yield key, tuple(group)
                key, group = row[0], [row]
    if key is not None:
        yield key, tuple(group)
