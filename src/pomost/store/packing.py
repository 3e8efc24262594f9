"""Packing nouns for storage: MessagePack, compressed, read back into the very same values (law 10)."""

import zlib
from collections.abc import Sequence

import msgspec

from pomost.model.change import (
    Acknowledge,
    Amend,
    AmendBranch,
    Assign,
    Change,
    CreateBranch,
    DropSegment,
    Kind,
    Publish,
    PutSegment,
    RegisterOrder,
    SetStatus,
    SetStock,
    Unassign,
    Withdraw,
    kind_of,
)
from pomost.model.offer import Offer, Stock
from pomost.model.outcome import Done, Failed, Outcome, Skipped
from pomost.model.reason import Finding
from pomost.model.unit import SalesUnit

_encoder = msgspec.msgpack.Encoder()
_pairs = msgspec.msgpack.Decoder(list[tuple[str, msgspec.Raw]])
_change_decoders: dict[str, msgspec.msgpack.Decoder[Change]] = {
    Kind.CREATE_BRANCH: msgspec.msgpack.Decoder(CreateBranch),
    Kind.AMEND_BRANCH: msgspec.msgpack.Decoder(AmendBranch),
    Kind.SEGMENT: msgspec.msgpack.Decoder(PutSegment),
    Kind.ASSIGN: msgspec.msgpack.Decoder(Assign),
    Kind.UNASSIGN: msgspec.msgpack.Decoder(Unassign),
    Kind.DROP_SEGMENT: msgspec.msgpack.Decoder(DropSegment),
    Kind.PUBLISH: msgspec.msgpack.Decoder(Publish),
    Kind.AMEND: msgspec.msgpack.Decoder(Amend),
    Kind.STOCK: msgspec.msgpack.Decoder(SetStock),
    Kind.WITHDRAW: msgspec.msgpack.Decoder(Withdraw),
    Kind.REGISTER: msgspec.msgpack.Decoder(RegisterOrder),
    Kind.ACKNOWLEDGE: msgspec.msgpack.Decoder(Acknowledge),
    Kind.STATUS: msgspec.msgpack.Decoder(SetStatus),
}
_outcome_decoders: dict[str, msgspec.msgpack.Decoder[Outcome]] = {
    "done": msgspec.msgpack.Decoder(Done),
    "skipped": msgspec.msgpack.Decoder(Skipped),
    "failed": msgspec.msgpack.Decoder(Failed),
}
_prints = msgspec.msgpack.Decoder(list[tuple[int, bytes]])
_findings = msgspec.msgpack.Decoder(tuple[Finding, ...])
_units = msgspec.msgpack.Decoder(tuple[SalesUnit, ...])
_offer = msgspec.msgpack.Decoder(Offer)
_stocks = msgspec.msgpack.Decoder(dict[str, Stock])


def pack_changes(changes: Sequence[Change]) -> bytes:
    return zlib.compress(_encoder.encode([(kind_of(change), change) for change in changes]), 1)


def unpack_changes(packed: bytes) -> list[Change]:
    return [_change_decoders[kind].decode(raw) for kind, raw in _pairs.decode(zlib.decompress(packed))]


def pack_outcomes(outcomes: Sequence[Outcome]) -> bytes:
    return zlib.compress(_encoder.encode([(_outcome_name(outcome), outcome) for outcome in outcomes]), 1)


def unpack_outcomes(packed: bytes) -> list[Outcome]:
    return [_outcome_decoders[name].decode(raw) for name, raw in _pairs.decode(zlib.decompress(packed))]


def pack_prints(prints: Sequence[tuple[int, bytes]]) -> bytes:
    return zlib.compress(_encoder.encode(prints), 1)


def unpack_prints(packed: bytes) -> list[tuple[int, bytes]]:
    return _prints.decode(zlib.decompress(packed)) if packed else []


def pack_findings(findings: Sequence[Finding]) -> bytes:
    return _encoder.encode(findings)


def unpack_findings(packed: bytes) -> tuple[Finding, ...]:
    return _findings.decode(packed)


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


def _outcome_name(outcome: Outcome) -> str:
    match outcome:
        case Done():
            return "done"
        case Skipped():
            return "skipped"
        case Failed():
            return "failed"
