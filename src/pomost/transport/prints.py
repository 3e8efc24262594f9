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


def fingerprint(values: object, under: bytes = _VERSION) -> bytes:
    """16 bytes that are equal exactly when the driver's raw values are, and what they are read `under`."""
    return _digest(under + _encode(values))


def reading_under(terms: object) -> bytes:
    """What begins the fingerprint of values that are read in the light of something besides themselves."""
    return _VERSION + fingerprint(terms)


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
