"""Law 2: a power cut before or after any send, then a rerun, equals no power cut, also when the ERP changed back."""

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from pomost.conformance.hostile import Darkness, Moment, PowerCut
from pomost.model.change import Withdraw
from pomost.store.journal import State
from tests.laws.lives import Cut, Edit, beginnings, born, come_back, cuts, edits, remember
from tests.worlds import UNSURE, World, card, desired, differences, ean, leftovers, shown


def cut_short(world: World, cut: Cut, **request: object) -> bool:
    """A run that loses power; False when it was over before."""
    try:
        world.run(shop=PowerCut(world.shop, cut.at, cut.moment), **request)
    except Darkness:
        return True
    return False


def doubtful(world: World) -> list[str]:
    """Products in doubt. Where a person must first tell two cards apart nothing can be sent, so doubt may stay."""
    channel, wanted = world.channel(), desired(world)
    known = channel.ledger.known_by_card(channel.ledger.in_doubt())
    products = {one.product_id for group in known.values() for one in group if one.doubtful}
    return sorted(one for one in products if wanted[one] is not UNSURE)


def mended(world: World) -> None:
    """The rerun leaves the shop as desired, no doubt, no failure, no leftovers, and nothing more to do."""
    world.settle()
    assert differences(world) == {}
    assert world.channel().inbox.to_retry() == []
    assert leftovers(world.shop) == []
    assert doubtful(world) == []
    before = len(world.shop.log)
    again = world.run()
    assert again.run.state == State.DONE
    assert len(world.shop.log) == before, world.shop.log[before:]


def test_a_withdrawal_settles_stock_that_was_on_its_way(store):
    world = World.of(1)
    world.erp.put(card(1, ean=ean(9)))
    world.run()
    world.erp.put(card(1))
    assert cut_short(world, Cut(1, Moment.UNHEARD)), "published, and its stock was on its way"
    world.erp.put(card(1, ean=ean(9)))
    world.settle()
    (withdrawal,) = [change for change in world.shop.log if isinstance(change, Withdraw)]
    assert withdrawal.branches == ("FIL", "MAG")
    assert world.channel().ledger.in_doubt() == []


def test_a_code_that_moved_to_a_shared_one_withdraws_the_old_product(store):
    world = World.of(3)
    world.run()
    world.change(2, ean=ean(3))
    world.settle()
    assert sorted(shown(world.shop)) == ["p1", "p3"], "p2 stands for no card any more; p3 waits for a person"


@given(beginnings(), edits, cuts)
def test_a_rerun_equals_no_power_cut(store, beginning, work, cut):
    world, lucky = born(beginning), born(beginning)
    for one in (world, lucky):
        one.settle()
        for edit in work:
            edit.do(one)
    cut_short(world, cut)
    mended(world)
    lucky.settle()
    assert shown(world.shop) == shown(lucky.shop)


@given(beginnings(), cuts, st.lists(cuts, max_size=2))
def test_a_first_run_cut_again_and_again_equals_no_power_cut(store, beginning, cut, more):
    world, lucky = born(beginning), born(beginning)
    for one in (cut, *more):
        cut_short(world, one)
    mended(world)
    lucky.settle()
    assert shown(world.shop) == shown(lucky.shop)


@given(beginnings(), edits, cuts)
def test_the_erp_changes_back_before_the_rerun(store, beginning, work, cut):
    world = born(beginning)
    world.settle()
    then = remember(world)
    for edit in work:
        edit.do(world)
    cut_short(world, cut)
    come_back(world, then)
    mended(world)


@given(beginnings(), edits, cuts, edits, cuts)
def test_work_goes_on_between_the_cut_and_the_rerun(store, beginning, work, cut, later, second):
    world = born(beginning)
    world.settle()
    for edit in work:
        edit.do(world)
    cut_short(world, cut)
    for edit in later:
        edit.do(world)
    cut_short(world, second)
    mended(world)


@given(beginnings(), edits, cuts, st.booleans())
def test_a_forced_run_may_be_cut_too(store, beginning, work, cut, back):
    world = born(beginning)
    world.settle()
    then = remember(world)
    for edit in work:
        edit.do(world)
    cut_short(world, cut, full=True)
    if back:
        come_back(world, then)
    mended(world)


@given(beginnings(), edits, cuts)
def test_a_cut_while_approving(store, beginning, work, cut):
    """Whatever the guard holds back is sent later by a person's consent, and that may be cut as well."""
    world = born(beginning)
    world.settle()
    for key in list(world.erp.cards):
        Edit("active", key, value=False).do(world)
    if world.run().run.state == State.WAITING:
        with suppress(Darkness):
            world.approve(shop=PowerCut(world.shop, cut.at, cut.moment))
    for edit in work:
        edit.do(world)
    mended(world)
