"""ERPs that misbehave on purpose: rows that come and go while they are read, codes that move, hand-typed numbers."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from pomost.conformance.hostile import WrappedErp
from pomost.model.product import Prints, Product
from pomost.ports.erp import Aspect, ErpConnector, Sighting


class Retold(WrappedErp):
    """Tells cards otherwise than they are, in scans and cards alike, and their fingerprints with them."""

    def __init__(self, inner: ErpConnector, retell: Callable[[Product], Product]) -> None:
        super().__init__(inner)
        self.retell = retell

    def scan(self, aspects: frozenset[Aspect]) -> Iterator[Sighting]:
        sightings = self.inner.scan(aspects)
        while piece := list(islice(sightings, self.can.batch)):
            told = {one.key: one for one in self.products([key for key, *_ in piece])}
            for key, ean, _, stock in piece:
                one = told.get(key)
                card_print = one.prints.card if one is not None and Aspect.CARD in aspects else b""
                yield key, ean if one is None else one.ean, card_print, stock

    def products(self, keys: Sequence[int]) -> Iterator[Product]:
        for one in self.inner.products(keys):
            told = self.retell(one)
            if told is one:
                yield one
            else:
                mark = repr(replace(told, prints=Prints(), traits=frozenset())).encode()
                yield replace(told, prints=replace(one.prints, card=_marked(one.prints.card, mark)))


class Recoded(Retold):
    """Some cards carry other codes: a code that stands on two cards, or one that moved from one card to another."""

    def __init__(self, inner: ErpConnector, codes: Mapping[int, str]) -> None:
        super().__init__(inner, lambda one: replace(one, ean=codes[one.key]) if one.key in codes else one)


class RecodedMeanwhile(Recoded):
    """The codes move after the scan and before the cards are read."""

    def scan(self, aspects: frozenset[Aspect]) -> Iterator[Sighting]:
        return self.inner.scan(aspects)


class Disqualified(WrappedErp):
    """Every card is blocked from one run to the next, as after a careless change in the ERP."""

    def scan(self, aspects: frozenset[Aspect]) -> Iterator[Sighting]:
        for key, ean, card, stock in self.inner.scan(aspects):
            yield key, ean, _marked(card, b"blocked"), stock

    def products(self, keys: Sequence[int]) -> Iterator[Product]:
        for one in self.inner.products(keys):
            yield replace(one, active=False, prints=replace(one.prints, card=_marked(one.prints.card, b"blocked")))


class Typed(Retold):
    """Numbers in own fields as people type them: `6` as `6,0`, with spaces and hard spaces around."""

    def __init__(self, inner: ErpConnector) -> None:
        super().__init__(inner, _typed)


def _marked(fingerprint: bytes, mark: bytes) -> bytes:
    """Another fingerprint; none stays none."""
    return hashlib.blake2b(fingerprint + mark, digest_size=16).digest() if fingerprint else b""


def _typed(one: Product) -> Product:
    if not any(text.isdigit() for text in one.own_fields.values()):
        return one
    fields = {name: f"\u00a0 {text},0 " if text.isdigit() else text for name, text in one.own_fields.items()}
    return replace(one, own_fields=fields)


class Doubling(WrappedErp):
    """Rows that move while they are read are met twice: where they were, and where they came to lie."""

    def __init__(self, inner: ErpConnector, each: int = 3) -> None:
        super().__init__(inner)
        self.each = each

    def scan(self, aspects: frozenset[Aspect]) -> Iterator[Sighting]:
        met: list[Sighting] = []
        for place, sighting in enumerate(self.inner.scan(aspects)):
            yield sighting
            met.append(sighting)
            if place % self.each == self.each - 1:
                yield met[0]
                met.clear()


class Vanishing(WrappedErp):
    """A card is not found the first time it is asked for by key, and is there the next time."""

    def __init__(self, inner: ErpConnector) -> None:
        super().__init__(inner)
        self.asked: set[int] = set()

    def products(self, keys: Sequence[int]) -> Iterator[Product]:
        seen = [key for key in keys if key in self.asked]
        self.asked |= set(keys)
        return self.inner.products(seen)
