"""Packing nouns for storage: MessagePack, compressed, read back into the very same values (law 10)."""

import zlib
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any, TypeVar

import msgspec

from pomost.model.change import KINDS_OF_CHANGES, KINDS_OF_PUTS, Change, Put, kind_of
from pomost.model.entry import CONTENTS, Content
from pomost.model.offer import Offer, PriceKind, Stock
from pomost.model.outcome import Done, Failed, Outcome, Skipped, ending
from pomost.model.reason import Finding
from pomost.model.selling import Goods, Tag, Tags
from pomost.model.subject import Area
from pomost.model.unit import SalesUnit

_T = TypeVar("_T")
_encoder = msgspec.msgpack.Encoder()
_pairs = msgspec.msgpack.Decoder(list[tuple[str, msgspec.Raw]])
# A batch is nearly always of one kind: decoding its list as a whole costs a third of decoding change by change.
_change_decoders: dict[str, msgspec.msgpack.Decoder[Any]] = {
    **{kind: msgspec.msgpack.Decoder(list[change]) for change, kind in KINDS_OF_CHANGES.items()},  # type: ignore[valid-type]
    **{KINDS_OF_PUTS[area]: msgspec.msgpack.Decoder(list[Put[content]]) for area, content in CONTENTS.items()},  # type: ignore[valid-type]
}
_outcome_decoders: dict[str, msgspec.msgpack.Decoder[Any]] = {
    "done": msgspec.msgpack.Decoder(list[Done]),
    "skipped": msgspec.msgpack.Decoder(list[Skipped]),
    "failed": msgspec.msgpack.Decoder(list[Failed]),
}
_prints = msgspec.msgpack.Decoder(list[tuple[int, bytes]])
_goods = msgspec.msgpack.Decoder(Goods)
_tags = msgspec.msgpack.Decoder(list[tuple[int, Decimal, PriceKind, str]])
_findings = msgspec.msgpack.Decoder(tuple[Finding, ...])
_units = msgspec.msgpack.Decoder(tuple[SalesUnit, ...])
_offer = msgspec.msgpack.Decoder(Offer)
_stocks = msgspec.msgpack.Decoder(dict[str, Stock])
_contents: dict[Area, msgspec.msgpack.Decoder[Any]] = {
    area: msgspec.msgpack.Decoder(kind) for area, kind in CONTENTS.items()
}


def pack_changes(changes: Sequence[Change]) -> bytes:
    """Changes in their order, as runs of one kind."""
    return zlib.compress(_encoder.encode([(kind, list(group)) for kind, group in groupby(changes, key=kind_of)]), 1)


def unpack_changes(packed: bytes) -> list[Change]:
    groups = [_change_decoders[kind].decode(raw) for kind, raw in _pairs.decode(zlib.decompress(packed))]
    return groups[0] if len(groups) == 1 else [change for group in groups for change in group]


def pack_outcomes(outcomes: Sequence[Outcome]) -> bytes:
    """Outcomes in their order, as runs of one sort."""
    groups = [(name, list(group)) for name, group in groupby(outcomes, key=ending)]
    return zlib.compress(_encoder.encode(groups), 1)


def unpack_outcomes(packed: bytes) -> list[Outcome]:
    groups = [_outcome_decoders[name].decode(raw) for name, raw in _pairs.decode(zlib.decompress(packed))]
    return [outcome for group in groups for outcome in group]


def pack_prints(prints: Sequence[tuple[int, bytes]]) -> bytes:
    return zlib.compress(_encoder.encode(prints), 1)


def unpack_prints(packed: bytes) -> list[tuple[int, bytes]]:
    return _prints.decode(zlib.decompress(packed)) if packed else []


def pack_findings(findings: Sequence[Finding]) -> bytes:
    return _encoder.encode(findings)


def unpack_findings(packed: bytes) -> tuple[Finding, ...]:
    return _findings.decode(packed) if packed else ()


def pack_units(units: Sequence[SalesUnit]) -> bytes:
    return _encoder.encode(units)


def unpack_units(packed: bytes) -> tuple[SalesUnit, ...]:
    return _units.decode(packed)


def pack_offer(offer: Offer | None) -> bytes | None:
    return None if offer is None else _encoder.encode(offer)


def unpack_offer(packed: bytes | None) -> Offer | None:
    return None if packed is None else _offer.decode(packed)


def pack_stocks(stocks: dict[str, Stock]) -> bytes:
    return _encoder.encode(stocks)


def unpack_stocks(packed: bytes) -> dict[str, Stock]:
    return _stocks.decode(packed)


def pack_content(content: Content | None) -> bytes | None:
    return None if content is None else zlib.compress(_encoder.encode(content), 1)


def unpack_content(area: Area, packed: bytes | None) -> Content | None:
    found: Content | None = None if packed is None else _contents[area].decode(zlib.decompress(packed))
    return found


def pack_goods(goods: Goods) -> bytes:
    return _encoder.encode(goods)


def unpack_goods(packed: bytes) -> Goods:
    return _goods.decode(packed)


def pack_tags(tags: Tags) -> bytes:
    """Without names and not compressed: a plan may have to remember the prices of every product."""
    return _encoder.encode([(one.price_type, one.value, one.basis, one.currency) for one in tags.lines])


def unpack_tags(packed: bytes) -> Tags:
    return Tags(tuple(Tag(*one) for one in _tags.decode(packed)))


def reader_of(kind: type[_T]) -> Callable[[bytes], _T]:
    """Reads a packed content as `kind`, whose fields are some of the content's; the others are passed over."""
    decode = msgspec.msgpack.Decoder(kind).decode
    return lambda packed: decode(zlib.decompress(bytes(packed)))
