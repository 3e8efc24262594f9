"""Every row of the manual window: exactly these calls reach the shop, and no others (e-Sklep contract, section 17)."""

from dataclasses import replace

import pytest

from pomost.model.change import Part
from pomost.model.subject import Area
from pomost.model.window import Window
from pomost.ports.fault import Refused
from tests.end_to_end.esklep_stage import prices, stocks

CALLS = {
    "K": "POST /v1/customers:batch",
    "D1": "POST /v1/price-types:batch",
    "D2": "POST /v1/warehouses:batch",
    "D3": "POST /v1/attributes:batch",
    "G": "POST /v1/groups:batch",
    "T": "POST /v1/products:batch",
    "P": "POST /v1/prices:batch",
    "R": "POST /v1/discounts:batch",
    "Z": "POST /v1/bundles:batch",
    "F1": "POST /v1/files:missing",
    "F2": "PUT /v1/files/{sha256}",
    "F3": "POST /v1/file-links:batch",
    "S": "POST /v1/stocks:batch",
}
OPENING = {"GET /v1/shop", "GET /v1/dictionaries/{name}", "POST /v1/sync-sessions"}
CLOSING = {"POST /v1/sync-sessions/{session_id}/commit"}
OFFER = "G T P R Z F1 F2 F3 S"
ROWS = [
    (1, Window(orders=False), f"D1 D2 {OFFER}"),
    (4, Window(offer=False, orders=False, stock_only=True), "D2 S"),
    (5, Window(offer=False, orders=False, prices_only=True), "D1 P R"),
    (6, Window(offer=False, orders=False, stock_only=True, prices_only=True), "D1 D2 P R S"),
    (7, Window(offer=False, orders=False, customers=True), "D1 K R"),
    (8, Window(orders=False, full=True), "D1 D2 G T P R Z S"),
    (9, Window(orders=False, full=True, binaries=True), f"D1 D2 {OFFER}"),
    (1.5, Window(orders=False, customers=True), f"D1 D2 K {OFFER}"),
    (8.5, Window(orders=False, full=True, customers=True), "D1 D2 K G T P R Z S"),
]


@pytest.fixture
def moving(pair):
    """A shop that has everything, and an ERP where something of every kind has changed since."""
    pair.customer(5)
    pair.discount(10, 8, "10", what=1)
    pair.discount(11, 6, "20", who=5, what=2)
    pair.bundle(20, 1, 2, 3)
    pair.picture(1, (31, b"obraz 1"))
    assert not [name for name in pair.run().run.counts if name.startswith("failed")]
    for area in (Area.PRICE_TYPE, Area.WAREHOUSE, Area.GROUP):
        held = pair.erp.published[area]
        first = max(held)
        pair.erp.publish(area, first + 50, "nowy", rename(held[first].content, "nowy"))
    pair.sell(2, catalogue_number="nowy")
    pair.publish(Area.PRICES, 1, prices("1.10", "1.50", points=1))
    pair.publish(Area.STOCKS, 1, stocks("11", "1"))
    pair.discount(10, 8, "15", what=1)
    pair.discount(11, 6, "25", who=5, what=2)
    pair.bundle(20, 1, 2)
    pair.picture(1, (33, b"obraz 3"))
    pair.customer(5, phone="600100200")
    return pair


def rename(content, name):
    return replace(content, **{field: name for field in ("name", "symbol", "code") if hasattr(content, field)})


@pytest.mark.parametrize(("row", "window", "expected"), ROWS, ids=[str(row[0]) for row in ROWS])
def test_exactly_these_calls_are_made(moving, row, window, expected):
    request = window.request()
    ended = moving.run(parts=request.parts, full=request.full)
    assert not [name for name in ended.run.counts if name.startswith("failed")], ended.run.counts
    calls = set(moving.calls())
    assert calls == OPENING | CLOSING | {CALLS[step] for step in expected.split()}


@pytest.mark.parametrize("window", [Window(offer=False, orders=False), Window(stock_only=True), Window(binaries=True)])
def test_an_illegal_mix_opens_no_session(window):
    assert window.refusal is not None


def test_stock_alone_goes_to_known_products_only(moving):
    moving.sell(9)
    request = Window(offer=False, orders=False, stock_only=True).request()
    moving.run(parts=request.parts)
    assert moving.written() == {"warehouses": ["52"], "stocks": ["1/1"]}


def test_a_forced_run_leaves_links_alone(moving):
    request = Window(orders=False, full=True).request()
    moving.run(parts=request.parts, full=True)
    before = moving.state("file_links")
    assert [link["sha256"] for link in before["product:1"]["files"]]
    moving.run(parts=Window(orders=False).request().parts)
    assert moving.written() == {"file-links": ["{'kind': 'product', 'erp_id': '1'}"]}


def test_what_the_window_refuses_the_run_refuses_too(pair):
    with pytest.raises(Refused, match="only-excludes-offer"):
        pair.run(parts=frozenset({Part.STOCK}), full=True)
    with pytest.raises(Refused, match="binaries-require-full"):
        pair.run(parts=frozenset({Part.FILES}))
    assert not pair.calls()
