"""What an order comes to against what its document does, by VAT rate (decision table 8.7)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.model.offer import PriceKind
from pomost.model.order_policy import OrderPolicy, VatDiffers
from pomost.model.reason import Finding, Reason
from pomost.model.totals import DocumentTotals, Totals
from pomost.rules.order_totals import differences
from pomost.rules.ordering import held_against
from tests.rules.orders import PIECE, POLICY, decide, facts, line, line_card, order, reasons

WAITING = replace(POLICY, orders=OrderPolicy(enabled=True, status="new", vat_differs=VatDiffers.WAIT))
NET, GROSS = PriceKind


def D(text):  # noqa: N802  (short for a table)
    return Decimal(text)


def totals(net, tax):
    return Totals(D(net), D(tax), D(net) + D(tax))


def told(decision):
    """Rate or side with what the order and the document come to."""
    found = [dict(one.facts) for one in decision.findings]
    return {one.get("vat") or one["side"]: (one["order"], one.get("erp") or one["lines"]) for one in found}


CHANGED = {
    "another rate": ("23", "8", {"23": ("10.00", "2.30"), "8": ("10.00", "0.80")}),
    "taxed meanwhile": ("zw", "23", {"zw": ("10.00", "0.00"), "23": ("10.00", "2.30")}),
    "exempt meanwhile": ("23", "zw", {"23": ("10.00", "2.30"), "zw": ("10.00", "0.00")}),
    "outside VAT meanwhile": ("8", "np", {"8": ("10.00", "0.80"), "np": ("10.00", "0.00")}),
    "reverse charge meanwhile": ("5", "oo", {"5": ("10.00", "0.50"), "oo": ("10.00", "0.00")}),
    "exempt is not the rate 0": ("zw", "0", {"zw": ("10.00", "0.00"), "0": ("10.00", "0.00")}),
}


@pytest.mark.parametrize("name", CHANGED)
def test_the_cards_own_rate_is_looked_at_before_anything_is_registered(name):
    """Decision table 8.7: the ERP reckons by its card, and whoever ordered at another rate hears of both."""
    ordered, card, wanted = CHANGED[name]
    known = facts(line_card(1, vat=card), vat_rates={"23", "8", "5", "0", "zw", "np", "oo"})
    decision = decide(order(line(1, 1, "10.00", PIECE, vat=ordered)), known)
    assert decision.draft is not None
    assert set(reasons(decision)) == {"ORDER_VAT_DIFFERS"}
    nought = "0.00 + 0.00 = 0.00"
    expected = {rate: str(totals(*sums)) for rate, sums in wanted.items()}
    assert told(decision) == {
        rate: (expected[rate], nought) if rate == ordered else (nought, expected[rate]) for rate in wanted
    }


@pytest.mark.parametrize("name", CHANGED)
def test_with_the_setting_wait_nothing_is_registered(name):
    """Decision table 8.7: `orders.vat_differs` = wait, and the order waits before anything is saved."""
    ordered, card, _ = CHANGED[name]
    known = facts(line_card(1, vat=card), vat_rates={"23", "8", "5", "0", "zw", "np", "oo"})
    decision = decide(order(line(1, 1, "10.00", PIECE, vat=ordered)), known, WAITING)
    assert decision.draft is None
    assert set(reasons(decision)) == {"ORDER_VAT_DIFFERS"}


def test_a_gross_order_keeps_its_gross_and_is_told_of_its_vat():
    """Decision table 8.7, counted from gross: what the buyer pays is the same, what the state gets is not."""
    ordered = order(line(1, 3, "12.30", PIECE, kind=GROSS))
    decision = decide(ordered, facts(line_card(1, vat="8")))
    assert decision.draft.counts_from is GROSS
    assert told(decision) == {
        "23": ("30.00 + 6.90 = 36.90", "0.00 + 0.00 = 0.00"),
        "8": ("0.00 + 0.00 = 0.00", "34.17 + 2.73 = 36.90"),
    }


@pytest.mark.parametrize("vat", ["23", "23%", " 23 ", None])
def test_a_rate_is_the_same_however_it_is_spelt(vat):
    """Decision table 8.7: `23%` is 23; of a card without a rate nothing is foreseen."""
    assert decide(order(line(1, 3, "10.00", PIECE)), facts(line_card(1, vat=vat))).findings == ()


def test_rates_of_one_order_are_kept_apart():
    ordered = order(line(1, 1, "10.00", PIECE), line(2, 1, "10.00", PIECE, vat="8"))
    assert decide(ordered, facts(line_card(1), line_card(2, vat="8"))).findings == ()
    swapped = decide(ordered, facts(line_card(1, vat="8"), line_card(2)))
    assert swapped.findings == (), "at either rate the document comes to the same"
    assert decide(ordered, facts(line_card(1), line_card(2, vat="5"))).findings != ()


def test_a_grosz_of_rounding_is_nothing_and_the_tolerance_is():
    """Decision table 8.7: beyond the tolerance, not at it; on the whole as at a rate."""
    decision = decide(order(line(1, 1, "10.00", PIECE)))
    near = DocumentTotals(totals("10.00", "2.35"), {"23": totals("10.00", "2.35")})
    far = DocumentTotals(totals("10.00", "2.36"), {"23": totals("10.00", "2.36")})
    settings = POLICY.orders
    assert held_against(decision, near, settings).findings == ()
    assert told(held_against(decision, far, settings)) == {"23": ("10.00 + 2.30 = 12.30", "10.00 + 2.36 = 12.36")}


def test_what_the_erp_says_takes_the_place_of_what_was_foreseen():
    """Decision table 8.7: the card was changed back before the document was saved."""
    foreseen = decide(order(line(1, 1, "10.00", PIECE)), facts(line_card(1, vat="8")))
    assert reasons(foreseen) == ["ORDER_VAT_DIFFERS", "ORDER_VAT_DIFFERS"]
    same = DocumentTotals(totals("10.00", "2.30"), {"23": totals("10.00", "2.30")})
    assert held_against(foreseen, same, POLICY.orders).findings == ()
    other = DocumentTotals(totals("10.00", "0.50"), {"5": totals("10.00", "0.50")})
    assert told(held_against(foreseen, other, POLICY.orders)).keys() == {"23", "5"}


def test_an_erp_that_tells_the_whole_alone_is_held_to_the_whole():
    """Decision table 8.7: at least the whole is compared; what is foreseen of rates says more, and stays."""
    sound = decide(order(line(1, 1, "10.00", PIECE)))
    whole = held_against(sound, DocumentTotals(totals("10.00", "0.80")), POLICY.orders)
    assert reasons(whole) == ["ORDER_TOTALS_DIFFER", "ORDER_TOTALS_DIFFER"]
    assert told(whole) == {"VAT": ("2.30", "0.80"), "brutto / gross": ("12.30", "10.80")}
    foreseen = decide(order(line(1, 1, "10.00", PIECE)), facts(line_card(1, vat="8")))
    again = held_against(foreseen, DocumentTotals(totals("10.00", "0.80")), POLICY.orders)
    assert again.findings == foreseen.findings


def test_a_dry_run_that_differs_makes_the_order_wait_where_it_is_to():
    """Decision table 8.7: also what only the ERP itself could tell."""
    sound = decide(order(line(1, 1, "10.00", PIECE)), policy=WAITING)
    assert sound.draft is not None
    seen = held_against(sound, DocumentTotals(totals("10.00", "0.80"), {"8": totals("10.00", "0.80")}), WAITING.orders)
    assert seen.draft is None
    assert set(reasons(seen)) == {"ORDER_VAT_DIFFERS"}


def test_deposits_are_on_the_document_and_outside_vat():
    """Decision table 8.7 and 8.11: the deposit's line counts at its own rate, whether or not the shop's totals do."""
    known = facts(line_card(1), deposit=line_card(8, symbol="KAUCJA", vat="np"))
    decision = decide(order(line(1, 1, "10.00", PIECE, deposit=D("0.50"))), known)
    assert decision.findings == ()
    assert str(decision.ordered.rates["np"]) == "0.50 + 0.00 = 0.50"
    assert str(decision.ordered.whole) == "10.50 + 2.30 = 12.80"


def test_the_order_of_waiting_reasons_and_notes():
    decision = decide(order(line(1, 1, "10.00", PIECE), remarks="→"), facts(line_card(1, vat="8")), WAITING)
    assert decision.draft is None
    assert reasons(decision)[0] == "ORDER_VAT_DIFFERS"


@pytest.mark.parametrize(
    "made,told",
    [
        (Totals(D("10.06"), D("2.30"), D("12.30")), "10.06 + 2.30 = 12.30"),
        (Totals(D("10.00"), D("2.36"), D("12.30")), "10.00 + 2.36 = 12.30"),
        (Totals(D("10.00"), D("2.30"), D("12.36")), "10.00 + 2.30 = 12.36"),
    ],
)
def test_any_one_side_of_a_rate_may_differ(made: Totals, told: str) -> None:
    """Decision table 8.7: net, VAT and gross are each held to the tolerance; the ERP's sums need not add up."""
    wanted = DocumentTotals.of([("23", totals("10.00", "2.30"))])
    assert list(differences(wanted, DocumentTotals.of([("23", made)]), D("0.05"))) == [
        Finding.of(Reason.ORDER_VAT_DIFFERS, vat="23", order="10.00 + 2.30 = 12.30", erp=told)
    ]
