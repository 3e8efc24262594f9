"""A product leaves the offer once, with its stock zeroed, and comes back when the card qualifies again."""

from pomost.model.change import Kind
from tests.end_to_end.stage import CARDS, KEY, symbol


def test_a_card_without_the_trait_is_withdrawn_once_with_no_stock_left(settled):
    settled.company.remove_trait(symbol(3), "MSTORE")
    report = settled.run()
    assert report.counts[f"done.{Kind.WITHDRAW}"] == 1
    gone = settled.shop.shelf()[symbol(3)]
    assert (gone.status, gone.stock) == ("withdrawn", {"MAG": 0, "KRA": 0})
    settled.shop.posts()
    again = settled.run()
    assert (again.planned, settled.shop.posts()) == (0, [])


def test_the_trait_given_back_offers_the_product_again_with_its_stock(settled):
    before = settled.shop.contents()
    settled.company.remove_trait(symbol(3), "MSTORE")
    settled.run()
    settled.company.add_trait(symbol(3), "MSTORE")
    settled.run()
    assert settled.shop.contents() == before


def noughts(stage):
    return [item["fields"] for path, item in stage.shop.written() if path == "/v1/stocks:batch"]


def test_noughts_carry_the_channels_kind_of_stock_and_the_moment_of_reading(settled):
    """Decision table 8.19: of a card that left the offer, and of one that left the ERP."""
    settled.company.remove_trait(symbol(3), "MSTORE")
    settled.company.delete(symbol(4))
    settled.run()
    zeroed = [one for one in noughts(settled) if one["quantity"] == 0]
    assert len(zeroed) == 4
    assert {one["basis"] for one in zeroed} == {"available"}
    assert all(one["as_of"] for one in zeroed)


def test_another_kind_of_stock_reaches_rows_of_equal_quantity(settled):
    """Decision table 8.19: nothing is reserved, so every quantity stays, and every row is told its kind."""
    settled.save(stock={"basis": "stock"})
    report = settled.run()
    assert (report.planned, report.counts["field.stock.basis"]) == (2 * CARDS, 2 * CARDS)
    stocks = settled.shop.state()["stocks"]
    assert {row["basis"] for rows in stocks.values() for row in rows.values()} == {"stock"}
    assert settled.run().planned == 0


def test_noughts_the_shop_refuses_are_told_and_tried_again(settled):
    """Decision table 8.19: the product stays as it is until its stock can be emptied."""
    product = settled.shop.product_id(3)
    settled.shop.fault("refuse_item", path_prefix="/v1/stocks", product_id=product, times=None)
    settled.company.remove_trait(symbol(3), "MSTORE")
    report = settled.run()
    assert report.counts["failed.withdraw"] == 1
    assert "SHOP_REFUSED" in settled.reasons()[symbol(3)]
    assert settled.shop.shelf()[symbol(3)].status == "active"
    settled.shop.clear_faults()
    assert settled.run().failed == 0
    assert settled.shop.shelf()[symbol(3)].status == "withdrawn"


def test_a_withdrawal_approved_late_empties_as_of_then(settled):
    """The noughts of a plan that waited are of now: stock that went out since would make an older moment refused."""
    settled.save(guard={"share": "0.10", "floor": 1})
    settled.run()
    for number in (1, 2, 3):
        settled.company.remove_trait(symbol(number), "MSTORE")
    waiting = settled.run()
    assert waiting.state == "waiting"
    later = moment(settled.shop)
    settled.approve(waiting)
    shelf = settled.shop.shelf()
    assert {(shelf[symbol(n)].status, shelf[symbol(n)].stock["MAG"]) for n in (1, 2, 3)} == {("withdrawn", 0)}
    sent = noughts(settled)[-6:]
    assert {item["quantity"] for item in sent} == {0}
    assert all(item["as_of"] >= later for item in sent)


def moment(shop):
    return shop._client.get("/v1/account", headers={"Authorization": f"Bearer {KEY}"}).json()["server_time"]
