"""One run with something to do everywhere: in which order both sides are asked and told (M/store contract, section 15).

Branches, customers, goods and stock are told in the contract's order. Orders and their statuses go before all of it,
while the contract has them before stock (decision 0013): what a document reserves is in the stock of the same run.
"""

from pomost.model.change import Part
from tests.end_to_end.order_stage import with_traits
from tests.end_to_end.stage import symbol

PLACES = {
    "branches": "branches",
    "customers": "customers",
    "customer-assignments:batch": "assignments",
    "products": "products",
    "offers:batch": "offers",
    "orders": "orders",
    "acknowledgements": "acknowledgements",
    "order-status-changes:batch": "statuses",
    "stocks:batch": "stocks",
}


def steps(selling, method=None):
    """What was asked of the shop since last looked at, each kind where it first came."""
    names = [
        (verb, PLACES.get(path.rstrip("/").rpartition("/")[2], "branches" if "/branches/" in path else ""))
        for verb, path in selling.shop.requests()
    ]
    found = [name for verb, name in names if name and (method is None or (verb == "GET") == (method == "GET"))]
    return list(dict.fromkeys(found))


def busy(selling):
    """Something changes everywhere."""
    selling.save(branches=[one | {"name": f"{one['name']} 2"} for one in with_traits(selling)])
    selling.people.add("NOWY", nip="5213017228", city="Warszawa", street="Nowa", house="1", traits=["ODDZIAL_WAW"])
    selling.buyer("5213017228", "Nowa")
    selling.company.set_price(symbol(1), 3, 77)
    selling.company.set_stock(symbol(2), "MAG", 7)
    selling.shop.requests()
    return selling.place((3, 4))


def test_the_shop_is_told_of_orders_first_and_of_stock_last(selling):
    busy(selling)
    report = selling.run()
    assert (report.state, report.fault, report.failed) == ("done", None, 0)
    assert steps(selling, "POST") == ["acknowledgements", "statuses", "branches", "assignments", "offers", "stocks"]
    assert selling.shop.contents()[symbol(3)][3]["MAG"] == 30 - 4, "what the order reserves is in the stock just sent"


def test_whom_an_order_is_of_is_decided_before_it_is_read(selling):
    """A buyer recognised in this very run may have ordered already."""
    selling.people.add("NOWY", nip="5213017228", city="Warszawa", street="Nowa", house="1")
    order = selling.place(buyer=selling.buyer("5213017228", "Nowa"))
    selling.shop.requests()
    report = selling.run()
    assert report.failed == 0
    assert selling.originals() == [order["number"]]
    asked = steps(selling, "GET")
    assert asked.index("branches") < asked.index("customers") < asked.index("orders") < asked.index("products")


def test_only_what_changed_travels_and_everything_when_asked_for(selling):
    """Orders and stock are compared in full in either; the contract's modes "Zmienione" and "Wszystkie"."""
    selling.save(branches=with_traits(selling))
    selling.people.give("LUNA", "ODDZIAL_WAW")
    order = selling.place((3, 4))
    selling.run()
    selling.shop.written()
    selling.run()
    assert selling.shop.written() == []
    selling.run(full=True)
    paths = [path.rpartition("/")[2] for path, _ in selling.shop.written()]
    assert {"offers:batch", "stocks:batch", "customer-assignments:batch"} <= {*paths}
    assert paths.count("offers:batch") == 12
    assert paths.count("stocks:batch") == 24
    assert selling.originals() == [order["number"]], "an order is never made twice, also in a forced run"


def test_parts_alone_keep_the_order(selling):
    busy(selling)
    selling.run(Part.STOCK, Part.ORDERS, Part.STATUSES)
    assert steps(selling, "POST") == ["acknowledgements", "statuses", "stocks"]
