"""What a shop without a catalogue of its own must prove: inherit `EntryShopConformance`, say what it is given."""

import hashlib
import uuid
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from pomost.conformance.expecting import fails_with_advice, fault_of, passes, said
from pomost.conformance.shelves import publication, stocked
from pomost.model.change import Amend, Change, Withdraw
from pomost.model.entry import CONTENTS, Drop, EntryChange, Keep, Put, subject
from pomost.model.outcome import Done, Failed, Outcome
from pomost.model.reason import Finding
from pomost.model.sentences_of_runs import advise, say
from pomost.model.subject import Area
from pomost.model.text import Text
from pomost.ports.entries import EntryShop, Exchange, Mode, ShopBusy
from pomost.ports.fault import Refused, Unavailable, Unsupported
from pomost.ports.shop import OrderQuery

_NO_SUCH_KEY = 2**31 - 1
_EVERYTHING = dict.fromkeys(CONTENTS, Mode.DIFFERENTIAL)
_PRODUCTS = {Area.PRODUCT: Mode.DIFFERENTIAL}
_ALL_PRODUCTS = {Area.PRODUCT: Mode.FULL}


def explained(finding: Finding) -> bool:
    """Whether it says in both languages why, and what to do."""
    return said(Text(say(finding, "pl"), say(finding, "en"))) and said(
        Text(advise(finding, "pl"), advise(finding, "en"))
    )


class EntryShopConformance:
    """The hooks come first; each test starts from an empty shop of its own."""

    def connect(self) -> EntryShop:
        """A connector to the prepared shop; asked again, another one to the same shop."""
        raise NotImplementedError

    def broken(self) -> EntryShop | None:
        """A connector that cannot work: a key the shop refuses. None where there is nothing to connect to."""
        raise NotImplementedError

    def first(self) -> Sequence[Put[Any]]:
        """Sound entries of every area, in the order they are sent; none is a product of `product`."""
        raise NotImplementedError

    def product(self, number: int, name: str = "") -> Put[Any]:
        """A sound product that needs nothing but the entries of `first`; another name is another content."""
        raise NotImplementedError

    def bad(self) -> Put[Any]:
        """A product the shop does not take for what stands in it."""
        raise NotImplementedError

    def shows(self, area: Area, key: str) -> object | None:
        """What the shop shows of an entry, equal for equal contents; None when it shows nothing."""
        raise NotImplementedError

    def file(self, number: int) -> tuple[bytes, str]:
        """Bytes and media type of a file the shop takes; those of number 0 are the ones `first` names."""
        raise NotImplementedError

    # Words of the suite

    def send(self, shop: EntryShop, *changes: Change) -> list[Outcome]:
        """Outcomes of one attempt of its own."""
        return list(shop.send(changes, str(uuid.uuid4())))

    def exchange(
        self, operator: str = "Anna", *, takeover: bool = False, areas: Mapping[Area, Mode] = _PRODUCTS
    ) -> Exchange:
        return Exchange("1", manual=True, operator=operator, host="KASA-1", areas=areas, takeover=takeover)

    def stand(self, *more: EntryChange) -> EntryShop:
        """A connector, and a shop that holds what was first sent to it; the exchange is closed."""
        shop = self.connect()
        shop.open(self.exchange(areas=_EVERYTHING))
        data, media_type = self.file(0)
        assert shop.put_file(hashlib.sha256(data).hexdigest(), data, media_type) is None
        for _, group in groupby((*self.first(), *more), key=lambda one: one.target.area):
            assert all(isinstance(one, Done) for one in self.send(shop, *group))
        assert shop.commit(dict.fromkeys(_EVERYTHING, "first")).wants is None
        return shop

    def visible(self, *changes: EntryChange) -> list[bool]:
        return [self.shows(one.target.area, one.target.id) is not None for one in changes]

    # Looking about

    def test_the_connection_is_checked(self) -> None:
        passes(self.connect().check())
        broken = self.broken()
        if broken is not None:
            fails_with_advice(broken.check())
            fault_of(broken.terrain, Refused, Unavailable)

    def test_the_terrain_tells_what_decisions_rest_on(self) -> None:
        terrain = self.connect().terrain()
        assert terrain.default_language in terrain.languages
        assert terrain.currencies
        assert terrain.availability
        assert bool(terrain.file_types) is (terrain.file_bytes > 0)

    # Sending

    def test_every_area_is_taken_and_shown(self) -> None:
        first = self.first()
        assert {one.target.area for one in first} == set(CONTENTS), "entries of every area"
        self.stand()
        assert all(self.visible(*first)), "what was done is in the shop"

    def test_a_bad_item_is_an_outcome_in_its_place_and_spares_its_neighbours(self) -> None:
        shop = self.stand()
        changes = (self.bad(), self.product(1), self.product(2))
        shop.open(self.exchange())
        bad, good, other = self.send(shop, *changes)
        assert isinstance(good, Done)
        assert isinstance(other, Done)
        assert isinstance(bad, Failed)
        assert explained(bad.reason), "a refusal says why"
        assert self.visible(*changes) == [False, True, True]
        shop.abort()

    def test_outcomes_come_one_by_one(self) -> None:
        shop = self.stand()
        shop.open(self.exchange())
        outcomes = shop.send([self.product(1), self.product(2)], str(uuid.uuid4()))
        assert iter(outcomes) is outcomes, "an iterator, not a list"
        assert [type(one) for one in outcomes] == [Done, Done]
        assert self.send(shop) == []
        shop.abort()

    def test_repeating_a_done_change_does_no_harm(self) -> None:
        first, again = self.product(1), str(uuid.uuid4())
        shop = self.stand()
        shop.open(self.exchange())
        shown = []
        for attempt in (again, again, str(uuid.uuid4())):
            (outcome,) = shop.send([first], attempt)
            assert isinstance(outcome, Done)
            shown.append(self.shows(Area.PRODUCT, first.target.id))
        assert shown[0] == shown[1] == shown[2]
        assert shown[0] is not None
        shop.abort()

    def test_a_new_attempt_is_a_new_request(self) -> None:
        """A, then B, then A again ends at A: nothing is answered from memory of an earlier content."""
        shop = self.stand()
        one, two = self.product(1, "A"), self.product(1, "B")
        seen = []
        for change in (one, two, one):
            shop.open(self.exchange())
            assert [type(found) for found in self.send(shop, change)] == [Done]
            seen.append(self.shows(Area.PRODUCT, change.target.id))
            shop.commit({Area.PRODUCT: "next"})
        assert seen[0] == seen[2] != seen[1]

    def test_what_is_dropped_is_gone_and_dropping_it_again_does_no_harm(self) -> None:
        product = self.product(1)
        shop = self.stand(product)
        shop.open(self.exchange())
        for _ in range(2):
            assert [type(one) for one in self.send(shop, Drop(product.target))] == [Done]
            assert self.visible(product) == [False]
        (unknown,) = self.send(shop, Drop(subject(Area.PRODUCT, _NO_SUCH_KEY, "?")))
        assert isinstance(unknown, Done | Failed), "an outcome, whatever the shop makes of it"
        assert [type(one) for one in self.send(shop, product)] == [Done]
        assert self.visible(product) == [True]
        shop.abort()

    def test_what_is_sent_later_in_an_exchange_stands(self) -> None:
        """An entry may pass through another content on its way; also something new, and twice over."""
        shop = self.stand(self.product(1, "A"))
        for number in (1, 2, 1):
            meanwhile, wanted = self.product(number, "B"), self.product(number, "C")
            shop.open(self.exchange())
            assert [type(one) for one in self.send(shop, meanwhile)] == [Done]
            passed = self.shows(Area.PRODUCT, wanted.target.id)
            assert [type(one) for one in self.send(shop, wanted)] == [Done]
            shown = self.shows(Area.PRODUCT, wanted.target.id)
            assert None is not passed != shown
            assert [type(one) for one in self.send(shop, Drop(wanted.target))] == [Done]
            assert self.visible(wanted) == [False]
            shop.commit({Area.PRODUCT: "next"})

    # Files

    def test_bytes_are_asked_for_until_they_are_there(self) -> None:
        data, media_type = self.file(1)
        digest, other = hashlib.sha256(data).hexdigest(), hashlib.sha256(b"no such file").hexdigest()
        shop = self.stand()
        shop.open(self.exchange(areas={Area.FILES: Mode.DIFFERENTIAL}))
        assert set(shop.missing_files([digest, other], verify=False)) == {digest, other}
        for _ in range(2):
            assert shop.put_file(digest, data, media_type) is None
        for verify in (False, True):
            assert set(shop.missing_files([digest, other], verify=verify)) == {other}
        assert not shop.missing_files([], verify=False)
        shop.abort()

    def test_bytes_under_a_digest_of_others_are_not_taken(self) -> None:
        data, media_type = self.file(1)
        digest = hashlib.sha256(b"something else").hexdigest()
        shop = self.stand()
        shop.open(self.exchange(areas={Area.FILES: Mode.DIFFERENTIAL}))
        refusal = shop.put_file(digest, data, media_type)
        assert isinstance(refusal, Finding)
        assert explained(refusal)
        assert set(shop.missing_files([digest], verify=True)) == {digest}
        shop.abort()

    # Exchanges

    def test_a_closed_area_tells_its_cursor_and_closing_again_does_no_harm(self) -> None:
        shop = self.stand()
        assert shop.cursors([Area.PRODUCT]) == {Area.PRODUCT: "first"}, "asked without opening anything"
        assert shop.open(self.exchange()) == {Area.PRODUCT: "first"}
        swept = [shop.commit({Area.PRODUCT: "second"}) for _ in range(2)]
        assert swept[0] == swept[1]
        assert shop.open(self.exchange()) == {Area.PRODUCT: "second"}
        shop.abort()

    def test_what_is_given_up_moves_no_cursor_and_sweeps_nothing(self) -> None:
        product = self.product(1)
        shop = self.stand(product)
        shop.abort()
        shop.open(self.exchange(areas=_ALL_PRODUCTS))
        assert [type(one) for one in self.send(shop, self.product(2))] == [Done]
        shop.abort()
        shop.abort()
        assert self.visible(product) == [True]
        assert self.connect().open(self.exchange(takeover=True)) == {Area.PRODUCT: "first"}

    def test_nothing_is_written_outside_an_exchange(self) -> None:
        shop = self.stand()
        fault_of(lambda: self.send(shop, self.product(1)), Unsupported)
        fault_of(lambda: shop.commit({Area.PRODUCT: "never"}), Unsupported)
        assert self.visible(self.product(1)) == [False]

    def test_a_full_exchange_drops_what_it_did_not_show_and_keeps_what_it_kept(self) -> None:
        shown, kept, left = (self.product(number) for number in (1, 2, 3))
        shop = self.stand(shown, kept, left)
        shop.open(self.exchange(areas=_ALL_PRODUCTS))
        others = [one for one in self.first() if one.target.area is Area.PRODUCT]
        outcomes = self.send(shop, Keep(kept.target), shown, *others)
        assert all(isinstance(one, Done) for one in outcomes)
        swept = shop.commit({Area.PRODUCT: "full"})
        assert (swept.wants, dict(swept.dropped)) == (None, {Area.PRODUCT: 1})
        assert self.visible(shown, kept, left) == [True, True, False]

    def test_an_emptied_area_is_dropped_by_the_number_agreed_to_alone(self) -> None:
        product = self.product(1)
        shop = self.stand(product)
        shop.open(self.exchange(areas=_ALL_PRODUCTS))
        wants = shop.commit({Area.PRODUCT: "full"}).wants
        assert wants
        assert shop.commit({Area.PRODUCT: "full"}, wants + 1).wants == wants
        assert self.visible(product) == [True]
        assert shop.commit({Area.PRODUCT: "full"}, wants).dropped == {Area.PRODUCT: wants}
        assert self.visible(product) == [False]

    def test_a_busy_shop_tells_who_holds_it_and_a_takeover_ends_them(self) -> None:
        self.stand()
        anna, bogdan = self.connect(), self.connect()
        anna.open(self.exchange("Anna"))
        busy = fault_of(lambda: bogdan.open(self.exchange("Bogdan")), ShopBusy)
        assert isinstance(busy, ShopBusy)
        holder = busy.holder
        assert (holder.operator, holder.host, holder.manual, holder.alive) == ("Anna", "KASA-1", True, True)
        assert holder.started is not None
        assert all("Anna" in one and "KASA-1" in one for one in (busy.text.pl, busy.text.en))
        assert [type(one) for one in self.send(anna, self.product(1))] == [Done], "asking does not disturb"
        bogdan.open(self.exchange("Bogdan", takeover=True))
        lost = fault_of(lambda: self.send(anna, self.product(2)), Refused)
        assert all("Bogdan" in one for one in (lost.text.pl, lost.text.en)), "it says who took over"
        assert self.visible(self.product(2)) == [False]
        anna.abort()
        assert [type(one) for one in self.send(bogdan, self.product(3))] == [Done]
        bogdan.abort()

    # What it has not

    def test_every_no_is_refused_with_a_reason(self) -> None:
        shop = self.stand()
        assert shop.can.entries
        offered = publication("1", 1)
        changes: dict[str, Change] = {
            "publish": offered,
            "amend": Amend(offered.target, offered.offer, offered.offer),
            "stock": stocked("1", "MAG", 5),
            "withdraw": Withdraw(offered.target, offered.offer, ("MAG",)),
        }
        calls: dict[str, Callable[[], object]] = {
            "shelf": lambda: list(shop.shelf()),
            "catalogue_changes": lambda: list(shop.catalogue()),
            "branches": shop.branches,
            "customers": lambda: list(shop.customers()),
            "segments": shop.segments,
            "orders": lambda: list(shop.orders(OrderQuery("new"))),
            "statuses": shop.order_statuses,
        }
        shop.open(self.exchange())
        for name, change in changes.items():
            if not getattr(shop.can, name):
                fault_of(lambda one=change: self.send(shop, one), Unsupported)  # type: ignore[misc]
        for name, call in calls.items():
            if not getattr(shop.can, name):
                fault_of(call, Unsupported)
        answers = [getattr(shop.can, name) for name in (*changes, *calls)]
        assert all(bool(answer) or said(answer.why) for answer in answers), "a no says why"
        shop.abort()
