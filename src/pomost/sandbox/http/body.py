"""Bodies on their way in and out: size, media type, compression."""

import gzip
import zlib

import msgspec
from starlette.datastructures import Headers
from starlette.types import Receive

from pomost.sandbox.http.problems import Problem
from pomost.sandbox.http.served import Intake

_WORTH_COMPRESSING = 1024
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
_CHARSETS = frozenset({"", "charset=utf-8", 'charset="utf-8"'})


async def read_body(method: str, headers: Headers, receive: Receive, intake: Intake) -> bytes:
    """The whole body, unpacked; refused when it is too large or of a media type the address does not take."""
    parts: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > intake.most:
            raise Problem("payload-too-large")
        more = message.get("more_body", False)
    body = b"".join(parts)
    if method in {"POST", "PUT", "PATCH"} and (body or "content-type" in headers):
        media_type, _, parameters = headers.get("content-type", "").partition(";")
        if media_type.strip().lower() not in intake.media_types or parameters.strip().lower() not in _CHARSETS:
            raise Problem("unsupported-media-type")
    return _unpack(headers.get("content-encoding", "identity").lower(), body, intake.most)


def _unpack(encoding: str, body: bytes, limit: int) -> bytes:
    if encoding == "identity":
        return body
    if encoding != "gzip":
        raise Problem("unsupported-media-type")
    unpacker = zlib.decompressobj(_GZIP_WINDOW)
    try:
        unpacked = unpacker.decompress(body, limit + 1)
    except zlib.error:
        raise Problem("unsupported-media-type") from None
    if len(unpacked) > limit:
        raise Problem("payload-too-large")
    if not unpacker.eof:
        raise Problem("unsupported-media-type")
    return unpacked


def items_of(body: bytes) -> int:
    """How many items a batch holds; none where it is no batch."""
    try:
        items = msgspec.json.decode(body)["items"]
    except (msgspec.DecodeError, KeyError, TypeError):
        return 0
    return len(items) if isinstance(items, list) else 0


def wants_gzip(headers: Headers, body: bytes) -> bool:
    accepted = [part.strip().lower() for part in headers.get("accept-encoding", "").split(",")]
    return len(body) >= _WORTH_COMPRESSING and any(
        part.split(";")[0] == "gzip" and not part.replace(" ", "").endswith(";q=0") for part in accepted
    )


def compressed(body: bytes) -> bytes:
    # The fastest level: on loopback the reader's time is dearer than the bytes.
    return gzip.compress(body, compresslevel=1, mtime=0)
