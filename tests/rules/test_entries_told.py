"""What is said of an entry, fact by fact, and what exactly the shop is to hold of it."""

from dataclasses import replace
from datetime import date
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
    PriceTypeEntry,
    WarehouseEntry,
    Wording,
)
from pomost.model.entry import Reading
from pomost.model.offer import PriceKind
from pomost.model.reason import Finding, Reason
from pomost.model.trade import DiscountEntry, PriceLine, PricesEntry, PromotionEntry, SetPart, What, Who
from pomost.rules.entries import Ruling, Surroundings, group_named, products_named, root_of
from tests.rules.assortment import AROUND, NAME, PRODUCT, SHOP, ruled

EARLIER = Finding.of(Reason.TEXT_BROKEN)
"""What the reader of the ERP said of the entry before any rule was asked."""
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


def refused(reason, **facts):
    return Ruling(None, (Finding.of(reason, **facts),))


# --- every entry


def test_what_could_not_be_read_is_told_by_the_reader_or_else_called_unreadable():
    assert ruled(None) == refused(Reason.ENTRY_UNREADABLE)
    assert ruled(None, findings=(EARLIER,)) == Ruling(None, (EARLIER,))


@pytest.mark.parametrize(
    "content",
    [PriceTypeEntry(1, "Detal", PriceKind.GROSS, "PLN"), WarehouseEntry("MAG", "Magazyn")],
    ids=["price type", "warehouse"],
)
def test_a_dictionary_goes_as_it_is(content):
    assert ruled(content, findings=(EARLIER,)) == Ruling(content, (EARLIER,))


@pytest.mark.parametrize(
    ("content", "products", "group"),
    [
        (replace(PRODUCT, variant_of=8), {8}, 10),
        (PRODUCT, set(), 10),
        (replace(PRODUCT, default_group=0), set(), None),
        (replace(PRODUCT, default_group=None), set(), None),
        (
            PromotionEntry("Z", "Zestaw", 3, (SetPart(4, Decimal(1), "szt."), SetPart(5, Decimal(2), "szt."))),
            {3, 4, 5},
            None,
        ),
        (DiscountEntry(7, Who.ALL, What.GROUP, 0, 20, Decimal(5)), set(), 20),
        (DiscountEntry(8, Who.ALL, What.PRODUCT, 0, 21, Decimal(5)), set(), None),
        (WarehouseEntry("MAG", "Magazyn"), set(), None),
        (None, set(), None),
    ],
)
def test_what_an_entry_cannot_do_without(content, products, group):
    assert products_named(content) == products
    assert group_named(content) == group


def test_the_root_of_a_shop_is_the_group_that_hangs_on_none():
    def read(key, content):
        return Reading(key, "label", content, bytes(16))

    below, root = read(10, GroupEntry("G", 1, NAME)), read(1, GroupEntry("ROOT", None, NAME))
    assert root_of([below, root]) == 1
    assert root_of([read(7, None), read(8, WarehouseEntry("MAG", "Magazyn")), below]) is None
    assert root_of([]) is None


def test_a_group_is_there_where_somebody_looked_and_found_it():
    assert AROUND.has_group(10)
    assert not AROUND.has_group(11), "it is astray"
    assert not Surroundings(SHOP).has_group(10), "nobody looked"
    assert [AROUND.group_name(key) for key in (10, 98)] == ["Napoje", "#98"]


@pytest.mark.parametrize(
    ("erp_root", "told"),
    [(None, ()), (1, ()), (5, (Finding.of(Reason.ROOT_GROUP_DIFFERS, shop=1, erp=5),))],
)
def test_the_root_of_the_erp_has_to_be_the_one_of_the_shop(erp_root, told):
    assert replace(AROUND, erp_root=erp_root).other_root == told


def test_an_attribute_of_an_unknown_format_is_told_by_its_code():
    entry = AttributeEntry("KOLOR", "Barwa", AttributeSubject.PRODUCT, AttributeFormat.UNKNOWN)
    assert ruled(entry) == refused(Reason.ATTRIBUTE_FORMAT, attribute="KOLOR")
    sound = replace(entry, format=AttributeFormat.LIST)
    assert ruled(sound) == Ruling(sound)


# --- groups


@pytest.mark.parametrize(
    ("key", "texts", "ruling"),
    [
        (10, (), refused(Reason.GROUP_UNNAMED, language="pl")),
        (10, (Wording("en", "Drinks"),), refused(Reason.GROUP_UNNAMED, language="pl")),
        (11, NAME, refused(Reason.GROUP_TOO_DEEP, group="Głęboka")),
        (99, NAME, refused(Reason.GROUP_OUT_OF_TREE, group="Magazyn", path="Magazyn")),
        (12, NAME, refused(Reason.GROUP_OUT_OF_TREE, group="#12", path="#12")),
    ],
)
def test_a_group_that_cannot_be_shown_is_told_by_name(key, texts, ruling):
    assert ruled(GroupEntry("G", 1, texts), key=key) == ruling


def test_a_sound_group_keeps_its_place_its_texts_and_attributes_of_products():
    entry = GroupEntry(
        "G",
        1,
        (Wording("pl", "Napoje"), Wording("de", "Getränke"), Wording("en", "Drinks")),
        attributes=(AttributeValue("KOLOR", "zielony"), AttributeValue("SMAK", "cytryna")),
    )
    told = (Finding.of(Reason.ATTRIBUTE_LEFT_OUT, attribute="SMAK"),)
    held = replace(entry, texts=(entry.texts[0], entry.texts[2]), attributes=entry.attributes[:1])
    assert ruled(entry, key=10) == Ruling(held, told)
    assert ruled(entry, key=1) == Ruling(replace(held, parent=None), told), "the root hangs on none"
    unseen = replace(AROUND, groups=None)
    assert ruled(entry, unseen, key=12) == Ruling(held, told), "nobody looked at the tree"


# --- products


@pytest.mark.parametrize(
    ("facts", "reason", "said"),
    [
        ({"base_unit": ""}, Reason.UNIT_BASE_MISSING, {}),
        ({"default_group": None}, Reason.DEFAULT_GROUP_MISSING, {}),
        ({"default_group": 1}, Reason.DEFAULT_GROUP_IS_ROOT, {}),
        ({"default_group": 98}, Reason.DEFAULT_GROUP_OUTSIDE, {"group": "#98"}),
        ({"availability": ""}, Reason.AVAILABILITY_MISSING, {}),
        ({"availability": "7"}, Reason.AVAILABILITY_UNKNOWN, {"status": "7"}),
        ({"texts": ()}, Reason.PRODUCT_UNNAMED, {"language": "pl"}),
        ({"variant_of": 9}, Reason.VARIANT_PARENT_MISSING, {"parent": 9}),
        ({"variant_of": 8}, Reason.VARIANT_WITHOUT_ATTRIBUTES, {}),
        (
            {"variant_of": 8, "variant_attributes": ("ROZMIAR", "KOLOR")},
            Reason.VARIANT_ATTRIBUTES_DIFFER,
            {"own": "KOLOR, ROZMIAR", "theirs": "MODEL, ROZMIAR"},
        ),
        (
            {"variant_of": 7, "variant_attributes": ("KOLOR",)},
            Reason.VARIANT_ATTRIBUTES_DIFFER,
            {"own": "KOLOR", "theirs": "-"},
        ),
    ],
)
def test_what_keeps_a_product_back_is_told_with_its_facts(facts, reason, said):
    offered = {8: frozenset({"ROZMIAR", "MODEL"}), 7: frozenset()}
    assert ruled(replace(PRODUCT, **facts), offered=offered) == refused(reason, **said)


def test_faults_come_in_their_order_and_before_what_the_reader_said():
    one = replace(PRODUCT, base_unit="", default_group=0, availability="7", texts=(), variant_of=9)
    assert ruled(one, findings=(EARLIER,)) == Ruling(
        None,
        (
            Finding.of(Reason.UNIT_BASE_MISSING),
            Finding.of(Reason.DEFAULT_GROUP_MISSING),
            Finding.of(Reason.AVAILABILITY_UNKNOWN, status="7"),
            Finding.of(Reason.PRODUCT_UNNAMED, language="pl"),
            Finding.of(Reason.VARIANT_PARENT_MISSING, parent=9),
            EARLIER,
        ),
    )


def test_a_variant_is_told_apart_by_attributes_the_shop_knows_alone():
    one = replace(PRODUCT, variant_of=8, variant_attributes=("MODEL", "KOLOR"))
    assert ruled(one, offered={8: frozenset({"KOLOR"})}) == Ruling(replace(one, variant_attributes=("KOLOR",)))


def test_units_that_count_nothing_are_left_out_by_their_symbol():
    units = (
        PackUnit("para", Decimal(2), Decimal(1)),
        PackUnit("pół", Decimal(1), Decimal(2)),
        PackUnit("bez", Decimal(1), Decimal(0)),
        PackUnit("zero", Decimal(0), Decimal(1)),
        PackUnit("wstecz", Decimal(1), Decimal(-1)),
    )
    eans = (Barcode("590", "para"), Barcode("591", "bez"), Barcode("592", "szt."), Barcode("593"))
    one = replace(PRODUCT, units=units, eans=eans)
    assert ruled(one, findings=(EARLIER,)) == Ruling(
        replace(one, units=units[:2], eans=(eans[0], Barcode("591"), *eans[2:])),
        (EARLIER, *(Finding.of(Reason.PACK_UNIT_UNUSABLE, unit=symbol) for symbol in ("bez", "zero", "wstecz"))),
    )


def test_values_of_attributes_the_shop_takes():
    values = (
        AttributeValue("KOLOR", "zielony", language="pl"),
        AttributeValue("KOLOR", "green", language="en"),
        AttributeValue("KOLOR", "grün", language="de"),
        AttributeValue("KOLOR", ""),
        AttributeValue("ROZMIAR", "XL"),
        AttributeValue("ROZMIAR", "karta", file=3),
        AttributeValue("SMAK", "cytryna"),
        AttributeValue("SMAK", "mięta"),
    )
    one = replace(PRODUCT, attributes=values)
    told = tuple(Finding.of(Reason.ATTRIBUTE_LEFT_OUT, attribute=code) for code in ("ROZMIAR", "SMAK"))
    assert ruled(one) == Ruling(replace(one, attributes=(*values[:2], values[4])), told)
    few = replace(AROUND, shop=replace(SHOP, attributes_per_product=2))
    assert ruled(one, few) == Ruling(replace(one, attributes=values[:2]), told), "so many a product, no more"


# --- prices


def price(value, price_type=2, currency="PLN"):
    return PriceLine(price_type, Decimal(value), PriceKind.NET, currency)


NO_PRICE = Finding.of(Reason.PRODUCT_HAS_NO_PRICE, price_type=2)


def negative(value, level):
    return Finding.of(Reason.PRICE_NEGATIVE, level=level, price=value)


def left_out(price_type, currency):
    return Finding.of(Reason.PRICE_LINE_LEFT_OUT, price_type=price_type, currency=currency)


@pytest.mark.parametrize(
    ("lines", "kept", "told"),
    [
        ([price("5")], 1, [EARLIER]),
        ([price("0.01")], 1, [EARLIER]),
        ([price("0")], 1, [EARLIER, Finding.of(Reason.PRICE_ZERO, price_type=2)]),
        ([price("5"), price("0", 3)], 1, [EARLIER, left_out(3, "PLN")]),
        ([price("5"), price("0.50", 3)], 1, [EARLIER, left_out(3, "PLN")]),
        ([price("5"), price("-0.50", 3, "EUR")], 1, [EARLIER, negative("-0.50", 3)]),
        ([], None, [NO_PRICE, EARLIER]),
        ([price("0", currency="EUR")], None, [NO_PRICE, EARLIER, left_out(2, "EUR")]),
        ([price("0.50", currency="EUR")], None, [NO_PRICE, EARLIER, left_out(2, "EUR")]),
        ([price("4", 3), price("-1")], None, [negative("-1", 2), NO_PRICE, EARLIER, left_out(3, "PLN")]),
    ],
)
def test_prices_are_told_by_type_currency_and_value(lines, kept, told):
    """Decision table 8.24: a negative price is called by its name; the reason nothing can be sold is said first."""
    held = None if kept is None else PricesEntry(tuple(lines[:kept]))
    assert ruled(PricesEntry(tuple(lines)), findings=(EARLIER,)) == Ruling(held, tuple(told))


# --- discounts

PERCENT = DiscountEntry(8, Who.ALL, What.PRODUCT, 0, 3, Decimal(5))
FIXED = DiscountEntry(11, Who.ALL, What.PRODUCT, 0, 3, price=Decimal(4), basis=PriceKind.NET, currency="PLN")


@pytest.mark.parametrize(
    ("one", "facts", "wrong"),
    [
        (PERCENT, {"type": 9}, ["type"]),
        (PERCENT, {"who": Who.CUSTOMER}, ["type"]),
        (PERCENT, {"valid_from": LAST, "valid_to": FIRST}, ["dates"]),
        (PERCENT, {"percent": None}, ["percent"]),
        (PERCENT, {"percent": Decimal("100.01")}, ["percent"]),
        (PERCENT, {"percent": Decimal(-100)}, ["percent"]),
        (FIXED, {"price": None}, ["price"]),
        (FIXED, {"price": Decimal("-0.01")}, ["price"]),
        (FIXED, {"basis": None}, ["price"]),
        (FIXED, {"currency": "USD"}, ["currency"]),
        (
            FIXED,
            {"what": What.GROUP, "valid_from": LAST, "valid_to": FIRST, "price": None, "currency": ""},
            ["type", "dates", "price", "currency"],
        ),
    ],
)
def test_a_discount_nobody_can_use_is_told_by_what_is_wrong(one, facts, wrong):
    told = tuple(Finding.of(Reason.DISCOUNT_UNUSABLE, what=name) for name in wrong)
    assert ruled(replace(one, **facts)) == Ruling(None, told)


@pytest.mark.parametrize(
    ("one", "facts"),
    [
        (PERCENT, {"percent": Decimal(100)}),
        (PERCENT, {"percent": Decimal("-99.99")}),
        (PERCENT, {"percent": Decimal(0)}),
        (PERCENT, {"valid_from": FIRST}),
        (PERCENT, {"valid_to": LAST}),
        (PERCENT, {"valid_from": FIRST, "valid_to": FIRST}),
        (PERCENT, {"valid_from": FIRST, "valid_to": LAST}),
        (FIXED, {"price": Decimal(0)}),
        (FIXED, {"price": Decimal("0.50")}),
        (PERCENT, {"type": 7, "what": What.GROUP, "what_key": 10}),
        (PERCENT, {"type": 7, "what": What.GROUP, "what_key": 1}),
    ],
)
def test_a_sound_discount_goes_as_it_is(one, facts):
    entry = replace(one, **facts)
    assert ruled(entry) == Ruling(entry)


def test_a_percent_takes_no_price_along_nor_a_fixed_price_a_percent():
    priced = replace(PERCENT, price=Decimal(4), basis=PriceKind.NET, currency="PLN", shop_percent=Decimal(3))
    assert ruled(priced) == Ruling(replace(PERCENT, shop_percent=Decimal(3)))
    percented = replace(FIXED, percent=Decimal(5), shop_percent=Decimal(3))
    assert ruled(percented) == Ruling(FIXED)


# --- promotional sets

PARTS = (SetPart(4, Decimal("0.5"), "szt."), SetPart(6, Decimal(0), "szt."), SetPart(5, Decimal(1), "szt."))
SET = PromotionEntry("Z", "Zestaw", 3, PARTS)


@pytest.mark.parametrize(
    ("first", "last", "sound"),
    [
        (None, None, True),
        (FIRST, None, True),
        (None, LAST, True),
        (FIRST, FIRST, True),
        (FIRST, LAST, True),
        (LAST, FIRST, False),
    ],
)
def test_a_set_ends_no_sooner_than_it_begins(first, last, sound):
    one = replace(SET, parts=PARTS[:1], valid_from=first, valid_to=last)
    assert ruled(one, offered={3, 4}) == (Ruling(one) if sound else refused(Reason.PROMOTION_DATES))


def test_a_set_has_the_parts_there_is_something_of():
    assert ruled(replace(SET, parts=PARTS[1:2])) == refused(Reason.PROMOTION_EMPTY)
    assert ruled(SET, offered={3, 4, 5, 6}) == Ruling(replace(SET, parts=(PARTS[0], PARTS[2])))


# --- customers

CUSTOMER = CustomerEntry("K", company=True, names=("Firma",), nip="5223145123")
CUSTOMER_AROUND = replace(
    AROUND,
    shop=replace(SHOP, payment_forms=frozenset({"1"})),
    attributes=AROUND.attributes | {(AttributeSubject.CUSTOMER, "BRANŻA")},
)


@pytest.mark.parametrize(
    ("facts", "held", "told"),
    [
        ({}, {}, []),
        ({"company": False}, {}, []),
        ({"company": False, "nip": ""}, {}, []),
        ({"nip": ""}, {"company": False}, [Finding.of(Reason.COMPANY_WITHOUT_NUMBER)]),
        ({"price_type": 2}, {}, []),
        ({"price_type": 9}, {"price_type": None}, [Finding.of(Reason.CUSTOMER_PRICE_TYPE, price_type=9)]),
        ({"payment_form": "1"}, {}, []),
        ({"payment_form": "8"}, {"payment_form": ""}, []),
        (
            {"logins": (Login("a@b", "Ala"), Login("nikt"), Login("A@B", "Ola"), Login("c@d", "Jan"))},
            {"logins": (Login("A@B", "Ola"), Login("c@d", "Jan"))},
            [],
        ),
        (
            {"attributes": (AttributeValue("BRANŻA", "budowlana"), AttributeValue("KOLOR", "zielony"))},
            {"attributes": (AttributeValue("BRANŻA", "budowlana"),)},
            [Finding.of(Reason.ATTRIBUTE_LEFT_OUT, attribute="KOLOR")],
        ),
    ],
)
def test_what_the_shop_holds_of_a_customer(facts, held, told):
    one = replace(CUSTOMER, **facts)
    assert ruled(one, CUSTOMER_AROUND) == Ruling(replace(one, **held), tuple(told))
