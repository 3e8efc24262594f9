"""What every shop connector must do, whatever the vendor: inherit `ShopConformance`, say how to connect, and run."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from pomost.conformance.expecting import fails_with_advice, fault_of, passes, said
from pomost.conformance.shelves import BAD, ShopHooks, bare, publication, stocked, stocked_now, terms_of_every_kind
from pomost.model.change import Amend, Change, Publish, SetStock, Target, Withdraw
from pomost.model.offer import Basis, Stock
from pomost.model.outcome import Done, Failed
from pomost.model.setting import ChoiceKind
from pomost.model.unit import SalesUnit
from pomost.ports.fault import Refused, Unavailable, Unsupported
from pomost.ports.shop import Visit

_PACKS = (("PCE", 1), ("PU", 6))
_SOME = 7
_AWAY = SalesUnit("CT", 24)  # no product of these tests is sold in such packs


def _nobody() -> None:
    """Nobody wishes the visit to end."""


class ShopConformance(ShopHooks):
    """Each test starts from a shop of its own; offers are told by what `shelf` shows."""

    # Reading

    def test_the_catalogue_ends_with_a_complete_page(self) -> None:
        wanted = {self.listed(number, _PACKS) for number in range(1, 4)}
        shop = self.connect()
        pages = list(shop.catalogue())
        assert [page.complete for page in pages] == [False] * (len(pages) - 1) + [True]
        assert bool(pages[-1].cursor) is bool(shop.can.catalogue_changes)
        found = {product.id: product for page in pages for product in page.products}
        assert wanted <= set(found)
        for product_id in wanted:
            product = found[product_id]
            assert product.ean
            assert product.name
            assert not product.deleted
            assert {(unit.type, unit.multiplier) for unit in product.units} == set(_PACKS)

    def test_a_later_reading_brings_what_changed(self) -> None:
        shop = self.connect()
        if not shop.can.catalogue_changes:
            return
        kept, gone = self.listed(1, _PACKS), self.listed(2, _PACKS)
        cursor = list(shop.catalogue())[-1].cursor
        fresh = self.listed(3, _PACKS)
        self.unlist(gone)
        pages = list(shop.catalogue(cursor))
        changed = {product.id: product for page in pages for product in page.products}
        assert not changed[fresh].deleted
        assert changed[gone].deleted
        assert not (kept in changed and changed[kept].deleted)
        assert pages[-1].complete
        again = {
            product.id for page in shop.catalogue(pages[-1].cursor) for product in page.products if product.deleted
        }
        assert again <= {gone}

    def test_products_are_found_by_code(self) -> None:
        ids = [self.listed(number, _PACKS) for number in range(1, 4)]
        shop = self.connect()
        codes = {product.id: product.ean for page in shop.catalogue() for product in page.products}
        self.unlist(ids[2])
        found = list(shop.find([codes[ids[0]], codes[ids[2]]]))
        assert [(product.id, product.deleted) for product in found] == [(ids[0], False)]
        assert found[0].units
        assert list(shop.find([])) == []

    def test_units_have_one_default(self) -> None:
        shop = self.connect()
        types = shop.units().types
        assert sum(row.default for row in types) == 1
        assert [row.symbol for row in types] == [one.id for one in shop.choices(ChoiceKind.UNIT_TYPES)]
        assert all(row.name for row in types)

    def test_branches_may_be_chosen(self) -> None:
        assert set(self.branches) <= {one.id for one in self.connect().choices(ChoiceKind.BRANCHES)}

    def test_a_list_only_erps_have_is_unsupported(self) -> None:
        fault_of(lambda: self.connect().choices(ChoiceKind.PRICE_LEVELS), Unsupported)

    def test_the_connection_check_passes(self) -> None:
        passes(self.connect().check())

    def test_a_broken_connection_is_told_with_advice(self) -> None:
        broken = self.broken()
        if broken is None:
            return
        fails_with_advice(broken.check())
        fault_of(lambda: list(broken.catalogue()), Unavailable, Refused)
        change = publication("1", 1)
        fault_of(lambda: list(broken.send([change], self.attempt())), Unavailable, Refused)

    # Sending

    def test_every_change_has_its_outcome_in_order(self) -> None:
        ids = [self.listed(number, _PACKS) for number in range(1, _SOME)]
        changes: list[Change] = [publication(product_id, number) for number, product_id in enumerate(ids, 1)]
        changes += [stocked(product_id, branch, 5) for product_id in ids for branch in self.branches]
        changes += [Withdraw(Target(1, "S1", ids[0]), None, self.branches)]
        outcomes = self.send(*changes)
        assert [type(one) for one in outcomes] == [Done] * len(changes)
        shelf = self.shelf()
        assert [product_id for product_id in ids if shelf[product_id].active] == ids[1:]

    def test_a_bad_item_is_an_outcome_and_spares_its_neighbours(self) -> None:
        one, two = self.listed(1, _PACKS), self.listed(2, _PACKS)
        unsellable = publication(one, 1)
        outcomes = self.send(
            publication(one, 1),
            publication(BAD, 9),
            Publish(unsellable.target, replace(unsellable.offer, unit=_AWAY)),
            publication(two, 2),
            stocked(one, "no such branch", 5),
            stocked(two, self.branches[0], 5),
        )
        assert [type(outcome) for outcome in outcomes] == [Done, Failed, Failed, Done, Failed, Done]
        for outcome in outcomes:
            if isinstance(outcome, Failed):
                assert not outcome.retry, "what is wrong with the item will not pass by itself"
        assert self.terms(one) == bare(publication(one, 1).offer)
        assert self.quantity(two, self.branches[0]) == 5  # noqa: PLR2004  (the number sent above)

    def test_a_single_bad_item_is_an_outcome_too(self) -> None:
        (outcome,) = self.send(publication(BAD, 9))
        assert isinstance(outcome, Failed)

    def test_nothing_to_send_is_no_trouble(self) -> None:
        assert self.send() == []

    def test_a_full_batch_is_taken(self) -> None:
        size = min(self.connect().can.batch, 60)
        ids = [self.listed(number, _PACKS) for number in range(1, size + 1)]
        outcomes = self.send(*(publication(product_id, number) for number, product_id in enumerate(ids, 1)))
        assert [type(one) for one in outcomes] == [Done] * size
        assert {product_id for product_id, item in self.shelf().items() if item.active} >= set(ids)

    def test_repeating_a_done_change_does_no_harm(self) -> None:
        product_id = self.listed(1, _PACKS)
        changes = (publication(product_id, 1), stocked(product_id, self.branches[0], 5))
        shop, attempt = self.connect(), self.attempt()
        first = list(shop.send(changes, attempt))
        held = self.shelf()
        assert [type(one) for one in shop.send(changes, attempt)] == [type(one) for one in first]
        assert self.shelf() == held
        assert [type(one) for one in self.send(*changes)] == [Done, Done]
        assert self.shelf() == held

    def test_a_new_attempt_is_a_new_request(self) -> None:
        """From A to B and back to A: an answer remembered by content would leave B."""
        product_id = self.listed(1, _PACKS)
        first = publication(product_id, 1)
        other = replace(first.offer, sku="OTHER")
        self.send(first)
        self.send(Amend(first.target, first.offer, other))
        self.send(Amend(first.target, other, first.offer))
        self.send(Amend(first.target, first.offer, other))
        assert self.terms(product_id) == bare(other)

    def test_what_was_sent_is_what_the_shelf_echoes(self) -> None:
        """Law 8, over every unit, rate and kind of price, first as a publication and then as an amendment."""
        rates = sorted(self.connect().can.vat_rates)
        offers = list(terms_of_every_kind(rates))
        ids = [self.listed(number, _PACKS) for number in range(1, len(offers) + 1)]
        published = [
            Publish(Target(key, offer.sku, product_id), offer)
            for key, (product_id, offer) in enumerate(zip(ids, offers, strict=True), 1)
        ]
        assert {type(one) for one in self.send(*published)} == {Done}
        shelf = self.shelf()
        for change in published:
            shown = shelf[change.target.product_id].offer
            assert shown is not None
            assert bare(shown) == bare(change.offer)
        rotated = [*offers[1:], offers[0]]
        amended = [Amend(change.target, change.offer, offer) for change, offer in zip(published, rotated, strict=True)]
        assert {type(one) for one in self.send(*amended)} == {Done}
        for amendment in amended:
            assert self.terms(amendment.target.product_id) == bare(amendment.after)

    def test_an_absent_price_leaves_the_price_alone(self) -> None:
        product_id = self.listed(1, _PACKS)
        first = publication(product_id, 1)
        self.send(first)
        unpriced = replace(first.offer, sku="OTHER", price=None, price_kind=None, currency=None)
        self.send(Amend(first.target, first.offer, unpriced))
        assert self.terms(product_id) == bare(replace(first.offer, sku="OTHER"))
        self.send(Publish(first.target, replace(unpriced, sku="THIRD")))
        assert self.terms(product_id) == bare(replace(first.offer, sku="THIRD"))

    def test_a_minimum_is_set_and_cleared(self) -> None:
        if not self.connect().can.min_quantity:
            return
        product_id = self.listed(1, _PACKS)
        first = publication(product_id, 1)
        with_minimum = replace(first.offer, min_quantity=12)
        self.send(first, Amend(first.target, first.offer, with_minimum))
        assert self.terms(product_id) == bare(with_minimum)
        self.send(Amend(first.target, with_minimum, first.offer))
        assert self.terms(product_id) == bare(first.offer)

    def test_stock_is_set_branch_by_branch(self) -> None:
        product_id = self.listed(1, _PACKS)
        one, other = self.branches[:2]
        self.send(publication(product_id, 1), stocked(product_id, one, 5), stocked(product_id, other, 10**6))
        assert (self.quantity(product_id, one), self.quantity(product_id, other)) == (5, 10**6)
        self.send(stocked(product_id, one, 0))
        assert (self.quantity(product_id, one), self.quantity(product_id, other)) == (0, 10**6)

    def test_visibility_changes_only_when_told(self) -> None:
        if not self.connect().can.hide:
            return
        product_id, branch = self.listed(1, _PACKS), self.branches[0]
        target = publication(product_id, 1).target
        self.send(publication(product_id, 1), stocked(product_id, branch, 5))
        for told, expected in ((False, False), (None, False), (True, True), (None, True)):
            self.send(SetStock(target, None, Stock(branch, 6, told, Basis.STOCK)))
            assert self.stock(product_id, branch).visible is expected

    def test_what_a_branch_hides_is_told_whoever_hid_it(self) -> None:
        """What is hidden before we hide it stays the shop's; in a visit and outside of one."""
        if not self.connect().can.hide:
            return
        hidden, shown = self.listed(1, _PACKS), self.listed(2, _PACKS)
        one, other = self.branches[:2]
        self.send(publication(hidden, 1), publication(shown, 2), stocked(shown, one, 5), stocked(hidden, other, 5))
        self.send(SetStock(publication(hidden, 1).target, None, Stock(one, 0, visible=False, basis=Basis.STOCK)))
        shop = self.connect()
        assert (set(shop.hidden(one)), set(shop.hidden(other))) == ({hidden}, set())
        with shop.visit(Visit(_nobody)):
            assert (set(shop.hidden(one)), set(shop.hidden(other))) == ({hidden}, set())

    def test_a_withdrawal_zeroes_every_branch(self) -> None:
        product_id = self.listed(1, _PACKS)
        first = publication(product_id, 1)
        self.send(first, *(stocked(product_id, branch, 5) for branch in self.branches))
        withdrawal = Withdraw(first.target, first.offer, self.branches)
        for _ in ("once", "and once more, which is no harm"):
            assert [type(one) for one in self.send(withdrawal)] == [Done]
            assert not self.shelf()[product_id].active
            assert [self.quantity(product_id, branch) for branch in self.branches] == [0] * len(self.branches)
        self.send(first)
        assert self.shelf()[product_id].active
        assert self.terms(product_id) == bare(first.offer)

    def test_withdrawing_what_the_shop_no_longer_lists_is_done(self) -> None:
        product_id = self.listed(1, _PACKS)
        first = publication(product_id, 1)
        self.send(first)
        self.unlist(product_id)
        assert [type(one) for one in self.send(Withdraw(first.target, first.offer, self.branches))] == [Done]

    def test_withdrawing_what_was_never_offered_is_done(self) -> None:
        """A publication that a power cut kept at home, of a card that has left the offer since."""
        product_id, neighbour = self.listed(1, _PACKS), self.listed(2, _PACKS)
        never, standing = publication(product_id, 1), publication(neighbour, 2)
        self.send(standing)
        withdrawals = [Withdraw(one.target, None, self.branches) for one in (never, standing)]
        assert [type(one) for one in self.send(*withdrawals)] == [Done, Done]
        assert not any(item.active for item in self.shelf().values())

    def test_a_sample_of_the_shelf_is_the_same_as_the_whole(self) -> None:
        shop = self.connect()
        if not shop.can.shelf:
            return
        ids = [self.listed(number, _PACKS) for number in range(1, 4)]
        self.send(*(publication(product_id, number) for number, product_id in enumerate(ids, 1)))
        whole = self.shelf()
        sample = {item.product_id: item for item in shop.shelf(ids[:2])}
        assert list(sample) == ids[:2]
        for product_id, item in sample.items():
            offer, same = item.offer, whole[product_id].offer
            assert offer is not None
            assert same is not None
            assert (item.active, bare(offer)) == (whole[product_id].active, bare(same))

    def test_stock_written_lately_can_be_read_back(self) -> None:
        """What a look at a sample after a run rests on: a stock that is not told then was not kept."""
        shop = self.connect()
        if not shop.can.shelf:
            return
        ids = [self.listed(number, _PACKS) for number in range(1, 4)]
        self.send(*(publication(product_id, number) for number, product_id in enumerate(ids, 1)))
        self.send(*(stocked(product_id, branch, 5) for product_id in ids for branch in self.branches))
        for item in shop.shelf(ids[:2], timedelta(minutes=5)):
            told = {stock.branch: stock.quantity for stock in item.stocks}
            assert told == dict.fromkeys(self.branches, 5), item.product_id

    def test_what_our_key_wrote_since_a_moment_is_told_and_nothing_older(self) -> None:
        """What a store that was put back from a copy is noticed by (decision table 8.27)."""
        shop = self.connect()
        if not shop.can.written:
            return
        assert shop.account()
        older, newer = self.listed(1, _PACKS), self.listed(2, _PACKS)
        self.send(publication(older, 1), stocked_now(older, self.branches[0], 5))
        since = self.connect().watermark(fresh=True)
        assert list(self.connect().written(since)) == []
        assert list(self.connect().stocks_written(since, self.branches)) == []
        self.send(
            publication(newer, 2), stocked_now(newer, self.branches[0], 6), stocked_now(newer, self.branches[1], 7)
        )
        later = self.connect()
        (item,) = later.written(since)
        assert (item.product_id, item.active) == (newer, True)
        assert bare(item.offer or publication(older, 1).offer) == bare(publication(newer, 2).offer)
        told = [stock for one in later.stocks_written(since, self.branches[:1]) for stock in one.stocks]
        assert [(stock.branch, stock.quantity) for stock in told] == [(self.branches[0], 6)]
        assert list(self.connect().written(self.connect().watermark(fresh=True))) == []

    def test_every_no_is_refused_with_a_reason(self) -> None:
        """What a connector says it cannot do, it does not do in silence."""
        shop = self.connect()
        product_id = self.listed(1, _PACKS)
        first = publication(product_id, 1)
        amended = Amend(first.target, first.offer, replace(first.offer, sku="OTHER"))
        tries: Sequence[tuple[object, Change]] = (
            (shop.can.publish, first),
            (shop.can.amend, amended),
            (shop.can.stock, stocked(product_id, self.branches[0], 5)),
            (shop.can.withdraw, Withdraw(first.target, first.offer, self.branches)),
        )
        for can, change in tries:
            if not can:
                fault_of(lambda one=change: self.refused(one), Unsupported)  # type: ignore[misc]
        answers = [getattr(shop.can, name) for name in ("publish", "amend", "stock", "withdraw", "shelf", "customers")]
        assert all(bool(answer) or said(answer.why) for answer in answers), "a no says why"
        if not shop.can.shelf:
            fault_of(lambda: list(shop.shelf()), Unsupported)
        if not shop.can.written:
            fault_of(lambda: list(shop.written("")), Unsupported)
