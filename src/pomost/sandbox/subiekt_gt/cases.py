"""Catalogue of the troublesome cases that one product card can carry, each with a sentence."""

from decimal import Decimal

from pomost.sandbox.data.alter import sets
from pomost.sandbox.subiekt_gt.company import MSTORE, MSTORE_AGAIN, MSTORE_OTHERWISE
from pomost.sandbox.subiekt_gt.trouble import (
    Case,
    in_packs,
    main_only,
    offers,
    with_code_among_the_others,
    with_mistyped_code,
)

_SIX = ("PU", 6)

# The rules are those of resolving the sales unit: A when the own field names a unit, B when only the base unit speaks.
# Cases which need rare packs stand first, because the cards are handed out in this order.
UNITS: dict[str, Case] = {
    "unit_a8_crate": Case(
        "base unit is a crate by the dictionary, the own fields choose between two sizes",
        in_packs("CR", "transport.", sales_unit="CR", multiplier="20"),
        offers(("CR", 20), CR=2),
        3,
    ),
    "unit_b3_crate": Case(
        "base unit Skrzynka, two sizes of it in the shop", in_packs("CR", "Skrzynka"), offers(CR=2), 3
    ),
    "unit_b6_crate": Case("dictionary unit, two crates in the shop", in_packs("CR", "transport."), offers(CR=2), 3),
    "unit_a7_keg": Case(
        "own field names a keg, one size in the shop",
        sets(sales_unit=["B", "Keg", "BK"]),
        offers(B=1),
        3,
    ),
    "unit_b4_crate": Case("dictionary unit, one crate in the shop", in_packs("CR", "transport."), offers(CR=1)),
    "unit_b2_no_piece": Case("base unit is a piece, the shop sells packs only", sets(unit="szt."), offers(piece=False)),
    "unit_b8": Case(
        "unknown base unit, the shop sells packs only", sets(unit=["butelka", "puszka"]), offers(piece=False)
    ),
    "unit_a5": Case(
        "own field names a unit of two sizes, no multiplier", sets(sales_unit=["PU", "Zgrzewka"]), offers(PU=2)
    ),
    "unit_a6_of_two": Case(
        "two sizes, the multiplier chooses", sets(sales_unit="PU", multiplier=["12", "6"]), offers(_SIX, ("PU", 12))
    ),
    "unit_b6": Case("dictionary unit, two sizes in the shop", in_packs("PU", "opak. zb."), offers(PU=2)),
    "unit_a9": Case(
        "base unit and own field are different packs",
        in_packs("CT", "Karton", "karton", "transport.", sales_unit=["PU", "PCE", "PU"], multiplier=["6", "", ""]),
        offers(_SIX, PU=1),
        6,
    ),
    "unit_a8": Case(
        "base unit is the pack itself, the own fields only choose",
        in_packs("PU", "Zgrzewka", "opak. zb.", "PU", sales_unit="PU", multiplier=["6", "6", ""]),
        offers(_SIX, PU=1),
        6,
    ),
    "unit_a7": Case(
        "own field names a unit of one size, no multiplier",
        sets(unit=["szt.", "butelka", "flaszka"], sales_unit=["PU", "Zgrzewka"]),
        offers(PU=1),
        6,
    ),
    "unit_a6": Case(
        "own fields name a pack the shop has",
        sets(unit=["szt.", "butelka", "flaszka", "sztuka"], sales_unit=["PU", "Zgrzewka"], multiplier="6"),
        offers(_SIX, PU=1),
        8,
    ),
    "unit_a1": Case(
        "own field names a unit nobody knows",
        sets(sales_unit=["Paleta", "zgrzewka", "opak. zb.", "Zgrzewka 6 szt."], multiplier="6"),
        offers(_SIX, PU=1),
    ),
    "unit_a2": Case(
        "multiplier is not a number above zero",
        sets(sales_unit="PU", multiplier=["6 szt.", "sześć", "0", "-6"]),
        offers(_SIX, PU=1),
    ),
    "unit_a4": Case(
        "the shop has the unit, not this size",
        sets(sales_unit=["PU", "PCE", "PU", "Zgrzewka"], multiplier=["8", "6", "5,5", "24"]),
        offers(_SIX, PU=1),
    ),
    "multiplier_with_word": Case(
        "multiplier '6 szt.'", sets(sales_unit="PU", multiplier="6 szt."), offers(_SIX, PU=1), 3
    ),
    "multiplier_in_words": Case("multiplier 'sześć'", sets(sales_unit="PU", multiplier="sześć"), offers(_SIX, PU=1), 3),
    "multiplier_zero": Case("multiplier '0'", sets(sales_unit="PU", multiplier="0"), offers(_SIX, PU=1), 3),
    "multiplier_decimal": Case(
        "multiplier '6,0', '6.00', '06'", sets(sales_unit="PU", multiplier=["6,0", "6.00", "06"]), offers(_SIX, PU=1), 3
    ),
    "multiplier_spaces": Case("multiplier ' 6 '", sets(sales_unit="PU", multiplier=" 6 "), offers(_SIX, PU=1), 3),
    "unit_field_spaces": Case("own field '  PU '", sets(sales_unit="  PU ", multiplier="6"), offers(_SIX, PU=1), 3),
    "unit_b4": Case("dictionary unit, one size in the shop", in_packs("PU", "opak. zb."), offers(PU=1)),
    "unit_b4_piece": Case("dictionary unit that means a piece", sets(unit="flaszka"), offers()),
    "price_long": Case(
        "net price 0.8333, sold by six", sets(sales_unit="PU", multiplier="6", price="0.8333"), offers(_SIX, PU=1)
    ),
    "stock_below_pack": Case(
        "five pieces, sold by six", sets(sales_unit="PU", multiplier="6", stocks=main_only("5")), offers(_SIX, PU=1)
    ),
    "unit_a3": Case(
        "the shop has no pack of the named type",
        sets(sales_unit=["CR", "Skrzynka"], multiplier=["", "20"]),
        offers(CR=0),
    ),
    "unit_b1": Case(
        "base unit is a pack of one size in the shop", in_packs("CT", "Karton", "karton", "CT"), offers(CT=1), 6
    ),
    "unit_b1_piece": Case("other spellings of a piece", sets(unit=["szt", "SZT.", "sztuka", "PCE"]), offers()),
    "unit_b2": Case("base unit Karton, the shop has none of this product", in_packs("CT", "Karton"), offers(CT=0)),
    "unit_b3": Case("base unit Karton, two sizes of it in the shop", in_packs("CT", "Karton"), offers(CT=2)),
    "unit_b5": Case("dictionary unit, none of its type in the shop", in_packs("PU", "opak. zb."), offers(PU=0)),
    "unit_b7": Case(
        "unknown base unit, the shop sells pieces", sets(unit=["butelka", "puszka", "worek", "kg"]), offers(), 8
    ),
    "unit_z0": Case("no base unit", sets(unit=["", "  "]), offers()),
    "multiplier_alone": Case("a multiplier without a unit", sets(multiplier="6"), offers()),
}

CODES: dict[str, Case] = {
    "ean_missing": Case("no code", sets(ean=""), offers(), 6),
    "ean_blank": Case("the code is spaces", sets(ean="   "), offers(), 2),
    "ean_additional_only": Case("the code stands among the additional ones", with_code_among_the_others, offers()),
    "ean_mistyped": Case("wrong check digit, unknown to the shop", with_mistyped_code, offers()),
}

PRICES: dict[str, Case] = {
    "price_null": Case("wholesale levels are NULL", sets(price=None), offers()),
    "price_zero": Case("wholesale levels are zero", sets(price="0"), offers()),
    "price_shop_level_null": Case("only the level Mstore is NULL", sets(shop_level_blank=True), offers()),
    "price_row_missing": Case("no row of prices", sets(without_prices=True), offers()),
    "vat_null": Case("no VAT rate", sets(vat=None), offers()),
    "vat_unlisted": Case("a VAT rate of long ago", sets(vat=["22", "7"]), offers()),
    "vat_0": Case("rate 0", sets(vat="0"), offers()),
    "vat_zw": Case("exempt", sets(vat="zw"), offers()),
    "vat_np": Case("untaxed", sets(vat="np"), offers()),
    "vat_oo": Case("reverse charge", sets(vat="oo"), offers()),
}

STOCKS: dict[str, Case] = {
    "stock_negative": Case("below zero", sets(stocks=[main_only("-5"), main_only("-0.5")]), offers()),
    "stock_negative_balanced": Case(
        "below zero here, enough there", sets(stocks=(("-5", "0"), ("10", "0"), ("0", "0"))), offers()
    ),
    "stock_fractional": Case("a fraction", sets(stocks=(("30.5", "0"), ("0.25", "0"), ("7.1234", "1.1"))), offers()),
    "stock_over_reserved": Case(
        "more reserved than there is", sets(stocks=(("3", "8"), ("2", "0"), ("0", "0"))), offers()
    ),
    "stock_zero": Case("nothing anywhere", sets(stocks=main_only("0")), offers()),
    "stock_elsewhere": Case("only in Kraków", sets(stocks=(("0", "0"), ("0", "0"), ("48", "0"))), offers()),
    "stock_rows_missing": Case("no rows of stock", sets(stocks=()), offers()),
}

FIELDS: dict[str, Case] = {
    "minimum_given": Case(
        "a sound minimum",
        sets(own_fields=[{"pwd_Liczba01": 2}, {"pwd_Liczba01": 12}], minimum_text=["2", "12"]),
        offers(),
    ),
    "minimum_fraction": Case(
        "minimum 2,5", sets(own_fields={"pwd_Kwota01": Decimal("2.5")}, minimum_text="2,5"), offers()
    ),
    "minimum_zero": Case(
        "minimum zero or less",
        sets(
            own_fields=[
                {"pwd_Liczba01": 0, "pwd_Kwota01": Decimal(0)},
                {"pwd_Liczba01": -1, "pwd_Kwota01": Decimal(-1)},
            ],
            minimum_text=["0", "-1"],
        ),
        offers(),
    ),
    "minimum_blank": Case(
        "a row of own fields without a minimum", sets(own_fields={}, minimum_text=[" ", ""]), offers()
    ),
    "minimum_word": Case("minimum in words", sets(minimum_text=["dwa", "2 szt."]), offers()),
    "field_dictionary": Case(
        "own field of a dictionary", sets(own_fields=[{"pwd_Fk01": 1}, {"pwd_Fk01": 2}, {"pwd_Fk01": 3}]), offers(), 6
    ),
    "field_dictionary_lost": Case("own field names a vanished value", sets(own_fields={"pwd_Fk01": 99}), offers(), 2),
    "field_flag": Case(
        "own field is a flag", sets(own_fields=[{"pwd_Flaga01": True}, {"pwd_Flaga01": False}]), offers()
    ),
    "more_units": Case(
        "additional units on the card", sets(more_units=(("zgrzewka", 6), ("paleta", 480))), offers(), 12
    ),
    "more_codes": Case(
        "additional codes on the card",
        sets(more_codes=[(("2000000000015", 6),), (("12345", 1), ("ABC-1", 24))]),
        offers(),
    ),
}

CARDS: dict[str, Case] = {
    "card_blocked": Case("blocked", sets(blocked=True), offers(), 12),
    "card_deleted": Case("marked as deleted", sets(deleted=True), offers()),
    "card_not_for_internet": Case("not meant for internet shops", sets(in_shop=False), offers(), 20),
    "trait_twice": Case("the trait given twice", sets(traits=(MSTORE, MSTORE)), offers()),
    "trait_double": Case("only the double of the same name", sets(traits=(MSTORE_AGAIN,)), offers()),
    "trait_and_double": Case("the trait and its double", sets(traits=(MSTORE, MSTORE_AGAIN)), offers()),
    "trait_other_spelling": Case("only the trait spelt otherwise", sets(traits=(MSTORE_OTHERWISE,)), offers()),
    "symbol_awkward": Case(
        "an awkward symbol",
        sets(symbol=["sok/1L", "00123", "ŻÓŁĆ 1", "dwadzieścia-znaków-1", "a'b", "1,5"]),
        offers(),
        6,
    ),
}

BY_CARD = {**UNITS, **CODES, **PRICES, **STOCKS, **FIELDS, **CARDS}
