"""Screens that look: the error inbox with "try again", explain for everything, the list of orders."""

import html
import re

import pytest

from pomost.panel import hallway
from pomost.panel.roles import Role
from pomost.panel.screens import errors
from pomost.store.watermarks import doubt_all_channels
from tests.end_to_end.conftest import selling
from tests.end_to_end.order_stage import LUNA
from tests.end_to_end.stage import CARDS, CHANNEL, symbol
from tests.panel.test_work import SYNC, finished
from tests.panel.visitor import Visitor
from tests.worlds import ean

__all__ = ["selling"]

ERRORS = f"/channels/{CHANNEL}/errors/"
REFUSED = f"{ERRORS}SHOP_REFUSED/"
EXPLAIN = f"/channels/{CHANNEL}/explain/"
ORDERS = f"/channels/{CHANNEL}/orders/"


@pytest.fixture
def stubborn(hurt):
    """The shop refused product three."""
    hurt.shop.fault("refuse_item", product_id=hurt.shop.product_id(3), times=None)
    hurt.run()
    return hurt


@pytest.fixture
def shopful(selling):
    """Twelve offers, two customers, and one order that has become a document; the panel opened upon them."""
    hallway.enter(selling.pomost)
    selling.number = selling.place()["number"]
    selling.run()
    return selling


def test_without_errors_the_inbox_says_so(owner):
    assert "Nie ma pominiętych ani błędnych pozycji." in owner.get(ERRORS).text
    assert "Nie ma pozycji z tego powodu." in owner.get(REFUSED).text


@pytest.mark.parametrize(
    ("language", "noted", "told"),
    [
        ("pl", "któreś z nich przywrócono z kopii", "Dane Pomostu są starsze niż sklep"),
        ("en", "one of them was put back from a copy", "Pomost's data are older than the shop"),
    ],
)
def test_a_store_put_back_is_told_at_the_run_and_in_the_inbox(hurt, language, noted, told):
    hurt.run()
    doubt_all_channels()
    hurt.company.remove_trait(symbol(3), "MSTORE")
    report = hurt.run()
    visitor = Visitor(language=language)
    assert noted in visitor.get(f"/channels/{CHANNEL}/runs/{report.number}/").text
    page = visitor.get(f"{ERRORS}STORE_WENT_BACK/")
    assert told in page.text
    assert f"text={CHANNEL}" not in page.html, "it is no product that could be explained"
    assert report.state == "waiting"
    hurt.approve(report)
    assert "STORE_WENT_BACK" not in visitor.get(ERRORS).html


@pytest.mark.parametrize(
    ("language", "what", "advice"),
    [
        ("pl", "Sklep odrzucił zmianę", "Spróbuj ponownie"),
        ("en", "The shop refused the change", "Try again"),
    ],
)
def test_errors_stand_by_reason_with_advice(stubborn, language, what, advice):
    visitor = Visitor(language=language)
    page = visitor.get(ERRORS)
    assert what in page.text
    assert "SHOP_REFUSED/" in page.html
    page = visitor.get(REFUSED)
    assert symbol(3) in page.text
    assert symbol(4) not in page.text
    assert advice in page.text


def test_one_item_is_tried_again_and_gets_through(stubborn, owner):
    stubborn.shop.clear_faults()
    sent = owner.post(REFUSED, {"symbol": symbol(3)})
    assert sent.goes_to == REFUSED
    assert "Do ponownego sprawdzenia: 1 pozycja" in owner.get(REFUSED).text
    owner.post(SYNC, {"work": "run"})
    finished(owner)
    assert symbol(3) in stubborn.shop.active()
    assert "Nie ma pominiętych ani błędnych pozycji." in owner.get(ERRORS).text


@pytest.mark.parametrize("place", [REFUSED, ERRORS])
def test_a_whole_reason_is_tried_again(stubborn, owner, place):
    stubborn.shop.clear_faults()
    assert owner.post(place).goes_to == place
    assert "Do ponownego sprawdzenia: 1 pozycja" in owner.get(place).text
    owner.post(SYNC, {"work": "run"})
    finished(owner)
    assert symbol(3) in stubborn.shop.active()


def test_many_errors_come_page_by_page(hurt, owner, monkeypatch):
    for number in range(1, CARDS + 1):
        hurt.shop.fault("refuse_item", product_id=hurt.shop.product_id(number), times=None)
    hurt.run()
    page = owner.get(REFUSED)
    assert page.text.count("Spróbuj ponownie") >= CARDS
    monkeypatch.setattr(errors, "_PAGE", 5)
    seen, address = [], REFUSED
    while address:
        page = owner.get(address)
        seen += re.findall(r'<th scope="row"><a [^>]*>(S\d+)<', page.html)
        following = re.search(r'class="button" href="(\?[^"]+)"', page.html)
        address = following and REFUSED + html.unescape(following[1])
        assert len(seen) <= CARDS
    assert sorted(seen) == sorted(symbol(number) for number in range(1, CARDS + 1))
    assert owner.get(f"{REFUSED}?search=S11").text.count("S11") >= 1
    assert owner.get(f"{REFUSED}?after=bzdura").status == 409


@pytest.mark.parametrize("address", [f"{ERRORS}NIE_MA/", f"{ERRORS}'--/", f"{EXPLAIN}robot/?text=x"])
def test_what_is_not_there_is_told(owner, address):
    assert owner.get(address).status == 404


def test_a_viewer_has_no_buttons(stubborn):
    viewer = Visitor(Role.VIEWER)
    for address in (ERRORS, REFUSED):
        main = viewer.get(address).html.partition("<main")[2]
        assert 'method="post"' not in main


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "pl",
            (
                "ma być",
                "potwierdzone",
                "w sklepie",
                "wystawiany",
                "1,00 PLN netto",
                "podstawowa jm",
                "Ślad",
                "wykonano",
            ),
        ),
        ("en", ("wanted", "confirmed", "in the shop", "offered", "1.00 PLN net", "base unit", "Trail", "done")),
    ],
)
def test_a_product_is_explained_side_by_side(hurt, language, words):
    hurt.run()
    page = Visitor(language=language).get(f"{EXPLAIN}product/?text={symbol(1)}")
    for one in words:
        assert one in page.text
    assert "różni się" not in page.text


def test_where_the_shop_shows_something_else_it_is_marked(hurt, owner):
    hurt.run()
    hurt.company.set_stock(symbol(1), "MAG", 3)
    page = owner.get(f"{EXPLAIN}product/?text={symbol(1)}")
    assert "różni się" in page.text


def test_one_hit_is_shown_at_once_and_several_are_listed(hurt, owner):
    hurt.run()
    assert owner.get(f"{EXPLAIN}?text={ean(3)}").goes_to == f"{EXPLAIN}product/?text={symbol(3)}"
    page = owner.get(f"{EXPLAIN}?text=S1")
    assert [one in page.text for one in ("S10", "S11", "S12")] == [True] * 3
    assert "Nic takiego nie znaleziono." in owner.get(f"{EXPLAIN}?text=zzz").text


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "'; DROP TABLE x; --", "%00", "../..", "a" * 3000, "%F0%9F%8D%BA"]
)
def test_whatever_is_searched_nothing_breaks(hurt, owner, text):
    page = owner.client.get(EXPLAIN, {"text": text})
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_a_product_nobody_has_is_told_with_advice(owner):
    page = owner.get(f"{EXPLAIN}product/?text=XX")
    assert (page.status, "W ERP nie ma kartoteki o symbolu ani kodzie „XX”." in page.text) == (409, True)


def test_customers_and_orders_are_explained(shopful):
    owner = Visitor()
    found = owner.get(f"{EXPLAIN}?text={LUNA}")
    assert f"Kontrahent {LUNA}" in owner.get(found.goes_to).text
    found = owner.get(f"{EXPLAIN}?text={shopful.number}")
    page = owner.get(found.goes_to)
    assert f"Zamówienie {shopful.number}" in page.text
    assert "ZK 1/MAG" in page.text
    assert "dokument w ERP" in page.text
    english = Visitor(language="en").get(found.goes_to)
    assert f"Order {shopful.number}" in english.text
    assert "has a document" in english.text


def test_orders_are_listed_with_both_sides(shopful):
    owner = Visitor()
    page = owner.get(ORDERS)
    for one in (shopful.number, "ZK 1/MAG", "ma dokument"):
        assert one in page.text
    assert shopful.number in owner.get(f"{ORDERS}?state=acknowledged&text={shopful.number[:5]}").text
    assert "Żadne zamówienie nie spełnia tych warunków." in owner.get(f"{ORDERS}?state=waiting").text
    assert owner.get(f"{ORDERS}?after=x").status == 409


def test_without_orders_the_list_says_so(owner):
    assert "Nie ma jeszcze zamówień." in owner.get(ORDERS).text
