"""The suites notice partners that misbehave: a suite that everybody passes proves nothing."""

from dataclasses import replace

import pytest

from pomost.conformance.erp import ErpConformance
from pomost.conformance.hostile import (
    Breaking,
    Empty,
    Forgetful,
    HalfRead,
    Refusing,
    Shrinking,
    WrappedErp,
    WrappedShop,
)
from pomost.connectors.shop.memory import MemoryShop
from pomost.model.change import SetStock, Withdraw
from pomost.model.outcome import Done
from pomost.ports.fault import Fault
from tests.connectors.test_memory_erp import TestMemoryErp as MemoryErpSuite
from tests.connectors.test_memory_shop import TestMemoryShop as MemoryShopSuite
from tests.worlds import World, card


class Backwards(WrappedErp):
    def scan(self, aspects):
        return reversed(list(self.inner.scan(aspects)))


class Blind(WrappedErp):
    """Its fingerprints never move."""

    def scan(self, aspects):
        return ((key, ean, b"c" * bool(card), b"s" * bool(stock)) for key, ean, card, stock in self.inner.scan(aspects))

    def products(self, keys):
        prints = {key: (one, two) for key, _, one, two in self.scan(frozenset({"card", "stock"}))}
        for one in self.inner.products(keys):
            yield replace(one, prints=type(one.prints)(*prints[one.key]))


class Hurried(WrappedErp):
    def scan(self, aspects):
        return list(self.inner.scan(aspects))


class Crashing(WrappedShop):
    """One bad item spoils the whole batch."""

    def send(self, changes, attempt):
        outcomes = list(self.inner.send(changes, attempt))
        if not all(isinstance(one, Done) for one in outcomes):
            raise ValueError("a bad item")
        return iter(outcomes)


class Disordered(WrappedShop):
    def send(self, changes, attempt):
        return reversed(list(self.inner.send(changes, attempt)))


class Remembering(WrappedShop):
    """Answers by content: what it has done once it does not do again."""

    def __init__(self, inner):
        super().__init__(inner)
        self.seen = []

    def send(self, changes, attempt):
        for change in changes:
            if change in self.seen:
                yield Done()
            else:
                self.seen.append(change)
                yield from self.inner.send([change], f"{attempt}/{len(self.seen)}")


class Showing(WrappedShop):
    """Shows again whatever gets stock."""

    def send(self, changes, attempt):
        seen = [
            replace(one, after=replace(one.after, visible=True)) if isinstance(one, SetStock) else one
            for one in changes
        ]
        return self.inner.send(seen, attempt)


class Half(WrappedShop):
    """A withdrawal leaves the stock standing."""

    def send(self, changes, attempt):
        for change in changes:
            held = dict(self.inner.held)
            yield from self.inner.send([change], f"{attempt}/{id(change)}")
            product_id = change.target.product_id
            if isinstance(change, Withdraw) and product_id in held:
                self.inner.held[product_id] = replace(self.inner.held[product_id], stocks=held[product_id].stocks)


class Endless(WrappedShop):
    def catalogue(self, since=""):
        return (replace(page, complete=False) for page in self.inner.catalogue(since))


ERPS = [
    (lambda erp: Shrinking(erp, 1), "test_a_scan_sees_every_card_once_in_key_order"),
    (Empty, "test_a_scan_sees_every_card_once_in_key_order"),
    (lambda erp: HalfRead(erp, 1), "test_two_scans_of_an_unchanged_company_are_equal"),
    (Backwards, "test_a_scan_sees_every_card_once_in_key_order"),
    (Hurried, "test_a_scan_streams"),
    (Blind, "test_a_change_moves_the_right_aspect_of_the_right_card"),
    (Blind, "test_equal_fingerprints_mean_equal_cards"),
    (Backwards, "test_scan_and_products_agree_on_fingerprints"),
]
SHOPS = [
    (Forgetful, "test_what_was_sent_is_what_the_shelf_echoes"),
    (Forgetful, "test_a_bad_item_is_an_outcome_and_spares_its_neighbours"),
    (Refusing, "test_every_change_has_its_outcome_in_order"),
    (lambda shop: Breaking(shop, 3), "test_every_change_has_its_outcome_in_order"),
    (Crashing, "test_a_bad_item_is_an_outcome_and_spares_its_neighbours"),
    (Disordered, "test_a_bad_item_is_an_outcome_and_spares_its_neighbours"),
    (Remembering, "test_a_new_attempt_is_a_new_request"),
    (Showing, "test_visibility_changes_only_when_told"),
    (Half, "test_a_withdrawal_zeroes_every_branch"),
    (Endless, "test_the_catalogue_ends_with_a_complete_page"),
]


def named(pairs):
    return [f"{getattr(hostile, '__name__', 'wrapped')}-{test}" for hostile, test in pairs]


@pytest.mark.parametrize(("hostile", "test"), ERPS, ids=named(ERPS))
def test_a_hostile_erp_fails_the_suite(hostile, test, store):
    suite = MemoryErpSuite()
    suite.world = World()
    suite.world.erp.put(*(card(key, traits=frozenset({"1"}), group="1", minimum="2") for key in (3, 1, 2)))
    getattr(suite, test)()
    wrapped = hostile(suite.world.erp)
    suite.connect = lambda: wrapped
    with pytest.raises((AssertionError, Fault, KeyError)):
        getattr(suite, test)()


@pytest.mark.parametrize(("hostile", "test"), SHOPS, ids=named(SHOPS))
def test_a_hostile_shop_fails_the_suite(hostile, test):
    suite = MemoryShopSuite()
    suite.shop = MemoryShop(names={"MAG": "Magazyn", "FIL": "Filia"})
    wrapped = hostile(suite.shop)
    suite.connect = lambda: wrapped
    with pytest.raises((AssertionError, Fault, KeyError, ValueError)):
        getattr(suite, test)()


def test_every_hook_says_what_it_is_for():
    hooks = ("connect", "broken", "facts", "changes")
    for name in hooks:
        assert getattr(ErpConformance, name).__doc__
        with pytest.raises(NotImplementedError):
            getattr(ErpConformance(), name)()
