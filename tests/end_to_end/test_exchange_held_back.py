"""What the shop must not see half is held back with one reason: products without a price, variants nobody tells apart."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.model.assortment import AttributeEntry, AttributeFormat, AttributeSubject, AttributeValue
from pomost.model.change import Part
from pomost.model.offer import PriceKind
from pomost.model.reason import Reason
from pomost.model.subject import Area
from pomost.model.trade import PriceLine, PricesEntry
from pomost.store.journal import State
from pomost.store.unresolved import Inbox
from tests.end_to_end.esklep_stage import RETAIL, WHOLESALE
from tests.end_to_end.test_exchange import live
from tests.end_to_end.test_exchange_withdrawn import told

WHOLESALE_ONLY = PricesEntry((PriceLine(WHOLESALE, Decimal("4.50"), PriceKind.NET, "PLN"),))
NEGATIVE = PricesEntry((PriceLine(RETAIL, Decimal("-9.90"), PriceKind.GROSS, "PLN"),))
ZERO = PricesEntry((PriceLine(RETAIL, Decimal(0), PriceKind.GROSS, "PLN"),))


def everything(pair):
    """All the inbox holds: area and subject of each item, with its reasons."""
    return {(str(one.area), one.subject): [found.reason for found in one.findings] for one in Inbox(pair.name).items()}


@pytest.mark.parametrize("prices", [PricesEntry(()), WHOLESALE_ONLY], ids=["none", "of another type"])
@pytest.mark.parametrize("full", [False, True], ids=["differential", "full"])
def test_a_new_product_without_a_price_is_not_sent_and_says_so_once(pair, prices, full):
    """Contract, section 5: new: not sent. Nothing of it goes, and of all its areas one tells why."""
    pair.sell(4)
    pair.publish(Area.PRICES, 4, prices)
    pair.picture(4, (7, b"obraz"))
    pair.bundle(9, 4, 1)
    ended = pair.run(full=full)
    assert ended.run.state == State.DONE
    for area in ("products", "prices", "stocks", "file_links"):
        assert not [key for key in pair.state(area) if key.split("/")[0].endswith("4")], area
    reasons = everything(pair)
    assert reasons == {
        ("product", "4"): [Reason.PRODUCT_HAS_NO_PRICE],
        ("promotion", "9"): [Reason.PROMOTION_PART_UNPUBLISHED],
    }
    assert live(pair.state("products")) == {"1", "2", "3"}, "the rest goes on"
    pair.publish(Area.PRICES, 4, pair.erp.published[Area.PRICES][3].content)
    pair.run()
    assert (pair.quote(4), everything(pair)) == ("3.00", {})
    assert pair.state("file_links")


@pytest.mark.parametrize(
    "prices", [PricesEntry(()), WHOLESALE_ONLY, NEGATIVE], ids=["none", "another type", "negative"]
)
def test_a_product_that_lost_its_price_keeps_what_the_shop_holds(pair, prices):
    """Contract, section 5: known: nothing in a differential run, `keep` in a full one; 8.16: stock goes on."""
    pair.run()
    before = pair.state("products")["2"], pair.state("prices")[f"2/{RETAIL}"], pair.state("prices")[f"2/{WHOLESALE}"]
    pair.sell(2, catalogue_number="nowy")
    pair.publish(Area.STOCKS, 2, pair.erp.published[Area.STOCKS][3].content)
    pair.publish(Area.PRICES, 2, prices)
    why = [Reason.PRICE_NEGATIVE] if prices is NEGATIVE else []
    for wish in ({}, {"full": True}, {}):
        assert pair.run(**wish).run.state == State.DONE
        assert pair.quote(2) == "2.00"
        now = pair.state("products")["2"], pair.state("prices")[f"2/{RETAIL}"], pair.state("prices")[f"2/{WHOLESALE}"]
        assert now == before, wish
        assert everything(pair) == {("product", "2"): [*why, Reason.PRODUCT_HAS_NO_PRICE, Reason.STILL_SOLD]}
    assert pair.state("stocks")["2/1"]["quantity"] == "30"
    pair.publish(Area.PRICES, 2, pair.erp.published[Area.PRICES][3].content)
    pair.run()
    assert (pair.quote(2), pair.state("products")["2"]["catalogue_number"], everything(pair)) == ("3.00", "nowy", {})


def test_prices_alone_that_are_gone_are_told_of_too(pair):
    """The card itself did not move, so its prices tell."""
    pair.run()
    pair.publish(Area.PRICES, 2, PricesEntry(()))
    for wish in ({}, {"parts": frozenset({Part.PRICE})}, {"full": True}):
        pair.run(**wish)
        assert pair.quote(2) == "2.00", wish
    assert Reason.STILL_SOLD in told(pair, Area.PRODUCT, 2)[0], "a full run looks at every card"
    pair.publish(Area.PRICES, 2, pair.erp.published[Area.PRICES][1].content)
    pair.run()
    assert (pair.quote(2), everything(pair)) == ("1.00", {})


def test_a_price_of_nought_is_a_price(pair):
    pair.sell(4)
    pair.publish(Area.PRICES, 4, ZERO)
    pair.run()
    assert "4" in live(pair.state("products"))
    assert everything(pair) == {("prices", "4"): [Reason.PRICE_ZERO]}


def test_a_negative_price_of_another_type_holds_nothing_back(pair):
    """Decision table 8.24: it is left out and called by its name."""
    sound = pair.erp.published[Area.PRICES][1].content.lines[0]
    pair.publish(Area.PRICES, 1, PricesEntry((sound, PriceLine(WHOLESALE, Decimal(-1), PriceKind.NET, "PLN"))))
    pair.run()
    assert pair.quote(1) == "1.00"
    assert everything(pair) == {("prices", "1"): [Reason.PRICE_NEGATIVE]}


def test_where_prices_are_switched_off_what_the_shop_holds_counts(pair):
    pair.run()
    pair.policy = replace(pair.policy, prices=replace(pair.policy.prices, enabled=False))
    pair.settings += 1
    pair.publish(Area.PRICES, 1, PricesEntry(()))
    pair.sell(2, catalogue_number="nowy")
    pair.sell(4)
    pair.run()
    assert pair.state("products")["2"]["catalogue_number"] == "nowy"
    assert "4" not in pair.state("products")
    assert everything(pair) == {("product", "4"): [Reason.PRODUCT_HAS_NO_PRICE]}


def attribute(pair, key, code):
    entry = AttributeEntry(code, code.title(), AttributeSubject.PRODUCT, AttributeFormat.TEXT)
    pair.publish(Area.ATTRIBUTE, key, entry)


def variant(pair, key, *apart, of=1):
    values = tuple(AttributeValue(code, "x") for code in apart)
    pair.sell(key, variant_of=of, variant_attributes=apart, attributes=values)


@pytest.mark.parametrize("full", [False, True], ids=["differential", "full"])
@pytest.mark.parametrize(
    ("apart", "reason"),
    [
        ((), Reason.VARIANT_WITHOUT_ATTRIBUTES),
        (("SMAK",), Reason.VARIANT_ATTRIBUTES_DIFFER),
        (("KOLOR", "SMAK"), Reason.VARIANT_ATTRIBUTES_DIFFER),
    ],
)
def test_a_variant_nobody_can_tell_apart_is_held_back_with_one_reason(pair, apart, reason, full):
    """Contract, section 22: a variant without its attributes never reaches the shop, nor does anything of it."""
    attribute(pair, 1, "KOLOR")
    attribute(pair, 2, "SMAK")
    pair.sell(1, variant_attributes=("KOLOR",), attributes=(AttributeValue("KOLOR", "y"),))
    variant(pair, 4, *apart)
    variant(pair, 5, "KOLOR")
    ended = pair.run(full=full)
    failed = {name for name in ended.run.counts if name.startswith(("failed", "skipped"))}
    assert (failed, everything(pair)) == (set(), {("product", "4"): [reason]})
    assert live(pair.state("products")) == {"1", "2", "3", "5"}
    variant(pair, 4, "KOLOR")
    pair.run()
    assert (everything(pair), pair.quote(4)) == ({}, "4.00")


def test_a_variant_follows_its_product_to_other_attributes_in_one_run(pair):
    attribute(pair, 1, "KOLOR")
    attribute(pair, 2, "SMAK")
    pair.sell(5, variant_attributes=("KOLOR",), attributes=(AttributeValue("KOLOR", "y"),))
    variant(pair, 4, "KOLOR", of=5)
    pair.run()
    pair.sell(5, variant_attributes=("SMAK",), attributes=(AttributeValue("SMAK", "y"),))
    variant(pair, 4, "SMAK", of=5)
    ended = pair.run()
    assert not [name for name in ended.run.counts if name.startswith("failed")]
    assert [one["code"] for one in pair.state("products")["4"]["attributes"]] == ["SMAK"]


def test_what_belongs_to_a_product_the_shop_refused_has_no_reason_of_its_own(pair):
    pair.sell(4, code="T1")
    pair.picture(4, (7, b"obraz"))
    pair.run()
    assert everything(pair) == {("product", "4"): [Reason.SHOP_REFUSED]}
    pair.sell(4)
    pair.run()
    assert (everything(pair), pair.quote(4)) == ({}, "4.00")
    assert pair.state("stocks")["4/1"]["quantity"] == "40"
    assert pair.state("file_links")
