"""Which stock travels: what differs in quantity, in kind or in sight, and what somebody else has hidden."""

from dataclasses import replace

import pytest

from pomost.model.change import FieldChange, Part, SetStock, Target, Withdraw, fields_of, touched
from pomost.model.known import Known, after, doubts, hiding
from pomost.model.offer import Basis, Stock
from pomost.rules.availability import hides_first
from pomost.rules.diff import Scope, stock_differences
from tests.rules.trade import GOODS, POLICY, STOCKS, card, decided, known, standing, unit_fields

TARGET = Target(7, "S7", "p7")
STOCK_ALONE = Scope(frozenset({Part.STOCK}))


def row(quantity: int = 5, visible: bool | None = None, basis: Basis = Basis.AVAILABLE) -> Stock:
    return Stock("MAG", quantity, visible, basis)


def held(stock: Stock | None, *marks: str) -> Known:
    stocks = {} if stock is None else {stock.branch: stock}
    return known(standing(), stocks=stocks, doubtful=frozenset(marks))


def differing(before: Stock | None, now: Stock, *marks: str) -> list[SetStock]:
    found = stock_differences(TARGET, (now,), held(before, *marks), STOCK_ALONE, ())
    return [one for one in found if isinstance(one, SetStock)]


def test_a_row_of_equal_quantity_follows_a_changed_kind_of_stock() -> None:
    """Decision table 8.19: the shop's `basis` is the channel's, also where the quantities happen to be equal."""
    (change,) = differing(row(basis=Basis.STOCK), row(basis=Basis.AVAILABLE))
    assert (change.before, change.after) == (row(basis=Basis.STOCK), row(basis=Basis.AVAILABLE))
    assert list(fields_of(change)) == [FieldChange("basis@MAG", "stock", "available")]
    assert touched(change) == {"basis"}


@pytest.mark.parametrize(
    ("before", "now", "travels"),
    [
        (None, row(), True),
        (row(), row(), False),
        (row(4), row(), True),
        (row(), row(visible=False), True),
        (row(visible=False), row(visible=False), False),
        (row(visible=False), row(visible=True), True),
        (row(visible=False), row(), False),
    ],
)
def test_only_what_differs_travels(before: Stock | None, now: Stock, travels: bool) -> None:
    assert bool(differing(before, now)) is travels


def test_a_doubt_travels_whatever_its_content() -> None:
    assert differing(row(), row(), "stock:MAG")
    assert not differing(row(), row(), "stock:KRA")


def test_a_withdrawal_leaves_noughts_of_the_channels_kind() -> None:
    """Decision table 8.19; a withdrawal of an earlier program says nothing of it."""
    before = held(row(basis=Basis.STOCK))
    gone = Withdraw(TARGET, None, ("MAG",), basis=Basis.AVAILABLE)
    assert after(before, gone).stocks == {"MAG": row(0, basis=Basis.AVAILABLE)}
    assert after(before, replace(gone, basis=None)).stocks == {"MAG": row(0, basis=Basis.STOCK)}


# Hidden by hand


@pytest.mark.parametrize(
    ("wanted", "before", "marks", "first"),
    [
        (False, None, (), True),
        (False, None, ("stock:MAG",), True),
        (False, True, (), True),
        (False, False, (), False),
        (False, None, ("hide:MAG",), False),
        (False, None, ("hide:KRA",), True),
        (True, None, (), False),
        (None, None, (), False),
    ],
)
def test_what_we_have_not_hidden_before_is_hidden_for_the_first_time(
    wanted: bool | None, before: bool | None, marks: tuple[str, ...], first: bool
) -> None:
    """Decision table 8.21: before our first `false` the shop is looked at."""
    assert hides_first(row(0, wanted), held(row(0, before), *marks)) is first


def test_an_offer_nobody_knows_yet_is_looked_at_too() -> None:
    assert hides_first(row(0, visible=False), None)
    assert not hides_first(row(0), None)


def test_hiding_that_was_not_answered_is_ours_until_a_stock_is_confirmed() -> None:
    """Decision table 8.21, its other side: what we may have hidden is ours to show again."""
    hide = SetStock(TARGET, None, row(0, visible=False))
    assert (doubts(hide), hiding(hide)) == ({"stock:MAG"}, {"hide:MAG"})
    assert hiding(SetStock(TARGET, None, row(0))) == hiding(Withdraw(TARGET, None, ("MAG",))) == frozenset()
    unsure = held(row(4), "stock:MAG", "hide:MAG")
    assert unsure.hides("MAG")
    policy = replace(POLICY, stock=replace(STOCKS, hide_when_out=True))
    (shown,) = decided(card(), policy=policy, held=unsure).stocks
    assert shown.visible is True
    sure = after(unsure, SetStock(TARGET, None, shown))
    assert (sure.hides("MAG"), sure.doubtful) == (False, frozenset())
    assert after(unsure, hide).hides("MAG")


@pytest.mark.parametrize(
    ("hide_when_out", "before", "sent"),
    [(True, None, False), (True, False, False), (False, None, None), (False, False, True)],
)
def test_where_a_unit_error_empties_the_stock_it_is_out_of_sight_too(
    hide_when_out: bool, before: bool | None, sent: bool | None
) -> None:
    """Decision tables 3.2 hold for every nought: what cannot be bought is not shown where hiding is on."""
    goods = replace(GOODS, zero_stock_on_unit_error=True)
    policy = replace(POLICY, goods=goods, stock=replace(STOCKS, hide_when_out=hide_when_out))
    decision = decided(card(own=unit_fields("Paleta", "60")), policy=policy, held=held(row(visible=before)))
    assert [(one.quantity, one.visible) for one in decision.stocks] == [(0, sent)]
