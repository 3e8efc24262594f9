"""What connectors that know customers must prove: an ERP that has them, and a shop that lists and assigns them."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import islice, pairwise

from pomost.conformance.expecting import said
from pomost.model.branch import Address, Contact, ShopBranch
from pomost.model.change import (
    AmendBranch,
    Area,
    Assign,
    Change,
    CreateBranch,
    DropSegment,
    PutSegment,
    Subject,
    Unassign,
)
from pomost.model.customer import Assignment, CustomerCard, Segment, SegmentSource, ShopCustomer
from pomost.model.outcome import Done, Failed, Outcome, Skipped
from pomost.model.setting import ChoiceKind
from pomost.ports.erp import ErpConnector
from pomost.ports.shop import ShopConnector

_NO_SUCH_KEY = 2**31 - 1
_ADDRESS = Address("Składowa", "1", "B", "02-100", "Warszawa", "PL")
_CONTACT = Contact("Janina", "mag@example.com", "22 111 22 33")


@dataclass(frozen=True, slots=True)
class Errand:
    """Something done to customer `key` of the ERP; `moves` False for what is out of focus."""

    what: str
    key: int
    do: Callable[[], object]
    moves: bool = True


class ErpCustomersConformance:
    """Each test starts from a company of its own, looked at with `customer_traits` in focus."""

    customer_traits: frozenset[str] = frozenset()

    def connect(self) -> ErpConnector:
        """A connector over a prepared company."""
        raise NotImplementedError

    def facts(self) -> Mapping[int, Mapping[str, object]]:
        """Facts of some customers by key: names of `CustomerCard`'s fields and what they must be read as."""
        raise NotImplementedError

    def errands(self) -> Sequence[Errand]:
        """Changes to try: address, tax number, group, trait, blocking, and some that are out of focus."""
        raise NotImplementedError

    def test_customers_come_once_in_key_order(self) -> None:
        keys = list(_cards(self.connect()))
        assert all(first < second for first, second in pairwise(keys))
        assert set(self.facts()) <= set(keys)

    def test_sightings_and_customers_agree(self) -> None:
        erp = self.connect()
        assert dict(erp.sight_customers()) == {key: card.print for key, card in _cards(erp).items()}
        assert all(card.print for card in _cards(erp).values())

    def test_reading_streams(self) -> None:
        """It hands out customers while it reads, may be left in the middle, and is not in the way of other reading."""
        erp = self.connect()
        stream = erp.customers()
        assert iter(stream) is stream
        first = next(stream)
        assert [card.key for card in erp.customers([first.key])] == [first.key]
        assert [key for key, _ in islice(erp.sight_customers(), 1)] == [first.key]
        del stream
        erp.close()

    def test_customers_are_read_as_they_are(self) -> None:
        cards = _cards(self.connect())
        for key, expected in self.facts().items():
            assert {name: getattr(cards[key], name) for name in expected} == dict(expected), f"customer {key}"

    def test_some_may_be_asked_for_by_key(self) -> None:
        erp, whole = self.connect(), _cards(self.connect())
        keys = list(self.facts())
        assert list(erp.customers([_NO_SUCH_KEY, *reversed(keys)])) == [whole[key] for key in sorted(keys)]
        assert list(erp.customers([_NO_SUCH_KEY])) == []
        assert list(erp.customers([])) == []

    def test_a_change_moves_the_fingerprint_of_that_customer_alone(self) -> None:
        for errand in self.errands():
            before = _cards(self.connect())
            errand.do()
            after = _cards(self.connect())
            moved = {key for key in before | after if before.get(key) != after.get(key)}
            assert moved == ({errand.key} if errand.moves else set()), errand.what
            if errand.key in after and errand.key in before:
                same = replace(after[errand.key], print=before[errand.key].print)
                told = [
                    one.name for one in fields(CustomerCard) if getattr(same, one.name) != _of(before, errand, one.name)
                ]
                assert bool(told) is errand.moves, f"{errand.what}: {told}"

    def test_ids_of_customers_are_ids_of_choices(self) -> None:
        erp = self.connect()
        kinds = (ChoiceKind.CUSTOMER_GROUPS, ChoiceKind.INDUSTRIES, ChoiceKind.CUSTOMER_TRAITS)
        groups, industries, traits = ({one.id for one in erp.choices(kind)} for kind in kinds)
        for card in _cards(erp).values():
            assert card.group is None or card.group in groups
            assert card.industry is None or card.industry in industries
            assert card.traits <= traits & self.customer_traits if self.customer_traits else card.traits <= traits


def _cards(erp: ErpConnector) -> dict[int, CustomerCard]:
    return {card.key: card for card in erp.customers()}


def _of(cards: Mapping[int, CustomerCard], errand: Errand, name: str) -> object:
    return getattr(cards[errand.key], name)


class ShopCustomersConformance:
    """Each test starts from a shop of its own with branch MAG and no customers."""

    def connect(self) -> ShopConnector:
        """A connector to the prepared shop; asked again, one to the same shop."""
        raise NotImplementedError

    def listed(self, nip: str, **place: str) -> str:
        """Make the shop list a customer (`city`, `street`, `house_number`) and give its id."""
        raise NotImplementedError

    def changed(self, ident: str, **place: str) -> None:
        """Change a customer's address."""
        raise NotImplementedError

    def unlisted(self, ident: str) -> None:
        """Take a customer out of the shop's list."""
        raise NotImplementedError

    def held(self, ident: str) -> tuple[str, str, str] | None:
        """The card, the branch's ID and the segment's key ("" for none) the shop holds of a customer."""
        raise NotImplementedError

    def send(self, *changes: Change) -> list[Outcome]:
        """Outcomes of one attempt of its own, of a connector of its own."""
        return list(self.connect().send(changes, str(uuid.uuid4())))

    def branch(self, ident: str) -> ShopBranch:
        return next(one for one in self.connect().branches() if one.id == ident)

    # Reading

    def test_customers_come_page_by_page_to_a_complete_end(self) -> None:
        ids = {
            self.listed(f"52231451{number:02}", city="Warszawa", street="Długa", house_number="1")
            for number in range(9)
        }
        pages = list(self.connect().customers())
        assert [page.complete for page in pages] == [False] * (len(pages) - 1) + [True]
        found = {one.id: one for page in pages for one in page.customers}
        assert found.keys() == ids
        assert {one.address.city for one in found.values()} == {"Warszawa"}
        assert all(one.nip and one.address.street == "Długa" for one in found.values())

    def test_a_later_reading_brings_what_changed_and_who_is_gone(self) -> None:
        kept, moved, gone = (self.listed("5223145123", city="Warszawa", house_number=str(one)) for one in range(3))
        cursor = list(self.connect().customers())[-1].cursor
        fresh = self.listed("1234563218", city="Gdynia")
        self.changed(moved, city="Sopot")
        self.unlisted(gone)
        pages = list(self.connect().customers(cursor))
        found = {one.id: one for page in pages for one in page.customers}
        assert {fresh, moved} <= found.keys()
        assert found[moved].address.city == "Sopot"
        assert gone in {one for page in pages for one in page.gone}
        assert kept not in {one for page in pages for one in page.gone}
        assert gone not in found

    # Branches

    def test_a_branch_is_created_and_read_back(self) -> None:
        branch = ShopBranch("NOWY", "Magazyn Nowy", "mazowieckie", _ADDRESS, _CONTACT)
        assert [type(one) for one in self.send(_create(branch))] == [Done]
        assert self.branch("NOWY") == branch

    def test_only_the_fields_that_differ_are_written(self) -> None:
        before = ShopBranch("NOWY", "Magazyn Nowy", "mazowieckie", _ADDRESS, _CONTACT)
        self.send(_create(before))
        after = before.with_fields({"name": "Magazyn Inny", "phone": "", "city": "Gdynia"})
        assert [type(one) for one in self.send(_amend(before, after))] == [Done]
        assert self.branch("NOWY") == after
        assert [type(one) for one in self.send(_amend(before, after))] == [Done], "what is there already is done"

    def test_what_somebody_else_changed_meanwhile_is_not_overwritten(self) -> None:
        before = ShopBranch("NOWY", "Magazyn Nowy", "", _ADDRESS)
        self.send(_create(before))
        theirs = before.with_fields({"name": "Z panelu", "phone": "22 1"})
        self.send(_amend(before, theirs))
        (outcome,) = self.send(_amend(before, before.with_fields({"name": "Nasza"})))
        assert isinstance(outcome, Failed)
        assert self.branch("NOWY").name == "Z panelu"
        beside = before.with_fields({"city": "Sopot"})
        assert [type(one) for one in self.send(_amend(before, beside))] == [Done], "other fields may be written"
        assert self.branch("NOWY") == theirs.with_fields({"city": "Sopot"})

    def test_an_id_or_a_name_that_is_taken_is_an_outcome(self) -> None:
        outcomes = self.send(
            _create(ShopBranch("mag", "Inny")),
            _create(ShopBranch("A", "Nazwa A")),
            _create(ShopBranch("B", "nazwa  a".replace("  ", " "))),
            _create(ShopBranch("C", "Nazwa C")),
        )
        assert [type(one) for one in outcomes] == [Failed, Done, Failed, Done]

    # Segments

    def test_segments_are_made_renamed_and_dropped(self) -> None:
        top, under = _segments()
        assert [type(one) for one in self.send(_put(top), _put(under))] == [Done, Done]
        assert {one.key: one for one in self.connect().segments()} == {top.key: top, under.key: under}
        renamed = replace(top, name="Puby")
        assert [type(one) for one in self.send(PutSegment(_named(top.key), top, renamed))] == [Done]
        assert renamed in self.connect().segments()
        assert [type(one) for one in self.send(_drop(under), _drop(renamed))] == [Done, Done]
        assert list(self.connect().segments()) == []
        assert [type(one) for one in self.send(_drop(under))] == [Done], "what is gone is dropped"

    def test_a_segment_somebody_is_in_is_not_dropped(self) -> None:
        ident, (top, _) = self.listed("5223145123"), _segments()
        self.send(_put(top))
        self.send(_assign(ident, Assignment(7, "MAG", top.key)))
        assert [type(one) for one in self.send(_drop(top))] == [Skipped]
        assert top in self.connect().segments()

    # Assignments

    def test_a_customer_is_assigned_moved_and_let_go(self) -> None:
        ident, (top, _) = self.listed("5223145123"), _segments()
        self.send(_create(ShopBranch("FIL", "Filia")), _put(top))
        first, second = Assignment(7, "MAG", ""), Assignment(7, "FIL", top.key)
        assert [type(one) for one in self.send(_assign(ident, first))] == [Done]
        assert self.held(ident) == ("7", "MAG", "")
        assert [type(one) for one in self.send(_assign(ident, second, first))] == [Done]
        assert self.held(ident) == ("7", "FIL", top.key)
        unsaid = Assignment(7, "MAG", None)
        assert [type(one) for one in self.send(_assign(ident, unsaid, second))] == [Done]
        assert self.held(ident) == ("7", "MAG", top.key), "a segment nobody speaks of stays"
        for _ in ("once", "and once more, which is no harm"):
            assert [type(one) for one in self.send(Unassign(_named(ident), unsaid))] == [Done]
            assert self.held(ident) is None

    def test_a_link_of_somebody_else_is_told_and_ours_is_replaced(self) -> None:
        ident = self.listed("5223145123")
        first, other = Assignment(7, "MAG", ""), Assignment(8, "MAG", "")
        self.send(_assign(ident, first))
        (outcome,) = self.send(_assign(ident, other))
        assert isinstance(outcome, Failed)
        assert self.held(ident) == ("7", "MAG", "")
        assert [type(one) for one in self.send(_assign(ident, other, first))] == [Done]
        assert self.held(ident) == ("8", "MAG", "")
        assert [type(one) for one in self.send(replace(_assign(ident, first), again=True))] == [Done]
        assert self.held(ident) == ("7", "MAG", "")

    def test_a_bad_item_is_an_outcome_and_spares_its_neighbours(self) -> None:
        one, two = self.listed("5223145123"), self.listed("1234563218")
        outcomes = self.send(
            _assign(one, Assignment(1, "MAG", "")),
            _assign("no such customer", Assignment(2, "MAG", "")),
            _assign(two, Assignment(3, "no such branch", "")),
            _assign(two, Assignment(3, "MAG", "no such segment")),
            _assign(two, Assignment(3, "MAG", "")),
        )
        assert [type(outcome) for outcome in outcomes] == [Done, Failed, Failed, Failed, Done]
        assert (self.held(one), self.held(two)) == (("1", "MAG", ""), ("3", "MAG", ""))

    def test_repeating_a_done_change_does_no_harm(self) -> None:
        ident, (top, _) = self.listed("5223145123"), _segments()
        changes = (_put(top), _assign(ident, Assignment(7, "MAG", top.key)))
        shop, attempt = self.connect(), str(uuid.uuid4())
        first = [type(one) for one in shop.send(changes, attempt)]
        assert [type(one) for one in shop.send(changes, attempt)] == first == [Done, Done]
        assert [type(one) for one in self.send(*changes)] == [Done, Done]
        assert self.held(ident) == ("7", "MAG", top.key)

    def test_a_full_batch_is_taken(self) -> None:
        size = min(self.connect().can.batch, 60)
        ids = [self.listed(f"52231451{number:02}") for number in range(size)]
        outcomes = self.send(*(_assign(ident, Assignment(place, "MAG", "")) for place, ident in enumerate(ids, 1)))
        assert [type(one) for one in outcomes] == [Done] * size
        assert [self.held(ident) for ident in ids] == [(str(place), "MAG", "") for place in range(1, size + 1)]

    def test_a_no_says_why(self) -> None:
        can = self.connect().can
        assert all(bool(one) or said(one.why) for one in (can.branches, can.customers, can.segments))


def _segments() -> tuple[Segment, Segment]:
    top = Segment("grupa:1", "Bary", "", 1, SegmentSource.GROUP)
    return top, Segment("grupa:1/cecha:2", "VIP", "grupa:1", 2, SegmentSource.TRAIT)


def _named(ident: str, area: Area = Area.CUSTOMER) -> Subject:
    return Subject(area, ident, ident)


def _create(branch: ShopBranch) -> CreateBranch:
    return CreateBranch(_named(branch.id, Area.BRANCH), branch)


def _amend(before: ShopBranch, after: ShopBranch) -> AmendBranch:
    return AmendBranch(_named(before.id, Area.BRANCH), before, after)


def _put(segment: Segment) -> PutSegment:
    return PutSegment(_named(segment.key), None, segment)


def _drop(segment: Segment) -> DropSegment:
    return DropSegment(_named(segment.key), segment)


def _assign(ident: str, after: Assignment, before: Assignment | None = None) -> Assign:
    return Assign(_named(ident), before, after)


def buyer(ident: str, nip: str, **place: str) -> ShopCustomer:
    """A customer of the shop for tests of connectors that hold nouns."""
    return ShopCustomer(ident, nip, Address(**place))
