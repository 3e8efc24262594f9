"""The laws, over branches, segments and assignments: nothing to do, power cuts, forced runs, empty readings."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pomost.conformance.hostile import ON_PURPOSE, Darkness, Moment, PowerCut, WrappedErp
from pomost.model.change import Area, Assign, Part, Unassign
from pomost.model.customer import CustomerCard
from pomost.ports.fault import Fault
from pomost.store.journal import State
from pomost.store.unresolved import DECISION
from tests.towns import BEGINNINGS, BRANCHES, LIVES, born, buyer, partner, remember, state, town
from tests.worlds import World

CUTS = st.tuples(st.integers(0, 4), st.sampled_from([Moment.BEFORE, Moment.AFTER, Moment.UNHEARD, Moment.UNHEARD]))


def cut_short(world: World, cut: tuple[int, Moment], **request: object) -> None:
    """A run whose power goes at one of its sends, if it has so many."""
    with suppress(Darkness):
        world.run(shop=PowerCut(world.shop, *cut), **request)


def left(world: World) -> set[str]:
    """Customers a person must first tell something about: whoever is left keeps what the shop holds, sure or not."""
    items = world.channel().inbox.items(limit=1000)
    return {one.subject for one in items if one.area is Area.CUSTOMER and one.part == DECISION}


def at_rest(world: World) -> None:
    """Nothing is in doubt but what a person must decide, and there is nothing more to do."""
    assert set(world.channel().assignments.in_doubt()) <= left(world)
    before = len(world.shop.log)
    again = world.run()
    assert again.run.state == State.DONE
    assert world.shop.log[before:] == []


@given(BEGINNINGS, LIVES)
def test_a_second_run_has_nothing_to_do(store, beginning, life):
    """Law 1."""
    world = born(beginning)
    world.settle()
    at_rest(world)
    for errand in life:
        errand.do(world)
    world.settle()
    at_rest(world)
    unmoved = world.run().run.counts
    assert unmoved.get("customers.unmoved", 0) == len(world.shop.parties.customers)


@given(BEGINNINGS, LIVES, CUTS)
def test_a_rerun_equals_no_power_cut(store, beginning, life, cut):
    """Law 2."""
    world, lucky = born(beginning), born(beginning)
    for one in (world, lucky):
        one.settle()
        for errand in life:
            errand.do(one)
    cut_short(world, cut)
    world.settle()
    lucky.settle()
    assert state(world) == state(lucky)
    at_rest(world)


@given(BEGINNINGS, CUTS, CUTS)
def test_a_first_run_cut_twice_equals_no_power_cut(store, beginning, first, second):
    world, lucky = born(beginning), born(beginning)
    cut_short(world, first)
    cut_short(world, second)
    world.settle()
    lucky.settle()
    assert state(world) == state(lucky)
    at_rest(world)


@given(BEGINNINGS, LIVES, CUTS)
def test_the_erp_changes_back_before_the_rerun(store, beginning, life, cut):
    """Law 2: what was on its way is in doubt, whatever the ERP says meanwhile."""
    world = born(beginning)
    world.settle()
    at_rest(world)
    then, policy = remember(world), world.policy
    for errand in life:
        errand.do(world)
    cut_short(world, cut)
    world.erp.partners, world.policy = then, policy
    lucky = born(beginning)
    lucky.shop.parties.customers = dict(world.shop.parties.customers)
    lucky.settle()
    world.settle()
    waiting = left(world)
    assert waiting == left(lucky)
    mine, theirs = (
        {key: held for key, held in one.shop.parties.assignments.items() if key not in waiting}
        for one in (world, lucky)
    )
    assert mine == theirs
    assert waiting or state(world) == state(lucky)
    at_rest(world)


def test_what_was_on_its_way_stays_until_a_person_decides_and_is_set_right_then(store):
    """The card belongs to two branches again: nobody knows which, so what the shop may hold is left alone and told."""
    world = settled(4)
    world.erp.meet(partner(9, house="9", traits="t1 t2"))
    world.shop.parties.list_customers(buyer(9, house="9"))
    world.settle()
    assert left(world) == {"c9"}
    world.erp.meet(partner(9, house="9", traits="t2"))
    cut_short(world, (0, Moment.UNHEARD))
    world.erp.meet(partner(9, house="9", traits="t1 t2"))
    world.settle()
    assert (left(world), world.channel().assignments.in_doubt()) == ({"c9"}, ["c9"])
    assert world.shop.parties.assignments["c9"].branch == "FIL"
    world.erp.meet(partner(9, house="9", traits="t1"))
    world.settle()
    assert (left(world), world.channel().assignments.in_doubt()) == (set(), [])
    assert world.shop.parties.assignments["c9"].branch == "MAG"
    at_rest(world)


def test_a_customer_whose_assignment_was_on_its_way_is_let_go_when_the_card_is_gone(store):
    """The answer was lost, so nothing is known of it; what the shop may hold is taken back all the same."""
    world = settled(4)
    at_rest(world)
    world.erp.meet(partner(9, house="9"))
    world.shop.parties.list_customers(buyer(9, house="9"))
    cut_short(world, (0, Moment.UNHEARD))
    assert "c9" in world.shop.parties.assignments
    world.erp.partners.pop(9)
    world.settle()
    assert "c9" not in world.shop.parties.assignments
    at_rest(world)


def test_a_card_that_changes_there_and_back_is_sent_again(store):
    """A to B, unheard, and back to A: the shop may hold B."""
    world = settled(4)
    at_rest(world)
    world.erp.meet(partner(2, house="2", traits="t2"))
    cut_short(world, (0, Moment.UNHEARD))
    assert world.shop.parties.assignments["c2"].branch == "FIL"
    world.erp.meet(partner(2, house="2"))
    world.settle()
    assert world.shop.parties.assignments["c2"].branch == "MAG"
    at_rest(world)


@given(BEGINNINGS, LIVES)
def test_a_forced_run_changes_nothing(store, beginning, life):
    """Law 4."""
    world = born(beginning)
    for errand in life:
        errand.do(world)
    world.settle()
    held = tuple(dict(one) for one in state(world))
    assert world.run(full=True).run.state == State.DONE
    assert tuple(dict(one) for one in state(world)) == held
    at_rest(world)


@given(BEGINNINGS, LIVES, CUTS)
def test_a_forced_run_may_be_cut_too(store, beginning, life, cut):
    world, lucky = born(beginning), born(beginning)
    for one in (world, lucky):
        one.settle()
        for errand in life:
            errand.do(one)
    cut_short(world, cut, full=True)
    world.settle()
    lucky.settle()
    assert state(world) == state(lucky)


@dataclass
class Reading(WrappedErp):
    """Reads so many customers, then breaks off, or ends without a word; asked for by key it hides them, if blind."""

    inner: object
    after: int
    breaks: bool = False
    blind: bool = False

    def customers(self, keys: Sequence[int] | None = None) -> Iterator[CustomerCard]:
        if keys is None:
            yield from islice(self.inner.customers(), self.after)
            if self.breaks:
                raise ON_PURPOSE
        elif not self.blind:
            yield from self.inner.customers(keys)

    def sight_customers(self) -> Iterator[tuple[int, bytes]]:
        return ((one.key, one.print) for one in self.customers())


def settled(count: int) -> World:
    world = town()
    world.erp.meet(*(partner(key, house=str(key)) for key in range(1, count + 1)))
    world.shop.parties.list_customers(*(buyer(key, house=str(key)) for key in range(1, count + 1)))
    world.settle()
    assert len(world.shop.parties.assignments) == count
    world.shop.log.clear()
    return world


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize("full", [False, True])
def test_an_empty_erp_takes_nothing_back_unattended(store, count, full):
    """Law 5: an area that comes back empty always waits, however small."""
    world = settled(count)
    ended = world.run(erp=Reading(world.erp, 0, blind=True), full=full)
    assert ended.run.state == State.WAITING
    assert len(world.shop.parties.assignments) == count
    assert world.run().run.state == State.DONE
    assert [one for one in world.shop.log if isinstance(one, Unassign)] == []


def test_a_reading_that_breaks_off_takes_nothing_back(store):
    """Law 5."""
    world = settled(5)
    with pytest.raises(Fault):
        world.run(erp=Reading(world.erp, 2, breaks=True))
    assert world.shop.log == []


def test_cards_a_reading_missed_are_asked_for_by_key(store):
    """A reading without locks may miss a row that moves: it is still there when asked for."""
    world = settled(5)
    ended = world.run(erp=Reading(world.erp, 2))
    assert ended.run.state == State.DONE
    assert world.shop.log == []
    assert world.channel().customers.settled() == "", "such a reading settles nothing"


def test_an_assignment_is_taken_back_once(store):
    """Part 7: "assignment deleted once"."""
    world = settled(5)
    world.erp.partners.pop(2)
    world.run()
    assert [type(one) for one in world.shop.log] == [Unassign]
    at_rest(world)
    world.erp.meet(partner(2, house="2"))
    world.run()
    assert [type(one) for one in world.shop.log] == [Unassign, Assign], "and comes back when the card does"


def test_who_leaves_the_shop_is_forgotten_without_a_word(store):
    world = settled(5)
    world.shop.parties.forget_customer("c3")
    world.run()
    assert world.shop.log == []
    assert "c3" not in world.channel().assignments.known()


def test_a_limited_run_leaves_the_rest_alone(store):
    """Law 3: branches alone touch no customer, customers alone no branch, the offer neither."""
    world = town()
    world.erp.meet(partner(1))
    world.shop.parties.list_customers(buyer(1))
    world.shop.parties.branches.pop("FIL")
    world.run(parts=frozenset({Part.BRANCHES}))
    assert {one.target.area for one in world.shop.log} == {"branch"}
    world.shop.parties.branches.pop("FIL")
    world.shop.log.clear()
    world.run(parts=frozenset({Part.CUSTOMERS}))
    assert {one.target.area for one in world.shop.log} == {"customer"}
    assert [one.id for one in BRANCHES if one.id in world.shop.parties.branches] == ["MAG"]
