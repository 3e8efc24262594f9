"""A product leaves the offer once, with its stock zeroed, and comes back when the card qualifies again."""

from pomost.model.change import Kind
from tests.end_to_end.stage import symbol


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
