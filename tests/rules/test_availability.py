"""Decision tables 3.1 (quantity in one branch), 3.2 (hidden when out) and the stock half of 1.5."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.model.offer import Basis, Stock
from pomost.model.policy import StockPolicy
from pomost.model.product import OnHand, ProductKind
from pomost.model.reason import Finding, Reason, Weight
from pomost.model.sentences_of_runs import weight
from pomost.rules.availability import StockDecision, branch_stock, sales_quantity, visibility
from pomost.rules.offering import Verdict
from tests.rules.trade import (
    BRANCH,
    EXTRA,
    MAIN,
    OTHER,
    POLICY,
    SECOND,
    STOCKS,
    WITH_EXTRA,
    card,
    decided,
    known,
    listed,
    on_hand,
    part,
    quantities,
    reasons,
    standing,
    unit_fields,
)
from tests.rules.unit_matrix import rows

EIGHT = """
| # | Main on-hand/res. | Extra on-hand/res. | Mode | Unit | Sent |
|---|---|---|---|---|---|
| 1 | 20/0 | – | stan | PU×6 ×÷ | 3 |
| 2 | 20/5 | – | dost. | PU×6 ×÷ | 2 (15/6) |
| 3 | 20/5 | – | stan | PU×6 ×÷ | 3 |
| 4 | 4/0 | 4/0 | stan | PU×6 ×÷ | 1 |
| 5 | 3/8 | 10/0 | dost. | PCE | 5 |
| 6 | 3/8 | 2/0 | dost. | PCE | 0 (−3) |
| 7 | 7/2 | 3/0 | dost. | CT×24 = | 8 |
| 8 | 5/0 | – | stan | PU×6 ×÷ | 0 (5 pieces are not a pack) |
"""
BASIS = {"stan": Basis.STOCK, "dost.": Basis.AVAILABLE}


def in_branch(
    stock: Mapping[str, OnHand],
    policy: StockPolicy = STOCKS,
    multiplier: int = 1,
    *,
    recalculated: bool = False,
    hidden_by_us: bool = False,
    **facts: object,
) -> StockDecision:
    product = card(stock=stock, **facts)
    return branch_stock(product, WITH_EXTRA, policy, multiplier, recalculated=recalculated, hidden_by_us=hidden_by_us)


def quantity(decision: StockDecision) -> int:
    assert decision.stock is not None
    return decision.stock.quantity


@pytest.mark.parametrize("row", rows(EIGHT)[1], ids=lambda row: f"3.1 #{row[0]}")
def test_quantity_of_one_product_in_one_branch(row: list[str]) -> None:
    """Decision tables 3.1, the eight rows, by the rule and from the card to the offer."""
    _, main, extra, mode, unit, sent = row
    stock = {MAIN: on_hand(*main.split("/"))} | ({} if extra == "–" else {EXTRA: on_hand(*extra.split("/"))})
    pack, _, recalculated = unit.partition(" ")
    symbol, _, size = pack.partition("×")
    expected = int(sent.partition(" ")[0])
    policy = replace(STOCKS, basis=BASIS[mode])

    decision = in_branch(stock, policy, int(size or 1), recalculated=recalculated == "×÷")
    assert decision.stock is not None
    assert (decision.stock.quantity, decision.stock.basis) == (expected, BASIS[mode])
    assert decision.findings == ()

    own = unit_fields(symbol, size) if recalculated == "×÷" else {}
    product = card(stock=stock, own=own, base_unit={"CT": "Karton"}.get(symbol, "szt."))
    through = decided(product, listed("PCE×1", "PU×6", "CT×24"), replace(POLICY, stock=policy, branches=(WITH_EXTRA,)))
    assert quantities(through) == {"MAG": expected}


def test_warehouses_outside_the_branch_do_not_count() -> None:
    """Decision tables 3.1: W = main and extra warehouses; manual: "wybranych w zakładce Oddziały"."""
    stock = {MAIN: on_hand("2"), EXTRA: on_hand("3"), OTHER: on_hand("100")}
    assert quantity(in_branch(stock)) == 5
    without_extra = branch_stock(card(stock=stock), BRANCH, STOCKS, 1, recalculated=False, hidden_by_us=False)
    assert quantity(without_extra) == 2


def test_a_warehouse_the_card_was_never_in_counts_as_empty() -> None:
    """Decision tables 3.1: the sum runs over W whether or not the ERP keeps a row."""
    assert quantity(in_branch({})) == 0
    assert quantity(in_branch({EXTRA: on_hand("4")})) == 4


def test_a_main_warehouse_ticked_as_extra_too_is_counted_once() -> None:
    """Decision tables 3.1: W is a set."""
    twice = replace(BRANCH, extra_warehouses=(MAIN, EXTRA, EXTRA))
    stock = {MAIN: on_hand("5"), EXTRA: on_hand("1")}
    decision = branch_stock(card(stock=stock), twice, STOCKS, 1, recalculated=False, hidden_by_us=False)
    assert quantity(decision) == 6


def test_signed_values_are_added_before_the_clamp() -> None:
    """Decision tables 3.1: "-5 and +10 -> 5; never oversell"."""
    assert quantity(in_branch({MAIN: on_hand("-5"), EXTRA: on_hand("10")})) == 5


@pytest.mark.parametrize(
    ("main", "extra", "basis", "recalculated", "together", "apart"),
    [
        ("4", "4", Basis.AVAILABLE, True, 1, 0),
        ("13/2", "9/1", Basis.AVAILABLE, True, 3, 2),
        ("13/2", "9/1", Basis.STOCK, True, 3, 3),
        ("13/2", "9/1", Basis.AVAILABLE, False, 19, 19),
        ("13/2", "9/1", Basis.STOCK, False, 22, 22),
        ("1.5", "2.5", Basis.AVAILABLE, False, 4, 3),
        ("-7", "18", Basis.AVAILABLE, True, 1, 1),
        ("-7", "6", Basis.AVAILABLE, True, 0, 0),
        ("-0.5", "2", Basis.AVAILABLE, False, 1, 1),
    ],
)
def test_sum_first_or_floor_each_warehouse(
    main: str, extra: str, basis: Basis, recalculated: bool, together: int, apart: int
) -> None:
    """Decision tables 1.7 Q15: 4 + 4 pieces, pack 6 -> 1 pack; option floor_per_warehouse -> none."""
    stock = {MAIN: on_hand(*main.split("/")), EXTRA: on_hand(*extra.split("/"))}
    for per_warehouse, sent in ((False, together), (True, apart)):
        policy = replace(STOCKS, basis=basis, floor_per_warehouse=per_warehouse)
        assert quantity(in_branch(stock, policy, 6, recalculated=recalculated)) == sent


def test_a_fraction_is_put_together_across_warehouses_before_it_is_floored() -> None:
    """Decision tables 1.5: "add warehouses in base units (decimals allowed in the sum)"."""
    decision = in_branch({MAIN: on_hand("1.5"), EXTRA: on_hand("1.5")})
    assert quantity(decision) == 3
    assert decision.findings == ()


def test_a_fraction_is_floored_with_a_warning() -> None:
    """Decision tables 1.5: a fractional ERP stock is floored with warning STOCK_FRACTION."""
    decision = in_branch({MAIN: on_hand("2.75")})
    told = Finding.of(Reason.STOCK_FRACTION, quantity="2.75", branch="MAG")
    assert decision == StockDecision(Stock("MAG", 2, None, Basis.AVAILABLE), (told,))
    assert weight(told) is Weight.WARN


def test_strict_stock_refuses_a_fraction() -> None:
    """Decision tables 1.5: "`strict` option: skip the stock of that product"."""
    decision = in_branch({MAIN: on_hand("2.75")}, replace(STOCKS, strict_whole=True))
    told = Finding.of(Reason.STOCK_FRACTION_STRICT, quantity="2.75", branch="MAG")
    assert decision == StockDecision(None, (told,))


def test_strict_stock_takes_whole_numbers() -> None:
    """Manual, Stany: "musi być liczbą całkowitą" – 2.000 is one."""
    decision = in_branch({MAIN: on_hand("2.000")}, replace(STOCKS, strict_whole=True))
    assert quantity(decision) == 2
    assert decision.findings == ()


@pytest.mark.parametrize(
    "base,multiplier,recalculated,sent",
    [("20", 6, True, 3), ("5.999", 6, True, 0), ("6", 6, True, 1), ("-0.5", 1, False, 0), ("-7", 6, True, 0)],
)
def test_stock_is_clamped_divided_and_floored(base: str, multiplier: int, recalculated: bool, sent: int) -> None:
    """Decision tables 1.5 "Stock": 20 / 6 -> 3, remainder 2 pieces not offered."""
    assert sales_quantity(Decimal(base), multiplier, recalculated=recalculated) == sent


@pytest.mark.parametrize(
    "hide,sent,shown",
    [(True, 0, False), (True, 1, True), (False, 0, True), (False, 1, True)],
)
def test_what_buyers_see_after_our_own_hiding(hide: bool, sent: int, shown: bool) -> None:
    """Decision tables 3.2, first four rows; the product was hidden by us, so what is sent is what is seen."""
    assert visibility(sent, hide_when_out=hide, hidden_by_us=True) is shown


@pytest.mark.parametrize("hide,sent,told", [(True, 0, False), (True, 1, None), (False, 0, None), (False, 1, None)])
def test_a_product_hidden_by_hand_is_not_shown_again(hide: bool, sent: int, told: bool | None) -> None:
    """Decision tables 3.2: "send visible=true only if the last false was ours"."""
    assert visibility(sent, hide_when_out=hide, hidden_by_us=False) is told


def test_out_is_judged_on_the_quantity_sent() -> None:
    """Decision tables 3.2: "5 pieces of a 6-pack count as out"."""
    decision = in_branch({MAIN: on_hand("5")}, replace(STOCKS, hide_when_out=True), 6, recalculated=True)
    assert decision.stock is not None
    assert (decision.stock.quantity, decision.stock.visible) == (0, False)


@pytest.mark.parametrize("basis,visible", [(Basis.STOCK, None), (Basis.AVAILABLE, False)])
def test_out_is_judged_by_the_kind_of_stock_chosen(basis: Basis, visible: bool | None) -> None:
    """Manual, Stany: "brak stanu lub brak dostępności w zależności od wybranego typu stanu"."""
    policy = replace(STOCKS, basis=basis, hide_when_out=True)
    decision = in_branch({MAIN: on_hand("5", "5")}, policy)
    assert decision.stock is not None
    assert decision.stock.visible is visible


def test_a_product_is_hidden_only_in_the_branch_that_is_out() -> None:
    """Decision tables 3.2 "Other branches: unaffected"; manual: "tylko w tym Oddziale"."""
    policy = replace(POLICY, stock=replace(STOCKS, hide_when_out=True), branches=(BRANCH, SECOND))
    decision = decided(card(stock={MAIN: on_hand("0"), OTHER: on_hand("4")}), policy=policy)
    shown = {stock.branch: (stock.quantity, stock.visible) for stock in decision.stocks}
    assert shown == {"MAG": (0, False), "FIL": (4, None)}


def test_stock_back_shows_the_product_again_in_the_same_run() -> None:
    """Decision tables 3.2: "Stock back > 0 -> visible again in the same run"."""
    hidden = {"MAG": Stock("MAG", 0, visible=False, basis=Basis.AVAILABLE)}
    policy = replace(POLICY, stock=replace(STOCKS, hide_when_out=True))
    (stock,) = decided(card(), policy=policy, held=known(standing(), stocks=hidden)).stocks
    assert (stock.quantity, stock.visible) == (20, True)


def test_turning_hiding_off_shows_what_we_had_hidden() -> None:
    """Decision tables 3.2 row "no, yes, 0": visible, though it cannot be bought; we had hidden it ourselves."""
    hidden = {"MAG": Stock("MAG", 0, visible=False, basis=Basis.AVAILABLE)}
    (stock,) = decided(card(stock={}), held=known(standing(), stocks=hidden)).stocks
    assert (stock.quantity, stock.visible) == (0, True)


def test_a_product_skipped_for_an_error_goes_on_getting_its_stock() -> None:
    """Decision table 8.16: stock goes on; one that runs out is hidden like any other."""
    policy = replace(POLICY, stock=replace(STOCKS, hide_when_out=True))
    faulty = card(own=unit_fields("Paleta"), stock={MAIN: on_hand("0")})
    decision = decided(faulty, policy=policy, held=known(standing()))
    assert decision.verdict is Verdict.SKIPPED
    assert [(one.branch, one.quantity, one.visible) for one in decision.stocks] == [("MAG", 0, False)]


@pytest.mark.parametrize("base", ["karton", ""])
def test_stock_whose_unit_means_nothing_in_the_offer_stands_still(base: str) -> None:
    """Decision table 8.16: what the offer counts in pieces is not told in cartons, and the message says so."""
    decision = decided(card(own=unit_fields("Paleta"), base_unit=base), held=known(standing()))
    assert (decision.verdict, decision.stocks) == (Verdict.SKIPPED, ())
    assert Reason.STOCK_STANDS_STILL in reasons(decision.findings)


def test_another_cards_offer_gets_no_stock_of_a_faulty_one() -> None:
    """Decision table 8.16 is about the card the offer was made of."""
    decision = decided(card(own=unit_fields("Paleta")), held=replace(known(standing()), key=99))
    assert decision.stocks == ()


def test_stock_synchronisation_off_sends_no_stock() -> None:
    """Manual, Stany: the tab makes stock travel; switched off, the offer goes without it."""
    decision = decided(card(), policy=replace(POLICY, stock=replace(STOCKS, enabled=False)))
    assert decision.verdict is Verdict.OFFERED
    assert decision.stocks == ()


def a_set(*components: object) -> Mapping[str, object]:
    return {"kind": ProductKind.SET, "components": components, "stock": {MAIN: on_hand("99")}}


def test_a_set_is_as_many_as_its_scarcest_component_allows() -> None:
    """Decision tables part 7: min over components of floor(available / quantity); its own row is not stock."""
    bundle = a_set(
        part("PIWO", "4", {MAIN: on_hand("21", "2")}),
        part("KUFEL", "1", {MAIN: on_hand("6")}),
    )
    assert quantities(decided(card(**bundle))) == {"MAG": 4}


def test_a_set_is_counted_per_branch() -> None:
    """Decision tables part 7: "per branch" – parts lying in two branches are no set in either."""
    bundle = a_set(
        part("PIWO", "1", {MAIN: on_hand("5"), OTHER: on_hand("2")}),
        part("KUFEL", "1", {OTHER: on_hand("3")}),
    )
    decision = decided(card(**bundle), policy=replace(POLICY, branches=(BRANCH, SECOND)))
    assert quantities(decision) == {"MAG": 0, "FIL": 2}


def test_a_set_of_negative_stock_is_none() -> None:
    """Decision tables 3.1 clamp, for a set."""
    assert quantities(decided(card(**a_set(part("PIWO", "2", {MAIN: on_hand("-9")}))))) == {"MAG": 0}


def test_a_set_follows_the_kind_of_stock_chosen() -> None:
    """Decision tables 3.1 modes, for a set: on hand counts reservations in."""
    bundle = a_set(part("PIWO", "2", {MAIN: on_hand("10", "4")}))
    shelf = replace(POLICY, stock=replace(STOCKS, basis=Basis.STOCK))
    assert quantities(decided(card(**bundle))) == {"MAG": 3}
    assert quantities(decided(card(**bundle), policy=shelf)) == {"MAG": 5}


@pytest.mark.parametrize("components", [(), (part("PIWO", "0", {MAIN: on_hand("5")}),)], ids=["none", "quantity 0"])
def test_a_set_that_cannot_be_counted_shows_none(components: tuple[object, ...]) -> None:
    """Decision tables part 7 "a set has no stock of its own": without parts there is nothing to offer."""
    decision = decided(card(**a_set(*components)))
    assert quantities(decision) == {"MAG": 0}
    assert Reason.SET_INCOMPLETE in reasons(decision.findings)


def test_a_set_with_a_part_nobody_sells_any_more_shows_none() -> None:
    """Decision table 8.23: a part that is blocked or deleted is named, whatever lies in the warehouse of it."""
    gone = [replace(part(name, "1", {MAIN: on_hand("6")}), active=False) for name in ("KUFEL", "", "TACA")]
    bundle = a_set(part("PIWO", "1", {MAIN: on_hand("5")}), *gone)
    told = Finding.of(Reason.SET_INCOMPLETE, parts=" (KUFEL, #0, TACA)")
    assert in_branch(**bundle) == StockDecision(Stock("MAG", 0, None, Basis.AVAILABLE), (told,))
    assert quantities(decided(card(**bundle))) == {"MAG": 0}


def test_a_set_is_whole_sets_also_where_each_warehouse_is_floored() -> None:
    """Decision tables 1.7 Q15 is about packs: a set has no stock of its own to floor."""
    policy = replace(STOCKS, floor_per_warehouse=True)
    bundle = a_set(part("PIWO", "2", {MAIN: on_hand("3"), EXTRA: on_hand("4")}))
    assert in_branch(policy=policy, **bundle) == StockDecision(Stock("MAG", 3, None, Basis.AVAILABLE))
