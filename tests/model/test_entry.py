"""What a shop may hold of an entry with lines while nobody knows whether a change of it was taken."""

from decimal import Decimal

from pomost.model.entry import Drop, Put, may_hold, subject
from pomost.model.offer import Basis, PriceKind
from pomost.model.subject import Area
from pomost.model.trade import PriceLine, PricesEntry, StockLine, StocksEntry


def price(kind, value):
    return PriceLine(kind, Decimal(value), PriceKind.NET, "PLN")


def stock(warehouse, quantity):
    return StockLine(warehouse, Decimal(quantity), Basis.STOCK)


def put(area, before, after):
    return Put(subject(area, 1, "T1"), before, after)


def test_lines_that_were_and_lines_that_come_are_all_remembered_the_newer_ones_first():
    was = PricesEntry((price(2, "1.00"), price(3, "1.50")))
    now = PricesEntry((price(3, "1.60"), price(4, "2.00")))
    assert may_hold(put(Area.PRICES, was, now)) == PricesEntry((price(3, "1.60"), price(4, "2.00"), price(2, "1.00")))


def test_warehouses_likewise():
    was = StocksEntry((stock(1, 10), stock(2, 5)))
    assert may_hold(put(Area.STOCKS, was, StocksEntry((stock(2, 6),)))) == StocksEntry((stock(2, 6), stock(1, 10)))


def test_of_a_new_entry_only_what_comes():
    now = PricesEntry((price(2, "1.00"),))
    assert may_hold(put(Area.PRICES, None, now)) == now
    assert may_hold(put(Area.STOCKS, None, StocksEntry((stock(1, 1),)))) == StocksEntry((stock(1, 1),))


def test_what_is_dropped_keeps_what_it_was_known_with():
    assert may_hold(Drop(subject(Area.PRICES, 1, "T1"), ())) is None
