"""Finding by whatever people have at hand: symbol, EAN, name, tax number, order number."""

import pytest

from pomost.app import Found, Hit
from tests.end_to_end.order_stage import LUNA
from tests.end_to_end.stage import CHANNEL, symbol
from tests.worlds import ean


@pytest.fixture
def shopful(selling):
    """Twelve offers, two customers, and one order that has become a document."""
    selling.number = selling.place()["number"]
    selling.run()
    return selling


def kinds(hits):
    return {(one.kind, one.label) for one in hits}


def test_a_symbol_or_a_code_is_a_product(shopful):
    for text in (symbol(3), ean(3), f" {symbol(3)} "):
        assert (Found.PRODUCT, symbol(3)) in kinds(shopful.pomost.search(CHANNEL, text))


def test_the_beginning_of_a_symbol_finds_several(shopful):
    found = [one.text for one in shopful.pomost.search(CHANNEL, "s1")]
    assert [symbol(n) for n in (10, 11, 12)] == [one for one in found if one.startswith("S1")]


def test_a_word_of_the_name_finds_products(shopful):
    found = shopful.pomost.search(CHANNEL, "towar 12")
    assert (ean(12), "Towar 12") in {(one.text, one.detail) for one in found}


def test_a_tax_number_is_a_customer(shopful):
    found = shopful.pomost.search(CHANNEL, f"{LUNA[:3]}-{LUNA[3:6]}-{LUNA[6:8]}-{LUNA[8:]}")
    assert [(one.kind, one.label) for one in found] == [(Found.CUSTOMER, LUNA)]


def test_a_number_is_an_order_or_its_document(shopful):
    (order,) = [one for one in shopful.pomost.search(CHANNEL, shopful.number) if one.kind is Found.ORDER]
    assert order.label == shopful.number
    assert order in shopful.pomost.search(CHANNEL, order.detail)


def test_everything_found_can_be_explained(shopful):
    for text in (symbol(3), LUNA, shopful.number):
        for hit in shopful.pomost.search(CHANNEL, text):
            match hit.kind:
                case Found.PRODUCT:
                    assert shopful.pomost.explain(CHANNEL, hit.text)
                case Found.CUSTOMER:
                    assert shopful.pomost.explain_customer(CHANNEL, hit.text)
                case Found.ORDER:
                    assert shopful.pomost.explain_order(CHANNEL, hit.text)


@pytest.mark.parametrize("text", ["", "  ", "nie ma", "'; DROP TABLE store_run; --", "<b>", "%", "_", "x" * 5000])
def test_nothing_is_found_for_nothing(shopful, text):
    assert shopful.pomost.search(CHANNEL, text) == []


def test_an_erp_that_is_away_leaves_what_is_known_here(shopful):
    shopful.company.engine.dispose()
    shopful.database.rename(shopful.database.with_suffix(".away"))
    assert Hit(Found.PRODUCT, symbol(3), symbol(3)) in shopful.pomost.search(CHANNEL, symbol(3))
