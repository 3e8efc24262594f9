"""Stock of M/store: the noughts of a withdrawal (decision table 8.19), and what somebody hid by hand (8.21)."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from pomost.conformance.shelves import publication, stocked
from pomost.model.change import SetStock, Withdraw
from pomost.model.offer import Basis, Stock
from pomost.model.outcome import Done, Failed
from pomost.model.reason import Reason
from pomost.ports.shop import Visit
from tests.connectors.between import Between
from tests.connectors.mstore_shop import served
from tests.worlds import ean

STOCKS, OFFERS = "/v1/stocks:batch", "/v1/offers:batch"


@pytest.fixture
def mstore():
    with served(max_batch=25) as shop:
        yield shop


def products(mstore, count):
    return [mstore.shop.add_product(ean(number), f"Towar {number}").id for number in range(1, count + 1)]


def send(shop, *changes):
    return list(shop.send(changes, str(uuid.uuid4())))


def offered(mstore, count=1):
    """So many products on offer, with five pieces in each branch, and their publications."""
    offers = [publication(one, number) for number, one in enumerate(products(mstore, count), 1)]
    stocks = [stocked(one.target.product_id, branch, 5) for one in offers for branch in ("MAG", "FIL")]
    assert {type(one) for one in send(mstore.connect(), *offers, *stocks)} == {Done}
    return offers


def withdrawal(first, **facts):
    return Withdraw(first.target, first.offer, ("MAG", "FIL"), **facts)


class Keeping(Between):
    """Withdraws, and leaves the stock as it stands: the contract lets nobody rely on it."""

    def answer(self, request, items):
        kept = {branch: dict(rows.records) for branch, rows in self.shop.stocks.items()}
        answer = self.forward(request)
        if request.url.path == OFFERS and any(item.get("status") == "withdrawn" for item in items):
            for branch, rows in kept.items():
                for product_id, row in rows.items():
                    self.shop.stocks[branch].put(product_id, row, row.updated_at)
        return answer


def test_noughts_are_sent_before_the_withdrawal_and_empty_every_branch(mstore):
    """A shop that only withdraws still has no stock left: the noughts did it, and they were there first."""
    (first,) = offered(mstore)
    shop = mstore.connect()
    between = Keeping(mstore.shop, shop)
    assert [type(one) for one in send(shop, withdrawal(first))] == [Done]
    written = [(path, [item.get("quantity") for item in items]) for _, path, items in between.asked if items]
    assert written == [(STOCKS, [0, 0]), (OFFERS, [None])]
    (item,) = mstore.connect().shelf()
    assert (item.active, [stock.quantity for stock in item.stocks]) == (False, [0, 0])


def test_noughts_carry_the_moment_of_reading_and_the_channels_kind_of_stock(mstore):
    """Decision table 8.19: `as_of` by the shop's clock, and `basis`."""
    (first,) = offered(mstore)
    mstore.shop.advance_clock(3600)
    shop, read_at = mstore.connect(), datetime.now(UTC)
    between = Between(mstore.shop, shop)
    send(shop, withdrawal(first, basis=Basis.AVAILABLE, as_of=read_at))
    noughts = between.batches(STOCKS)[0]
    assert {item["basis"] for item in noughts} == {"available"}
    assert all("visible" not in item for item in noughts), "withdrawn hides by itself (contract 17)"
    moments = [datetime.fromisoformat(item["as_of"]) for item in noughts]
    assert all(abs(one - read_at - timedelta(hours=1)) < timedelta(seconds=5) for one in moments)


def test_noughts_the_shop_refuses_are_a_failure_of_the_withdrawal(mstore):
    """Decision table 8.19: a later reading of somebody else stands, so this one is told and tried again."""
    first, other = offered(mstore, 2)
    later = replace(stocked(first.target.product_id, "MAG", 7), as_of=datetime.now(UTC))
    send(mstore.connect(), later)
    old = datetime.now(UTC) - timedelta(hours=1)
    outcomes = send(mstore.connect(), withdrawal(first, as_of=old), withdrawal(other, as_of=datetime.now(UTC)))
    assert [type(one) for one in outcomes] == [Failed, Done]
    assert (outcomes[0].reason.reason, outcomes[0].retry) == (Reason.OUTDATED, True)
    shelf = {item.product_id: item for item in mstore.connect().shelf()}
    shown = shelf[first.target.product_id]
    assert (shown.active, {stock.branch: stock.quantity for stock in shown.stocks}["MAG"]) == (True, 7)
    assert not shelf[other.target.product_id].active


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"status": 422, "problem": {"code": "validation-failed", "detail": "no"}}, Reason.SHOP_REFUSED),
        ({"status": 503, "problem": {"code": "maintenance"}}, Reason.SHOP_LATER),
        ({"status": 403, "problem": {"code": "forbidden-scope"}}, Reason.SHOP_FORBIDDEN),
        (None, Reason.SHOP_SILENT),
    ],
)
def test_whatever_keeps_a_nought_out_is_told_by_the_withdrawal(mstore, row, reason):
    first, other = offered(mstore, 2)

    class Refusing(Between):
        def answer(self, request, items):
            answer = self.forward(request)
            if request.url.path != STOCKS:
                return answer
            rows = answer.json()["results"]
            place = next(n for n, item in enumerate(items) if item["product_id"] == first.target.product_id)
            kept = [one for one in rows if one["index"] != place] + ([{**row, "index": place}] if row else [])
            return httpx2.Response(200, json={"results": kept})

    shop = mstore.connect()
    between = Refusing(mstore.shop, shop)
    refused, done = send(shop, withdrawal(first), withdrawal(other))
    assert (refused.reason.reason, type(done)) == (reason, Done)
    assert [item["product_id"] for item in between.batches(OFFERS)[0]] == [other.target.product_id]


def test_a_product_that_is_gone_has_nothing_to_empty(mstore):
    """What the shop has not need not be zeroed: such a withdrawal is done."""
    (first,) = offered(mstore)
    mstore.shop.remove_product(first.target.product_id)
    assert [type(one) for one in send(mstore.connect(), withdrawal(first))] == [Done]


def visiting(shop):
    return shop.visit(Visit(lambda: None))


def hide(product_id, branch="MAG"):
    return SetStock(publication(product_id, 1).target, None, Stock(branch, 0, False, Basis.STOCK))


def place(mstore, branch="mag"):
    return mstore.connect()._branches.ids()[branch]


def test_the_shop_tells_what_a_branch_hides_once_a_visit(mstore):
    first, second = (one.target.product_id for one in offered(mstore, 2))
    mstore.shop.hide_in_panel(place(mstore), second)
    shop = mstore.connect()
    between = Between(mstore.shop, shop)
    with visiting(shop):
        assert shop.hidden("MAG") == {second} == shop.hidden("mag")
        assert shop.hidden("FIL") == set()
        assert shop.hidden("no such branch") == set()
        assert sum("stocks" in path for path in between.reads()) == 2
    mstore.shop.hide_in_panel(place(mstore), first)
    assert shop.hidden("MAG") == {first, second}, "outside of a visit it is asked anew"


def test_what_was_read_in_a_visit_is_given_up_at_its_end(mstore):
    (first,) = (one.target.product_id for one in offered(mstore))
    shop = mstore.connect()
    with visiting(shop):
        assert {one.id for one in shop.branches()} == {"MAG", "FIL"}
    mstore.shop.add_branch("SOP", "Sopot")
    assert [type(one) for one in send(shop, stocked(first, "SOP", 5))] == [Done]


def test_what_a_person_hides_between_our_look_and_our_writing_stays_theirs(mstore):
    """Decision table 8.21: the look and the writing are one by the version that was looked at."""
    first, second = (one.target.product_id for one in offered(mstore, 2))
    shop = mstore.connect()
    with visiting(shop):
        assert shop.hidden("MAG") == set()
        mstore.shop.hide_in_panel(place(mstore), first)
        theirs, ours = send(shop, hide(first), hide(second))
    assert (theirs.reason.reason, type(ours)) == (Reason.OUTDATED, Done)
    rows = mstore.shop.stocks[place(mstore)]
    assert (rows.get(first).quantity, rows.get(first).visible) == (5, False), "nothing of ours was written"
    assert (rows.get(second).quantity, rows.get(second).visible) == (0, False)


def test_any_other_change_of_the_row_is_read_again_and_written_over(mstore):
    (first,) = (one.target.product_id for one in offered(mstore))
    shop = mstore.connect()
    with visiting(shop):
        assert shop.hidden("MAG") == set()
        mstore.shop.set_stock_in_panel(place(mstore), first, 99)
        assert [type(one) for one in send(shop, hide(first))] == [Done]
        assert [type(one) for one in send(shop, withdrawal(publication(first, 1)))] == [Done]
    row = mstore.shop.stocks[place(mstore)].get(first)
    assert (row.quantity, row.visible) == (0, False)
