"""What every ERP connector must prove: a class named Test... inherits `ErpConformance` and says how to connect."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from itertools import islice, pairwise

from pomost.conformance.expecting import fails_with_advice, fault_of, passes
from pomost.model.product import Prints, Product
from pomost.model.setting import ChoiceKind
from pomost.ports.erp import Aspect, ErpConnector, Focus, Sighting
from pomost.ports.fault import Refused, Unavailable, Unsupported

CARD, STOCK = frozenset({Aspect.CARD}), frozenset({Aspect.STOCK})
BOTH, NEITHER = CARD | STOCK, frozenset[Aspect]()
_NO_SUCH_KEY = 2**31 - 1
_LISTS = (
    ChoiceKind.WAREHOUSES,
    ChoiceKind.PRICE_LEVELS,
    ChoiceKind.GROUPS,
    ChoiceKind.TRAITS,
    ChoiceKind.OWN_FIELDS,
)


@dataclass(frozen=True, slots=True)
class Change:
    """Something done in the ERP to card `key`; `moves`: aspects that change by it, none for what is out of focus.

    `along`: what changes of other cards by it, such as of sets the card is part of.
    """

    what: str
    key: int
    do: Callable[[], object]
    moves: frozenset[Aspect]
    along: Mapping[int, frozenset[Aspect]] = field(default_factory=dict)


class ErpConformance:
    """The hooks come first; each test starts from a company of its own."""

    focus = Focus()
    """What the connector is made to look at; blank for one that always reads everything."""

    def connect(self) -> ErpConnector:
        """A connector over a prepared company, looking at `focus`."""
        raise NotImplementedError

    def broken(self) -> ErpConnector | None:
        """A connector that cannot work: its company is not there. None where there is nothing to connect to."""
        raise NotImplementedError

    def facts(self) -> Mapping[int, Mapping[str, object]]:
        """Facts of some cards by key: names of `Product`'s fields and what they must be read as."""
        raise NotImplementedError

    def changes(self) -> Sequence[Change]:
        """Changes to try: a price, a stock, an own field, a trait, a blocking, and some that are out of focus."""
        raise NotImplementedError

    def delete(self, key: int) -> None:
        """Delete a card for good."""
        raise NotImplementedError

    # Scanning

    def test_a_scan_sees_every_card_once_in_key_order(self) -> None:
        keys = [sighting[0] for sighting in self.connect().scan(BOTH)]
        assert all(first < second for first, second in pairwise(keys))
        assert set(self.facts()) <= set(keys)

    def test_two_scans_of_an_unchanged_company_are_equal(self) -> None:
        assert _sightings(self.connect()) == _sightings(self.connect())

    def test_what_is_not_asked_for_has_no_fingerprint(self) -> None:
        erp = self.connect()
        full = _sightings(erp)
        for aspects in (CARD, STOCK, NEITHER):
            for key, ean, card, stock in erp.scan(aspects):
                wanted = (card if Aspect.CARD in aspects else b"", stock if Aspect.STOCK in aspects else b"")
                assert (ean, card, stock) == (full[key][1], *wanted)
                assert bool(card) is (Aspect.CARD in aspects)
                assert bool(stock) is (Aspect.STOCK in aspects)

    def test_a_scan_streams(self) -> None:
        """It hands out rows while it reads, may be left in the middle, and is not in the way of other reading."""
        erp = self.connect()
        scan = erp.scan(BOTH)
        assert iter(scan) is scan, "a scan is an iterator, not a list"
        first = [key for key, *_ in islice(scan, 1)]
        assert [card.key for card in erp.products(first)] == first
        assert [key for key, *_ in islice(erp.scan(BOTH), 1)] == first
        del scan
        erp.close()

    def test_scan_and_products_agree_on_fingerprints(self) -> None:
        erp = self.connect()
        seen = _sightings(erp)
        cards = _products(erp, list(seen))
        assert list(cards) == list(seen)
        for key, ean, card, stock in seen.values():
            assert cards[key].prints == Prints(card, stock), f"card {key}"
            assert cards[key].ean == ean.strip(), f"card {key}"

    # Changing

    def test_a_change_moves_the_right_aspect_of_the_right_card(self) -> None:
        for change in self.changes():
            before = _sightings(self.connect())
            change.do()
            after = _sightings(self.connect())
            assert before.keys() == after.keys(), change.what
            for key, was in before.items():
                expected = {change.key: change.moves, **change.along}.get(key, NEITHER)
                assert _moved(was, after[key]) == expected, f"{change.what}: card {key}"

    def test_equal_fingerprints_mean_equal_cards(self) -> None:
        """Whatever `products` tells differently has moved a fingerprint of its aspect."""
        for change in self.changes():
            before = _products(self.connect(), [change.key])[change.key]
            change.do()
            after = _products(self.connect(), [change.key])[change.key]
            told = {one.name for one in fields(Product) if getattr(before, one.name) != getattr(after, one.name)}
            if not change.moves:
                assert not told, change.what
            assert (before.prints.card != after.prints.card) is (Aspect.CARD in change.moves), change.what
            assert (before.prints.stock != after.prints.stock) is (Aspect.STOCK in change.moves), change.what

    def test_a_deleted_card_is_gone_everywhere(self) -> None:
        key = next(iter(self.facts()))
        symbol = _products(self.connect(), [key])[key].symbol
        self.delete(key)
        erp = self.connect()
        assert key not in _sightings(erp)
        assert _products(erp, [key]) == {}
        assert key not in erp.find(symbol)

    # Cards

    def test_cards_are_read_as_they_are(self) -> None:
        facts = self.facts()
        cards = _products(self.connect(), list(facts))
        for key, expected in facts.items():
            read = {name: getattr(cards[key], name) for name in expected}
            assert read == dict(expected), f"card {key}"

    def test_products_come_in_key_order_without_those_that_are_gone(self) -> None:
        erp = self.connect()
        keys = list(self.facts())
        asked = [_NO_SUCH_KEY, *reversed(keys)]
        assert [card.key for card in erp.products(asked)] == sorted(keys)
        assert list(erp.products([_NO_SUCH_KEY])) == []
        assert list(erp.products([])) == []

    def test_a_full_batch_may_be_asked_for(self) -> None:
        erp = self.connect()
        keys = list(self.facts())
        absent = [_NO_SUCH_KEY - place for place in range(erp.can.batch - len(keys))]
        assert [card.key for card in erp.products(keys + absent)] == sorted(keys)

    def test_money_and_quantities_are_decimals(self) -> None:
        for card in _products(self.connect(), list(self.facts())).values():
            amounts = [one for price in card.prices.values() for one in (price.net, price.gross)]
            parts = [stock for part in card.components for stock in part.stock.values()]
            quantities = [one for stock in (*card.stock.values(), *parts) for one in (stock.on_hand, stock.reserved)]
            assert all(one is None or isinstance(one, Decimal) for one in amounts)
            assert all(isinstance(one, Decimal) for one in (*quantities, *(part.quantity for part in card.components)))
            assert all(price.currency for price in card.prices.values() if price.net is not None)

    def test_only_what_is_in_focus_is_told(self) -> None:
        if self.focus == Focus():
            return  # a connector that always reads everything has nothing to leave out
        for card in _products(self.connect(), list(self.facts())).values():
            assert set(card.prices) <= self.focus.price_levels
            assert set(card.stock) <= self.focus.warehouses
            assert set(card.own_fields) == set(self.focus.own_fields)
            assert card.traits <= self.focus.traits

    def test_a_card_is_found_by_symbol_and_by_ean(self) -> None:
        erp = self.connect()
        for card in _products(erp, list(self.facts())).values():
            assert card.key in erp.find(card.symbol)
            assert not card.ean or card.key in erp.find(card.ean)
        assert list(erp.find("no card has such a symbol")) == []

    # Lists and the connection

    def test_ids_of_cards_are_ids_of_choices(self) -> None:
        erp = self.connect()
        ids = {kind: [one.id for one in erp.choices(kind)] for kind in _LISTS}
        assert all(len(set(listed)) == len(listed) for listed in ids.values()), "an id stands for one thing"
        assert all(one.label for kind in _LISTS for one in erp.choices(kind)), "people choose by label"
        for card in _products(erp, list(self.facts())).values():
            assert set(card.stock) <= set(ids[ChoiceKind.WAREHOUSES])
            assert set(card.prices) <= set(ids[ChoiceKind.PRICE_LEVELS])
            assert card.traits <= set(ids[ChoiceKind.TRAITS])
            assert {name for name, value in card.own_fields.items() if value} <= set(ids[ChoiceKind.OWN_FIELDS])
            assert card.group is None or card.group in ids[ChoiceKind.GROUPS]
        assert all(one.detail for one in erp.choices(ChoiceKind.PRICE_LEVELS)), "a level names its currency"

    def test_warehouses_are_those_of_the_list(self) -> None:
        erp = self.connect()
        warehouses = erp.warehouses()
        assert [one.id for one in warehouses] == [one.id for one in erp.choices(ChoiceKind.WAREHOUSES)]
        assert sum(one.main for one in warehouses) == 1

    def test_a_list_only_shops_have_is_unsupported(self) -> None:
        fault_of(lambda: self.connect().choices(ChoiceKind.ORDER_STATUSES), Unsupported)

    def test_the_connection_check_passes(self) -> None:
        passes(self.connect().check())

    def test_a_broken_connection_is_told_with_advice(self) -> None:
        broken = self.broken()
        if broken is None:
            return
        fails_with_advice(broken.check())
        fault_of(lambda: list(broken.scan(BOTH)), Unavailable, Refused)
        fault_of(lambda: list(broken.products([1])), Unavailable, Refused)

    def test_closing_twice_does_no_harm(self) -> None:
        erp = self.connect()
        passes(erp.check())
        erp.close()
        erp.close()


def _sightings(erp: ErpConnector) -> dict[int, Sighting]:
    return {sighting[0]: sighting for sighting in erp.scan(BOTH)}


def _products(erp: ErpConnector, keys: Sequence[int]) -> dict[int, Product]:
    found: dict[int, Product] = {}
    for start in range(0, len(keys), erp.can.batch):
        found |= {card.key: card for card in erp.products(keys[start : start + erp.can.batch])}
    return found


def _moved(before: Sighting, after: Sighting) -> frozenset[Aspect]:
    moved = {Aspect.CARD} if before[1:3] != after[1:3] else set()
    return frozenset(moved | ({Aspect.STOCK} if before[3] != after[3] else set()))
