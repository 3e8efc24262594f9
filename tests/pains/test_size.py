"""Pains of speed, size and letters that have no test elsewhere."""

import weakref
from dataclasses import fields

import pytest

from pomost.conformance.hostile import Breaking, WrappedErp
from pomost.model.product import Product
from pomost.model.request import RunRequest
from pomost.ports.fault import Unavailable
from pomost.runs import offer
from tests.connectors.mstore_shop import served
from tests.worlds import World, ean, shown

LETTERS = ("ŻÓŁĆ-ĄĘŚŹŃ", "GARNEK Ø 24", "日本 №7", "𝐀𝒷 MATH", "e\u0301-NFD", 'A&B <C> "D"\'')


class Remembered(Product):
    """A card whose life can be watched."""

    __slots__ = ("__weakref__",)
    __hash__ = object.__hash__
    __eq__ = object.__eq__


class Watched(WrappedErp):
    """Counts how many of the cards it gave out are held at once."""

    def __init__(self, inner):
        super().__init__(inner)
        self.living = weakref.WeakSet()
        self.most = 0

    def products(self, keys):
        for one in self.inner.products(keys):
            card = Remembered(**{field.name: getattr(one, field.name) for field in fields(Product)})
            self.living.add(card)
            self.most = max(self.most, len(self.living))
            yield card


def stocked_shop(shop, keys):
    for key in keys:
        shop.shop.add_product(ean(key), f"Towar {key}", (("PCE", 1), ("PU", 6)))


def test_pain_25_requests_are_counted_in_batches_and_not_in_products(store):
    world = World.of(600)
    with served() as mstore:
        stocked_shop(mstore, range(1, 601))

        def requests(**request):
            before = mstore.shop.journal.last
            world.run(shop=mstore.connect(), **request)
            return [entry.method for entry in mstore.shop.journal.since(before)]

        first = requests()
        assert first.count("POST") == 5, "500 offers, 1,000 stocks, and the same of the last hundred cards"
        assert len(first) <= 30
        assert len(requests()) <= 9, "nothing changed: one of them asks what our key wrote that nobody remembers"
        world.change(300, main=1)
        changed = requests()
        assert (changed.count("POST"), len(changed) <= 20) == (1, True)


def test_pain_31_no_more_cards_are_held_than_a_piece_of_them(store):
    most = []
    for count in (600, 1200):
        world = World.of(count)
        erp = Watched(world.erp)
        world.run(erp=erp)
        most.append(erp.most)
    assert max(most) <= 1000
    assert most[1] <= most[0] + 500


def test_pain_28_a_run_says_how_far_it_is_and_keeps_what_it_did(store):
    world = World.of(60)
    told = []
    with pytest.raises(Unavailable):
        offer.run(
            world.channel(shop=Breaking(world.shop, 50)),
            RunRequest(),
            lambda step, done, total: told.append((step.en, done, total)),
        )
    sending = [(done, total) for step, done, total in told if step == "Sending"]
    assert sending == [(0, 180), (25, 180), (50, 180)]
    assert {step for step, _, _ in told} >= {"The shop's catalogue", "Decisions", "Sending"}
    assert len(shown(world.shop)) == 50
    ended = world.run()
    assert ended.run.counts["plan.publish"] == 10, "what was answered before is kept"


def test_pain_38_letters_of_every_kind_arrive_and_none_is_cut_off(store):
    world = World.of(len(LETTERS) + 1)
    for key, letters in enumerate(LETTERS, 1):
        world.change(key, symbol=letters)
    world.change(len(LETTERS) + 1, symbol="DŁUGI SYMBOL " * 3)
    with served() as mstore:
        stocked_shop(mstore, range(1, len(LETTERS) + 2))
        world.run(shop=mstore.connect())
        arrived = {item.offer.sku for item in mstore.connect().shelf()}
    assert arrived == set(LETTERS), "as typed, and one that is too long is refused and not shortened"
    (item,) = world.channel().inbox.items("SYMBOL_UNUSABLE")
    assert dict(item.findings[0].facts)["symbol"] == "DŁUGI SYMBOL " * 3
