"""What of a plan waits for a person: limits over everything that has one effect, and the sentences that say so."""

from decimal import Decimal

import pytest

from pomost.model.policy import GuardPolicy
from pomost.rules.guard import Alarm, Stop, Tally, effect_of, stops

POLICY = GuardPolicy()


def stopped(planned, recent=None, standing=100, policy=POLICY, assigned=0):
    found = stops(planned, recent or Tally(), standing, policy, assigned)
    return [(one.alarm, one.count, one.limit, one.standing) for one in found]


GOODS = [("withdrawn", Alarm.WITHDRAWN), ("hidden", Alarm.HIDDEN), ("zeroed", Alarm.ZEROED)]
PRICES = [("jumped", Alarm.PRICE_JUMP), ("cheaper", Alarm.CHEAPER)]


@pytest.mark.parametrize(("name", "alarm"), GOODS + PRICES)
def test_a_fifth_of_the_offer_may_pass(name, alarm):
    """Decision table 8.14: a fifth, at least twenty, within a day."""
    assert stopped(Tally(**{name: 20})) == []
    assert stopped(Tally(**{name: 21})) == [(alarm, 21, 20, 100)]
    assert stopped(Tally(**{name: 40}), standing=200) == []
    assert stopped(Tally(**{name: 41}), standing=200) == [(alarm, 41, 40, 200)]
    assert stopped(Tally(**{name: 20}), standing=30) == []
    assert stopped(Tally(**{name: 21}), standing=30) == [(alarm, 21, 20, 30)]
    recent, left = Tally(**{name: 10}), 90 if name == "withdrawn" else 100
    assert stopped(Tally(**{name: 10}), recent, left) == []
    assert stopped(Tally(**{name: 11}), recent, left) == [(alarm, 11, 10, left)]


@pytest.mark.parametrize(("name", "alarm"), [("unassigned", Alarm.UNASSIGNED), ("terms", Alarm.TERMS)])
def test_customers_are_counted_against_customers(name, alarm):
    assert stopped(Tally(**{name: 40}), standing=1, assigned=200) == []
    assert stopped(Tally(**{name: 41}), standing=10_000, assigned=200) == [(alarm, 41, 40, 200)]


def test_what_passed_before_leaves_less_room():
    assert stopped(Tally(zeroed=8), Tally(zeroed=13)) == [(Alarm.ZEROED, 8, 7, 100)]
    assert stopped(Tally(zeroed=7), Tally(zeroed=13)) == []
    assert stopped(Tally(zeroed=1), Tally(zeroed=25)) == [(Alarm.ZEROED, 1, 0, 100)]
    assert stopped(Tally(), Tally(zeroed=25)) == []


def test_what_was_taken_back_before_is_a_part_of_the_offer_still():
    """Otherwise the limit would shrink with every withdrawal of the day."""
    assert stopped(Tally(withdrawn=10), Tally(withdrawn=50), standing=250) == []
    assert stopped(Tally(withdrawn=11), Tally(withdrawn=50), standing=250) == [(Alarm.WITHDRAWN, 11, 10, 250)]
    assert stopped(Tally(terms=10), Tally(unassigned=50), assigned=250) == []
    assert stopped(Tally(terms=11), Tally(unassigned=50), assigned=250) == [(Alarm.TERMS, 11, 10, 250)]
    assert stopped(Tally(jumped=21), Tally(withdrawn=5)) == []


@pytest.mark.parametrize(("one", "_"), GOODS)
@pytest.mark.parametrize(("other", "__"), GOODS)
def test_goods_lost_in_different_ways_are_added_up(one, _, other, __):
    left = 90 if other == "withdrawn" else 100
    assert stopped(Tally(**{one: 10}), Tally(**{other: 10}), left) == []
    assert stopped(Tally(**{one: 11}), Tally(**{other: 10}), left) != []


def test_prices_and_customers_are_effects_of_their_own():
    assert stopped(Tally(withdrawn=20, jumped=20, unassigned=20), assigned=100) == []
    assert stopped(Tally(jumped=11), Tally(cheaper=10)) == [(Alarm.PRICE_JUMP, 11, 10, 100)]
    assert stopped(Tally(cheaper=11), Tally(withdrawn=20)) == []
    assert stopped(Tally(terms=11), Tally(unassigned=10), assigned=90) == [(Alarm.TERMS, 11, 10, 90)]


def test_the_most_numerous_waits_first_and_the_rest_goes_on_if_it_may():
    assert stopped(Tally(withdrawn=5, hidden=18)) == [(Alarm.HIDDEN, 18, 20, 100)]
    assert stopped(Tally(withdrawn=18, hidden=5, zeroed=4)) == [(Alarm.WITHDRAWN, 18, 20, 100)]
    assert stopped(Tally(withdrawn=30, zeroed=25)) == [(Alarm.WITHDRAWN, 30, 20, 100), (Alarm.ZEROED, 25, 20, 100)]
    # of equals what is taken back waits, then what is hidden: a stock that waits is sold though it is gone
    assert stopped(Tally(withdrawn=18, zeroed=18)) == [(Alarm.WITHDRAWN, 18, 20, 100)]
    assert stopped(Tally(hidden=18, zeroed=18)) == [(Alarm.HIDDEN, 18, 20, 100)]
    assert stopped(Tally(jumped=15, cheaper=15)) == [(Alarm.PRICE_JUMP, 15, 20, 100)]


def test_an_offer_that_would_be_emptied_waits_however_small():
    open_policy = GuardPolicy(share=Decimal(1), floor=1_000)
    assert stopped(Tally(withdrawn=3), standing=3, policy=open_policy) == [(Alarm.WITHDRAWN, 3, 0, 3)]
    assert stopped(Tally(withdrawn=1), standing=1, policy=open_policy) == [(Alarm.WITHDRAWN, 1, 0, 1)]
    assert stopped(Tally(hidden=1), standing=1, policy=open_policy) == [(Alarm.HIDDEN, 1, 0, 1)]
    assert stopped(Tally(zeroed=2), standing=2, policy=open_policy) == [(Alarm.ZEROED, 2, 0, 2)]
    assert stopped(Tally(zeroed=1), standing=1, policy=open_policy) == [], "a lone product selling out is trade"
    assert stopped(Tally(withdrawn=2), standing=3, policy=open_policy) == []
    assert stopped(Tally(unassigned=2), assigned=2, policy=open_policy) == [(Alarm.UNASSIGNED, 2, 0, 2)]
    assert stopped(Tally(unassigned=1), assigned=1, policy=open_policy) == [(Alarm.UNASSIGNED, 1, 0, 1)]
    for kind in ({"jumped": 3}, {"cheaper": 3}):
        assert stopped(Tally(**kind), standing=3, policy=open_policy) == []
    assert stopped(Tally(terms=2), assigned=2, policy=open_policy) == []
    assert stopped(Tally(terms=1, unassigned=1), assigned=2, policy=open_policy) == []


def test_an_offer_emptied_in_two_ways_keeps_one_of_them():
    open_policy = GuardPolicy(share=Decimal(1), floor=1_000)
    assert stopped(Tally(withdrawn=3, zeroed=2), standing=5, policy=open_policy) == [(Alarm.WITHDRAWN, 3, 0, 5)]
    assert stopped(Tally(withdrawn=2, hidden=3), standing=5, policy=open_policy) == [(Alarm.HIDDEN, 3, 0, 5)]
    assert stopped(Tally(withdrawn=2, hidden=2), standing=5, policy=open_policy) == []


def test_every_kind_waits_that_is_still_too_much_by_itself():
    lost = Tally(withdrawn=50, hidden=30, zeroed=25)
    assert [one[:2] for one in stopped(lost)] == [(Alarm.WITHDRAWN, 50), (Alarm.HIDDEN, 30), (Alarm.ZEROED, 25)]
    assert [one[1] for one in stopped(Tally(withdrawn=50, hidden=30, zeroed=20))] == [50, 30]
    open_policy = GuardPolicy(share=Decimal(1), floor=1_000)
    both = stopped(Tally(withdrawn=40, hidden=30), standing=30, policy=open_policy)
    assert both == [(Alarm.WITHDRAWN, 40, 0, 30), (Alarm.HIDDEN, 30, 0, 30)]


def test_terms_lost_are_no_customers_lost():
    assert stopped(Tally(terms=30, unassigned=2), assigned=2) == [(Alarm.TERMS, 30, 20, 2), (Alarm.UNASSIGNED, 2, 0, 2)]
    assert stopped(Tally(terms=30, unassigned=1), assigned=2) == [(Alarm.TERMS, 30, 20, 2)]


def test_without_customers_of_ours_there_are_none():
    (found,) = stops(Tally(unassigned=1), Tally(), 10, POLICY)
    assert (found.count, found.standing) == (1, 0)


def test_more_may_be_lost_than_stands():
    """What the shop may hold is counted with what it does."""
    open_policy = GuardPolicy(share=Decimal(1), floor=10_000)
    assert stopped(Tally(withdrawn=5), standing=3, policy=open_policy) == [(Alarm.WITHDRAWN, 5, 0, 3)]
    many = int("1000")
    assert stopped(Tally(withdrawn=int("1000")), standing=many, policy=open_policy) == [
        (Alarm.WITHDRAWN, 1000, 0, 1000)
    ]
    assert stopped(Tally(zeroed=1), standing=0) == []


def test_nothing_planned_nothing_waits():
    assert stopped(Tally(), standing=0) == []
    assert stops(Tally(withdrawn=1), Tally(), 0, GuardPolicy(share=Decimal(0), floor=0)) != ()


def test_no_share_is_the_floor_alone():
    none = GuardPolicy(share=Decimal(0), floor=0)
    assert stopped(Tally(jumped=1), policy=none) == [(Alarm.PRICE_JUMP, 1, 0, 100)]
    assert stopped(Tally(jumped=3), policy=GuardPolicy(share=Decimal(0), floor=3)) == []
    assert stopped(Tally(jumped=4), policy=GuardPolicy(share=Decimal("0.045"), floor=0)) == []
    assert stopped(Tally(jumped=5), policy=GuardPolicy(share=Decimal("0.045"), floor=0)) == [
        (Alarm.PRICE_JUMP, 5, 4, 100)
    ]


# --- sentences


def test_a_stop_is_kept_as_facts():
    one = Stop(Alarm.CHEAPER, 5, 3, 12)
    assert one.as_facts() == {"alarm": "cheaper", "count": 5, "limit": 3, "standing": 12}
    assert Stop.of(one.as_facts()) == one


SAID = {
    Alarm.WITHDRAWN: (
        "wycofanie 7 z 90 towarów; bez zatwierdzenia najwyżej 3",
        "7 of 90 products withdrawn; at most 3 without approval",
    ),
    Alarm.HIDDEN: (
        "zniknięcie ze sprzedaży 7 z 90 towarów (grupa, cena, poziom cen albo widoczność); bez zatwierdzenia najwyżej 3",
        "7 of 90 products vanishing from sale (their group, price, price level or visibility); at most 3 without approval",
    ),
    Alarm.ZEROED: (
        "wyzerowanie stanu 7 z 90 towarów; bez zatwierdzenia najwyżej 3",
        "7 of 90 products going to nought; at most 3 without approval",
    ),
    Alarm.PRICE_JUMP: (
        "zmiana ceny ponad dopuszczalny skok dla 7 z 90 towarów; bez zatwierdzenia najwyżej 3",
        "7 of 90 prices moving beyond the allowed jump; at most 3 without approval",
    ),
    Alarm.CHEAPER: (
        "spadek ceny ponad dopuszczalny skok dla 7 z 90 towarów (rabaty, warunki kontrahentów); bez zatwierdzenia najwyżej 3",
        "7 of 90 products getting cheaper beyond the allowed jump (discounts, customers' terms); at most 3 without approval",
    ),
    Alarm.UNASSIGNED: (
        "cofnięcie przypisania 7 z 90 kontrahentów; bez zatwierdzenia najwyżej 3",
        "7 of 90 customers losing their assignment; at most 3 without approval",
    ),
    Alarm.TERMS: (
        "utrata warunków (rodzaj ceny, rabat) przez 7 z 90 kontrahentów; bez zatwierdzenia najwyżej 3",
        "7 of 90 customers losing their terms (price type, discount); at most 3 without approval",
    ),
    Alarm.EMPTIED: (
        "wycofanie wszystkich pozycji obszaru, który w ERP jest pusty (7 z 90); bez zatwierdzenia najwyżej 3",
        "everything of an area the ERP has nothing of any more withdrawn (7 of 90); at most 3 without approval",
    ),
    Alarm.SWEPT: (
        "wycofanie 7 pozycji sklepu, których nie ma w ERP; bez zatwierdzenia najwyżej 3",
        "7 of the shop's items withdrawn that the ERP does not have; at most 3 without approval",
    ),
    Alarm.VANISHED: (
        "status „usunięty” dla 7 z 90 zamówień, których dokumenty zniknęły z ERP naraz; bez zatwierdzenia najwyżej 3",
        "“deleted” told of 7 of 90 orders whose documents vanished from the ERP together; at most 3 without approval",
    ),
    Alarm.RESTORED: (
        "cały plan (7), bo baza ERP wygląda na przywróconą z kopii (w sklepie stoi 90); bez zatwierdzenia najwyżej 3",
        "the whole plan (7), for the ERP's database looks restored from a copy (90 stand in the shop); at most 3 without approval",
    ),
}


@pytest.mark.parametrize("alarm", list(Alarm))
def test_every_stop_says_what_is_lost_in_both_languages(alarm):
    why = Stop(alarm, 7, 3, 90).why
    assert (why.pl, why.en) == SAID[alarm]


def test_effects_are_counted_under_names_of_their_own():
    assert effect_of(Alarm.HIDDEN) == "effect.hidden"


def test_alarms_are_stored_by_these_names():
    """Runs of earlier days name them; another name would be no alarm at all."""
    assert {str(alarm) for alarm in Alarm} == {
        "withdrawn", "hidden", "zeroed", "price jump", "cheaper", "unassigned", "terms", "emptied", "swept",
        "vanished", "restored",
    }  # fmt: skip
