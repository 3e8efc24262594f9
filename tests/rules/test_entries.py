"""What of an entry the shop can be told: every refusal with its reason, and what is left of the rest."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.model.account import CustomerEntry, Login
from pomost.model.assortment import (
    AttributeEntry,
    AttributeFormat,
    AttributeSubject,
    AttributeValue,
    Barcode,
    GroupEntry,
    PackUnit,
    Wording,
)
from pomost.model.change import Part
from pomost.model.entry import CONTENTS
from pomost.model.offer import Basis, PriceKind
from pomost.model.reason import Finding, Reason
from pomost.model.subject import Area
from pomost.model.trade import (
    TOTAL,
    DiscountEntry,
    FileLink,
    FileRole,
    FilesEntry,
    PriceLine,
    PricesEntry,
    PromotionEntry,
    SetPart,
    StockLine,
    StocksEntry,
    What,
    Who,
)
from pomost.ports.entries import Mode
from pomost.rules.entries import SHAPES, Ruling, with_prices
from pomost.rules.exchanging import Reach, reaches, refusal
from tests.rules.assortment import AROUND, NAME, PRODUCT, SHOP, reasons, ruled


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"default_group": None}, Reason.DEFAULT_GROUP_MISSING),
        ({"default_group": 0}, Reason.DEFAULT_GROUP_MISSING),
        ({"default_group": 1}, Reason.DEFAULT_GROUP_IS_ROOT),
        ({"default_group": 99}, Reason.DEFAULT_GROUP_OUTSIDE),
        ({"availability": ""}, Reason.AVAILABILITY_MISSING),
        ({"availability": "7"}, Reason.AVAILABILITY_UNKNOWN),
        ({"texts": (Wording("en", "Name"),)}, Reason.PRODUCT_UNNAMED),
        ({"texts": (Wording("pl", "  "),)}, Reason.PRODUCT_UNNAMED),
        ({"base_unit": " "}, Reason.UNIT_BASE_MISSING),
        ({"variant_of": 8}, Reason.VARIANT_PARENT_MISSING),
    ],
)
def test_a_product_that_cannot_be_sold_is_kept_back(facts, reason):
    ruling = ruled(replace(PRODUCT, **facts))
    assert ruling.content is None
    assert reasons(ruling) == [reason]


def test_every_fault_of_a_product_is_told_at_once():
    ruling = ruled(replace(PRODUCT, default_group=None, availability="", texts=()))
    assert reasons(ruling) == [Reason.DEFAULT_GROUP_MISSING, Reason.AVAILABILITY_MISSING, Reason.PRODUCT_UNNAMED]


def test_a_sound_product_goes_as_it_is():
    assert ruled(PRODUCT).content == PRODUCT
    assert not ruled(PRODUCT).findings


def test_what_the_shop_cannot_take_of_a_product_is_left_out():
    rich = replace(
        PRODUCT,
        texts=(*NAME, Wording("de", "Name")),
        units=(PackUnit("op.", Decimal(6), Decimal(1)), PackUnit("zero", Decimal(0), Decimal(1))),
        eans=(Barcode("590", "op."), Barcode("591", "zero")),
        groups=(10, 10, 99),
        attributes=(
            AttributeValue("KOLOR", "zielony"),
            AttributeValue("INNY", "x"),
            AttributeValue("KOLOR", "", file=3),
        ),
    )
    ruling = ruled(rich)
    content = ruling.content
    assert content.texts == NAME
    assert [unit.symbol for unit in content.units] == ["op."]
    assert [code.unit for code in content.eans] == ["op.", ""]
    assert content.groups == (10,)
    assert [value.value for value in content.attributes] == ["zielony"]
    assert set(reasons(ruling)) == {Reason.PACK_UNIT_UNUSABLE, Reason.ATTRIBUTE_LEFT_OUT}


def test_groups():
    assert reasons(ruled(GroupEntry("G", 1, ()), key=10)) == [Reason.GROUP_UNNAMED]
    assert reasons(ruled(GroupEntry("G", 1, NAME), key=11)) == [Reason.GROUP_TOO_DEEP]
    assert reasons(ruled(GroupEntry("G", 1, NAME), key=12)) == [Reason.GROUP_OUT_OF_TREE], "it came while this was read"
    assert ruled(GroupEntry("ROOT", 77, NAME), key=1).content.parent is None


def test_an_attribute_of_an_unknown_format_is_not_sent():
    entry = AttributeEntry("A", "Atrybut", AttributeSubject.PRODUCT, AttributeFormat.UNKNOWN)
    assert reasons(ruled(entry)) == [Reason.ATTRIBUTE_FORMAT]


def test_what_the_shop_does_not_have_is_named():
    """A group has a name, also one of another shop's tree."""
    (found,) = ruled(replace(PRODUCT, default_group=99)).findings
    assert dict(found.facts) == {"group": "Magazyn"}
    (found,) = ruled(DiscountEntry(7, Who.ALL, What.GROUP, 0, 98, Decimal(5))).findings
    assert dict(found.facts) == {"group": "#98"}, "nobody knows it"


@pytest.mark.parametrize(
    ("apart", "theirs", "reason"),
    [
        ((), {"KOLOR"}, Reason.VARIANT_WITHOUT_ATTRIBUTES),
        (("NIEZNANY",), {"KOLOR"}, Reason.VARIANT_WITHOUT_ATTRIBUTES),
        (("KOLOR",), {"ROZMIAR"}, Reason.VARIANT_ATTRIBUTES_DIFFER),
        (("KOLOR",), set(), Reason.VARIANT_ATTRIBUTES_DIFFER),
        (("KOLOR",), {"KOLOR", "ROZMIAR"}, Reason.VARIANT_ATTRIBUTES_DIFFER),
        (("ROZMIAR", "KOLOR"), {"KOLOR", "ROZMIAR"}, None),
    ],
)
def test_a_variant_is_told_apart_by_what_its_product_names(apart, theirs, reason):
    one = replace(PRODUCT, variant_of=8, variant_attributes=apart)
    ruling = ruled(one, offered={8: frozenset(theirs)})
    assert reasons(ruling) == ([] if reason is None else [reason])
    assert (ruling.content is None) is (reason is not None)


def test_prices():
    lines = (
        PriceLine(2, Decimal(5), PriceKind.GROSS, "PLN", 3),
        PriceLine(3, Decimal(4), PriceKind.NET, "PLN"),
        PriceLine(2, Decimal(9), PriceKind.NET, "EUR"),
    )
    ruling = ruled(PricesEntry(lines[:2]))
    assert ruling.content == PricesEntry(lines[:1])
    assert reasons(ruling) == [Reason.PRICE_LINE_LEFT_OUT]
    bare = replace(AROUND, shop=replace(SHOP, able=frozenset()))
    assert ruled(PricesEntry(lines[:1]), bare).content.lines[0].points == 0


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ((), [Reason.PRODUCT_HAS_NO_PRICE]),
        ((("EUR", 2, "9"),), [Reason.PRODUCT_HAS_NO_PRICE, Reason.PRICE_LINE_LEFT_OUT]),
        ((("PLN", 3, "9"),), [Reason.PRODUCT_HAS_NO_PRICE, Reason.PRICE_LINE_LEFT_OUT]),
        # Decision table 8.24: a negative price is called by its name.
        ((("PLN", 2, "-9.90"),), [Reason.PRICE_NEGATIVE, Reason.PRODUCT_HAS_NO_PRICE]),
        (
            (("PLN", 2, "-1"), ("PLN", 3, "-2")),
            [Reason.PRICE_NEGATIVE, Reason.PRODUCT_HAS_NO_PRICE, Reason.PRICE_NEGATIVE],
        ),
    ],
    ids=["none", "another currency", "another type", "negative", "both negative"],
)
def test_without_a_price_in_the_default_type_nothing_of_a_product_goes(lines, why):
    prices = PricesEntry(tuple(PriceLine(kind, Decimal(value), PriceKind.NET, money) for money, kind, value in lines))
    ruling = ruled(prices)
    assert (ruling.content, reasons(ruling)) == (None, why)
    whole = with_prices(ruled(replace(PRODUCT, availability="")), ruling)
    assert (whole.content, reasons(whole)) == (None, [*why, Reason.AVAILABILITY_MISSING])
    assert with_prices(ruled(PRODUCT), Ruling(prices)).content == PRODUCT


def test_nought_is_a_price():
    ruling = ruled(PricesEntry((PriceLine(2, Decimal(0), PriceKind.NET, "PLN"),)))
    assert ruling.content is not None
    assert reasons(ruling) == [Reason.PRICE_ZERO]


def test_a_negative_price_of_another_type_is_left_out_alone():
    lines = (PriceLine(2, Decimal(5), PriceKind.NET, "PLN"), PriceLine(3, Decimal(-5), PriceKind.NET, "PLN"))
    ruling = ruled(PricesEntry(lines))
    assert (ruling.content, reasons(ruling)) == (PricesEntry(lines[:1]), [Reason.PRICE_NEGATIVE])


@pytest.mark.parametrize("kind", SHAPES)
def test_every_type_of_discount_has_its_shape(kind):
    who, what = SHAPES[kind]
    fixed = {"price": Decimal(1), "basis": PriceKind.NET, "currency": "PLN"}
    sound = DiscountEntry(kind, who, what, 7, 10, **(fixed if kind >= 11 else {"percent": Decimal(5)}))
    assert ruled(sound).content == sound
    other = next(shape for shape in SHAPES.values() if shape != (who, what))
    assert ruled(replace(sound, who=other[0], what=other[1])).content is None


@pytest.mark.parametrize("percent", ["-100", "100.01", "-101"])
def test_a_percent_out_of_range(percent):
    one = DiscountEntry(8, Who.ALL, What.PRODUCT, 0, 3, Decimal(percent))
    assert reasons(ruled(one)) == [Reason.DISCOUNT_UNUSABLE]


def test_a_discount_on_a_group_the_shop_does_not_have():
    one = DiscountEntry(7, Who.ALL, What.GROUP, 0, 99, Decimal(5))
    assert reasons(ruled(one)) == [Reason.DISCOUNT_GROUP_GONE]


def test_a_fixed_price_in_a_currency_the_shop_lacks():
    one = DiscountEntry(11, Who.ALL, What.PRODUCT, 0, 3, price=Decimal(1), basis=PriceKind.NET, currency="USD")
    assert reasons(ruled(one)) == [Reason.DISCOUNT_UNUSABLE]


def test_promotional_sets():
    part = SetPart(4, Decimal(1), "szt.")
    assert reasons(ruled(PromotionEntry("Z", "Zestaw", 3, ()))) == [Reason.PROMOTION_EMPTY]
    ruling = ruled(PromotionEntry("Z", "Zestaw", 3, (part,)), offered={3})
    assert ruling.content is not None
    assert ruling.findings == (Finding.of(Reason.PROMOTION_PART_UNPUBLISHED, product=4),)
    everything = (Finding.of(Reason.PROMOTION_PART_UNPUBLISHED, product=key) for key in (3, 4))
    assert ruled(PromotionEntry("Z", "Zestaw", 3, (part,))).findings == tuple(everything), "the main product too"


def test_stock_is_floored_and_a_total_is_summed_before():
    lines = (StockLine(1, Decimal(-3), Basis.AVAILABLE), StockLine(2, Decimal(5), Basis.AVAILABLE))
    assert [line.quantity for line in ruled(StocksEntry(lines)).content.lines] == [0, 5]
    total = replace(AROUND, shop=replace(SHOP, total_stock=True))
    assert ruled(StocksEntry(lines), total).content.lines == (StockLine(TOTAL, Decimal(2), Basis.AVAILABLE),)


def test_files():
    def link(file, **facts):
        return replace(FileLink(file, "v", FileRole.IMAGE, file, f"{file}.png", "image/png", 10), **facts)

    ruling = ruled(
        FilesEntry(
            (link(1, main=True), link(2, media_type="image/bmp"), link(3, size=101), link(4, main=True), link(5))
        )
    )
    assert [(one.file, one.position, one.main) for one in ruling.content.links] == [(1, 1, True), (4, 2, False)]
    assert reasons(ruling) == [Reason.FILE_TYPE, Reason.FILE_TOO_LARGE, Reason.FILES_TOO_MANY]


def test_customers():
    one = CustomerEntry(
        "K", True, ("Firma",), price_type=9, payment_form="8", logins=(Login("a@b"), Login("A@B"), Login("-"))
    )
    ruling = ruled(one)
    assert (ruling.content.company, ruling.content.price_type, ruling.content.payment_form) == (False, None, "")
    assert len(ruling.content.logins) == 1
    assert reasons(ruling) == [Reason.COMPANY_WITHOUT_NUMBER, Reason.CUSTOMER_PRICE_TYPE]


def test_how_far_a_run_goes():
    offer = frozenset({Part.CARD, Part.PRICE, Part.STOCK})
    assert list(reaches(offer | {Part.FILES, Part.CUSTOMERS}, SHOP, full=False)) == list(CONTENTS)
    full = reaches(offer | {Part.CUSTOMERS}, SHOP, full=True)
    assert full[Area.CUSTOMER] is Reach.DIFFERENTIAL
    assert full[Area.CUSTOMER_DISCOUNT] is Reach.FULL
    assert full[Area.PRODUCT].mode is Mode.FULL
    assert Area.FILES not in full
    assert reaches(frozenset({Part.STOCK}), SHOP, full=False) == {
        Area.WAREHOUSE: Reach.NEW,
        Area.STOCKS: Reach.DIFFERENTIAL,
    }
    poor = replace(SHOP, able=frozenset())
    assert not {Area.FILES, Area.PROMOTION} & reaches(offer | {Part.FILES}, poor, full=False).keys()
    assert refusal(frozenset({Part.STOCK}), full=True) is not None
    assert refusal(offer, full=True) is None
