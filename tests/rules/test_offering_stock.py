"""Decision table 8.16: stock of an offer that stands, in that offer's unit, or the reason it stands still."""

from dataclasses import replace

import pytest

from pomost.model.offer import Basis, Stock
from pomost.model.policy import PackBase, Policy
from pomost.model.product import Product
from pomost.model.reason import Finding, Reason
from pomost.rules.offering import stock_for
from tests.rules.trade import BRANCH, GOODS, MAIN, OTHER, POLICY, SECOND, STOCKS, UNITS, card, known, on_hand, standing

RECALCULATE = replace(POLICY, goods=replace(GOODS, pack_base=PackBase.RECALCULATE))
ERROR = replace(POLICY, goods=replace(GOODS, pack_base=PackBase.ERROR))
TRANSLATED = replace(POLICY, goods=replace(GOODS, unit_dictionary={"opak. zb.": "PU"}))


def still(unit: str, base: str) -> Finding:
    return Finding.of(Reason.STOCK_STANDS_STILL, unit=unit, base=base)


def conflict(base: str) -> Finding:
    return Finding.of(Reason.UNIT_BASE_CONFLICT, base=base, unit="PU")


@pytest.mark.parametrize(
    ("base", "unit", "recalculated", "policy", "told"),
    [
        ("szt.", "PU×6", True, POLICY, 3),
        ("szt.", "PU×6", False, POLICY, still("PU x 6", "szt.")),
        ("szt.", "PCE×1", False, POLICY, 20),
        ("szt.", "PCE×1", True, POLICY, 20),
        ("szt.", "PU×1", True, POLICY, 20),
        ("Zgrzewka", "PU×6", False, POLICY, 20),
        ("Zgrzewka", "PU×6", True, POLICY, still("PU x 6", "Zgrzewka")),
        ("Zgrzewka", "PU×6", True, RECALCULATE, 3),
        ("Zgrzewka", "PU×6", False, RECALCULATE, 20),
        ("Zgrzewka", "PU×6", False, ERROR, 20),
        ("Zgrzewka", "PU×6", True, ERROR, still("PU x 6", "Zgrzewka")),
        ("Karton", "PU×6", True, POLICY, still("PU x 6", "Karton")),
        ("Karton", "PU×6", False, POLICY, still("PU x 6", "Karton")),
        ("Karton", "PCE×1", False, POLICY, still("PCE x 1", "Karton")),
        ("opak. zb.", "PU×6", False, TRANSLATED, 20),
        ("opak. zb.", "PU×6", True, TRANSLATED, still("PU x 6", "opak. zb.")),
        ("opak. zb.", "PU×6", True, POLICY, 3),
        ("", "PCE×1", False, POLICY, still("PCE x 1", "")),
    ],
)
def test_stock_of_our_own_offer_goes_in_the_way_the_offer_was_made_or_stands_still(
    base: str, unit: str, recalculated: bool, policy: Policy, told: int | Finding
) -> None:
    """Decision table 8.16: pieces must not be told as packs; the offer says whether stock is recalculated."""
    held = known(standing(unit, recalculated=recalculated))
    expected = ((_available(told),), ()) if isinstance(told, int) else ((), (told,))
    assert stock_for(card(base_unit=base), policy, held, UNITS) == expected


@pytest.mark.parametrize("recalculated", [False, True])
@pytest.mark.parametrize(
    ("base", "unit", "policy", "told"),
    [
        ("szt.", "PU×6", POLICY, 3),
        ("szt.", "PCE×1", POLICY, 20),
        ("Zgrzewka", "PU×6", POLICY, 20),
        ("Zgrzewka", "PU×6", RECALCULATE, 3),
        ("Zgrzewka", "PU×6", ERROR, conflict("Zgrzewka")),
        ("Karton", "PU×6", POLICY, conflict("Karton")),
        ("opak. zb.", "PU×6", TRANSLATED, 20),
        ("", "PU×6", POLICY, Finding.of(Reason.UNIT_BASE_MISSING)),
    ],
)
def test_stock_of_somebody_elses_offer_goes_as_the_card_says(
    base: str, unit: str, policy: Policy, told: int | Finding, recalculated: bool
) -> None:
    """Decision table 8.16: nobody here knows whether the stock of such an offer was recalculated."""
    held = known(standing(unit, recalculated=recalculated), owned=False)
    expected = ((_available(told),), ()) if isinstance(told, int) else ((), (told,))
    assert stock_for(card(base_unit=base), policy, held, UNITS) == expected


@pytest.mark.parametrize("owned", [False, True])
@pytest.mark.parametrize("base", ["szt.", "Karton"])
def test_nothing_is_told_of_terms_nobody_knows_or_where_stock_is_off(base: str, owned: bool) -> None:
    """Decision tables part 7 "Stany off"; an offer whose terms are not known has no unit to count in."""
    off = replace(POLICY, stock=replace(STOCKS, enabled=False))
    assert stock_for(card(base_unit=base), POLICY, known(None, owned=owned), UNITS) == ((), ())
    assert stock_for(card(base_unit=base), off, known(standing(), owned=owned), UNITS) == ((), ())


def test_every_branch_is_told_and_shown_again_where_we_hid_it() -> None:
    """Decision tables 3.1 and 3.2, for an offer that stands."""
    policy = replace(POLICY, stock=replace(STOCKS, hide_when_out=True), branches=(BRANCH, SECOND))
    hidden = {"MAG": Stock("MAG", 0, False, Basis.AVAILABLE)}
    product = card(stock={MAIN: on_hand("20.5", "2"), OTHER: on_hand("0.25")})
    assert stock_for(product, policy, known(standing(), stocks=hidden), UNITS) == (
        (Stock("MAG", 18, True, Basis.AVAILABLE), Stock("FIL", 0, False, Basis.AVAILABLE)),
        (
            Finding.of(Reason.STOCK_FRACTION, quantity="18.5", branch="MAG"),
            Finding.of(Reason.STOCK_FRACTION, quantity="0.25", branch="FIL"),
        ),
    )


@pytest.mark.parametrize("owned", [False, True])
def test_what_is_typed_on_the_card_today_does_not_matter(owned: bool) -> None:
    """Decision tables part 7 "goods off, stocks on": in the standing offer's unit."""
    typed: Product = card(own={"field:1": "Karton", "field:2": "24"})
    held = known(standing("PU×6", recalculated=True), owned=owned)
    assert stock_for(typed, POLICY, held, UNITS) == ((_available(3),), ())


def _available(quantity: int) -> Stock:
    return Stock("MAG", quantity, None, Basis.AVAILABLE)
