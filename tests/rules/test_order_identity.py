"""Whose document is this (decision tables 8.1-8.4): number, payer, goods and total together, never a number alone."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pomost.model.offer import PriceKind
from pomost.model.order import DocumentRef, OrderDocument, Progress, Stage
from pomost.model.policy import GuardPolicy
from pomost.model.reason import Finding, Reason
from pomost.rules.guard import Alarm, Stop
from pomost.rules.order_identity import Claim, Standing, claim, standing, vanished
from pomost.rules.ordering import key_of
from tests.rules.orders import NIP, decide, line, order

TOLERANCE = Decimal("0.05")
OURS = DocumentRef("ZK", 5, "ZK 5")


def document(decided, **facts):
    """The document an order became, with whatever is said otherwise."""
    draft = decided.draft
    made = OrderDocument(OURS, draft.customer, draft.total, None, dict(draft.goods))
    return replace(made, **facts)


def told(found):
    return None if found.document is None else found.document.ref, [str(one.reason) for one in found.findings]


def claimed(*documents, ordered=None, decided=None, owned=(), tax_numbers=None, answer=None):
    ordered = ordered or order()
    return told(claim(ordered, decided or decide(ordered), documents, owned, tax_numbers or {}, TOLERANCE, answer))


def test_without_documents_there_is_nothing_to_claim():
    assert claim(order(), decide(), (), (), {}, TOLERANCE) == Claim()


def test_number_payer_goods_and_total_make_it_the_orders():
    """Decision table 8.1: it carries (mark, number), is linked to no other order, and its payer is the customer."""
    assert claimed(document(decide())) == (OURS, [])


def test_another_payer_is_never_linked():
    """Decision table 8.1: payer differs: never linked (`ORDER_NUMBER_TAKEN`)."""
    assert claimed(document(decide(), customer=8)) == (None, ["ORDER_NUMBER_TAKEN"])


@pytest.mark.parametrize(
    "differs",
    [
        {"goods": {}},
        {"goods": {1: Decimal(4)}},
        {"goods": {2: Decimal(3)}},
        {"goods": {1: Decimal(3), 2: Decimal(1)}},
        {"net": Decimal("7.56")},
        {"net": Decimal(0)},
    ],
)
def test_other_goods_or_another_total_wait_for_a_person(differs):
    """Decision table 8.1: payer equal, but goods or net total differ: waits (`ORDER_DOCUMENT_DIFFERS`)."""
    ordered = order(line(1, 3))
    assert claimed(document(decide(ordered), **differs), ordered=ordered) == (None, ["ORDER_DOCUMENT_DIFFERS"])


def test_a_total_within_the_tolerance_is_the_same():
    ordered = order(line(1, 3))
    total = decide(ordered).draft.total
    assert claimed(document(decide(ordered), net=total + TOLERANCE), ordered=ordered) == (OURS, [])
    assert claimed(document(decide(ordered), net=total - TOLERANCE), ordered=ordered) == (OURS, [])
    assert claimed(document(decide(ordered), net=total + TOLERANCE + Decimal("0.01")), ordered=ordered)[0] is None


def test_an_order_counted_from_gross_is_held_by_its_gross_total():
    ordered = order(line(1, 3, kind=PriceKind.GROSS))
    decided = decide(ordered)
    right = document(decided, net=None, gross=decided.draft.total)
    assert claimed(right, ordered=ordered) == (OURS, [])
    assert claimed(replace(right, gross=Decimal(1)), ordered=ordered) == (None, ["ORDER_DOCUMENT_DIFFERS"])
    assert claimed(replace(right, net=Decimal(1)), ordered=ordered) == (OURS, [])


def test_totals_nobody_knows_are_not_compared_goods_are():
    decided = decide()
    assert claimed(document(decided, net=None)) == (OURS, [])
    assert claimed(document(decided, net=None, goods={}))[0] is None


def test_what_is_linked_to_another_order_is_not_this_orders():
    """Decision table 8.1: one document belongs to one order id."""
    assert claimed(document(decide()), owned={5}) == (None, ["ORDER_NUMBER_TAKEN"])
    assert claimed(document(decide()), owned={6}) == (OURS, [])


def test_among_several_the_one_that_holds_is_taken():
    other = document(decide(), ref=DocumentRef("ZK", 4, "ZK 4"), customer=8)
    wrong = document(decide(), ref=DocumentRef("ZK", 3, "ZK 3"), goods={})
    assert claimed(other, wrong, document(decide())) == (OURS, [])


def test_what_waits_is_told_with_the_documents_it_waits_for():
    ordered = order(line(1, 3))
    decided = decide(ordered)
    own, second = document(decided), document(decided, ref=DocumentRef("ZK", 6, "ZK 6"))
    others = [replace(one, customer=8) for one in (own, second)]
    wrong = [replace(one, goods={}) for one in (own, second)]

    def found(*documents):
        return claim(ordered, decided, documents, (), {}, TOLERANCE)

    taken = Finding.of(Reason.ORDER_NUMBER_TAKEN, documents="ZK 5, ZK 6")
    assert found(*others) == Claim(None, (taken,))
    differs = Finding.of(Reason.ORDER_DOCUMENT_DIFFERS, documents="ZK 5, ZK 6")
    assert found(*wrong, replace(own, ref=DocumentRef("ZK", 4, "ZK 4"), customer=8)) == Claim(None, (differs,))
    double = Finding.of(Reason.ORDER_DOUBLE, documents="ZK 5, ZK 6")
    assert found(own, second, replace(own, ref=DocumentRef("ZK", 7, "ZK 7"), goods={})) == Claim(own, (double,))


def test_two_that_hold_are_told_and_the_first_is_taken():
    second = document(decide(), ref=DocumentRef("ZK", 6, "ZK 6"))
    assert claimed(document(decide()), second) == (OURS, ["ORDER_DOUBLE"])


def test_a_person_overrules_payer_goods_and_total():
    """Decision table 8.1: a person says "this is it" or "make a new one"."""
    wrong = document(decide(), customer=8, goods={}, net=Decimal(0))
    assert claimed(wrong, answer=5) == (OURS, [])
    assert claimed(wrong, answer=6) == (None, ["ORDER_NUMBER_TAKEN"])
    assert claimed(wrong, answer=5, owned={5}) == (None, ["ORDER_NUMBER_TAKEN"])


def test_an_order_that_cannot_be_drafted_is_held_by_its_net_total():
    ordered = order(line(1, 0))
    decided = decide(ordered)
    assert decided.draft is None
    assert decided.customer == 7
    made = OrderDocument(OURS, 7, ordered.net, None, {})
    assert claimed(made, ordered=ordered, decided=decided) == (OURS, [])
    near, far = ordered.net + TOLERANCE, ordered.net - TOLERANCE - Decimal("0.01")
    assert claimed(replace(made, net=near), ordered=ordered, decided=decided) == (OURS, [])
    waits = (None, ["ORDER_DOCUMENT_DIFFERS"])
    assert claimed(replace(made, net=far), ordered=ordered, decided=decided) == waits
    assert claimed(replace(made, net=None), ordered=ordered, decided=decided) == (OURS, [])


def test_a_buyer_nobody_recognised_is_the_payer_with_the_orders_tax_number():
    ordered = order()
    decided = replace(decide(ordered), draft=None, customer=None)
    made = OrderDocument(OURS, 9, ordered.net, None, {})
    assert claimed(made, decided=decided, tax_numbers={9: f"PL{NIP}"}) == (OURS, [])
    assert claimed(made, decided=decided, tax_numbers={9: "5252525252"}) == (None, ["ORDER_NUMBER_TAKEN"])
    assert claimed(made, decided=decided, tax_numbers={9: ""}) == (None, ["ORDER_NUMBER_TAKEN"])
    assert claimed(made, decided=decided, tax_numbers={8: NIP}) == (None, ["ORDER_NUMBER_TAKEN"]), "nobody knows it"
    nameless = replace(ordered, buyer=replace(ordered.buyer, nip=""))
    assert claimed(made, ordered=nameless, decided=decided, tax_numbers={9: ""})[0] is None


# What stands under a document's id


@pytest.mark.parametrize(
    ("original", "customer", "stands"),
    [
        ("MS-1", 7, Standing.ITS_OWN),
        ("", 7, Standing.ITS_OWN),
        ("MS-1", 0, Standing.ITS_OWN),
        ("", 0, Standing.ITS_OWN),
        ("MS-2", 7, Standing.CHANGED),
        ("MS-1", 8, Standing.CHANGED),
        ("MS-2", 8, Standing.ANOTHERS),
        ("ms-1", 8, Standing.ANOTHERS),
    ],
)
def test_number_and_payer_are_held_against_the_document_every_time(original, customer, stands):
    assert standing(Progress(OURS, Stage.OPEN, (), "MS-1", 7), original, customer) is stands


def test_a_document_that_is_gone_is_gone():
    assert standing(Progress(OURS, Stage.DELETED), "", 0) is Standing.GONE


# How much may vanish


GUARD = GuardPolicy(floor=20, share=Decimal("0.2"))


@pytest.mark.parametrize(
    ("gone", "anothers", "of", "recent", "alarm"),
    [
        (0, 0, 100, 0, None),
        (1, 0, 100, 0, None),
        (2, 0, 100, 0, Alarm.VANISHED),
        (20, 0, 20, 0, Alarm.VANISHED),
        (21, 0, 100, 0, Alarm.RESTORED),
        (21, 0, 1000, 0, Alarm.VANISHED),
        (200, 0, 1000, 0, Alarm.VANISHED),
        (201, 0, 1000, 0, Alarm.RESTORED),
        (1, 0, 100, 24, Alarm.RESTORED),
        (1, 0, 100, 23, None),
        (0, 0, 100, 50, None),
        (0, 1, 100, 0, Alarm.RESTORED),
        (1, 1, 100, 0, Alarm.RESTORED),
    ],
)
def test_one_is_told_several_wait_many_stop_the_plan(gone, anothers, of, recent, alarm):
    """Decision table 8.3: one is told by the stage "deleted"; more than the guard's share, or a sign of 8.4: nothing is."""
    found = vanished(gone, anothers, of, recent, GUARD)
    assert (None if found is None else found.alarm) is alarm


def test_the_stop_says_how_many_of_how_many():
    assert vanished(3, 0, 50, 0, GUARD) == Stop(Alarm.VANISHED, 3, 1, 50)
    assert vanished(21, 2, 50, 0, GUARD) == Stop(Alarm.RESTORED, 23, 0, 50)


# Numbers that tell orders apart


def test_a_second_order_of_a_number_gets_one_that_its_id_makes_unique():
    """Decision table 8.2: two documents, the second with a suffix that our own key makes unique."""
    plain = key_of("MS-", "1001", 30)
    apart = key_of("MS-", "1001", 30, "order 7")
    assert plain.original == "MS-1001"
    assert apart.original.startswith("MS-1001~")
    assert (apart.shop, apart.number) == ("MS-", "1001")
    assert apart.original == key_of("MS-", "1001", 30, "order 7").original
    assert apart.original != key_of("MS-", "1001", 30, "order 8").original
    assert apart.original != key_of("", "MS-1001", 30, "order 7").original


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "A-"]), st.text(max_size=40), st.text(min_size=1, max_size=8)),
        max_size=12,
        unique=True,
    )
)
def test_numbers_kept_apart_never_meet(orders):
    numbers = [key_of(mark, number, 30, ident).original for mark, number, ident in orders]
    numbers += list({key_of(mark, number, 30).original for mark, number, _ in orders})
    assert len(set(numbers)) == len(numbers)
    assert all(len(one) <= 30 for one in numbers)
