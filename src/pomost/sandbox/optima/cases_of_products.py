"""Catalogue of the troublesome cases that one product card can carry, files apart, each with a sentence."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from pomost.sandbox.data.alter import sets
from pomost.sandbox.data.gtin import complete, mistyped
from pomost.sandbox.optima import groups
from pomost.sandbox.optima.cards import EXEMPT, SERVICE, UNTAXED, Card, Price, TraitValue
from pomost.sandbox.optima.company import B2B, FLAGS, NET, PURCHASE, RETAIL, SHOP, WHOLESALE
from pomost.sandbox.optima.pictures import pdf
from pomost.sandbox.optima.stock import Balance, now_in

GONE = 999_999
"""An id no row has."""
Change = Callable[[Card, int], Card]
_YEARS = 5 * 365
_LATER = datetime.fromisoformat("2031-01-01")


@dataclass(frozen=True, slots=True)
class ProductCase:
    """What is wrong, how it is done to a sound card, and on how many cards."""

    sentence: str
    change: Change
    count: int = 2


def _case(sentence: str, count: int = 2, **values: Any) -> ProductCase:
    return ProductCase(sentence, sets(**values), count)


def _trait(sentence: str, *traits: TraitValue) -> ProductCase:
    return _case(sentence, traits=traits)


def _stock(sentence: str, *balances: Balance) -> ProductCase:
    return _case(sentence, balances=balances)


def _without_own_code(card: Card, _number: int) -> Card:
    return replace(card, ean="", packs=(("zgrzewka", 6, 1),), pack_ean=card.ean)


def _wrong_code(card: Card, _number: int) -> Card:
    return replace(card, ean=mistyped(card.ean))


def _marked_up(card: Card, _number: int) -> Card:
    return replace(card, name=f'<b>{card.name}</b> & "spółka" \'; DROP TABLE')


def _lengthened(card: Card, _number: int) -> Card:
    return replace(card, name=f"{card.name} {'bardzo ' * 40}długa nazwa"[:255])


_AWKWARD = ["sok/1L 100%", "A'B", "ŻÓŁĆ ?&#", "..", "x" * 50, " 0012"]


def _renamed(card: Card, number: int) -> Card:
    return replace(card, code=_AWKWARD[number])


PUBLISHING: dict[str, ProductCase] = {
    "default_group_missing": _case("no default group, neither in the shop nor on the card", group=0),
    "default_group_root": _case("the default group is the root of the shop", group=groups.ROOT),
    "default_group_outside": _case("the default group is outside the shop's part of the tree", group=groups.PACKAGINGS),
    "default_group_gone": _case("the default group does not exist", group=groups.NOWHERE, member=False),
    "default_group_on_card_only": _case(
        "the shop's row names no group, the card does", shop_row={"Twes_TwGGIDNumer": 0}
    ),
    "in_group_unnamed": _case("the default group has no name", group=groups.UNNAMED),
    "in_group_orphan": _case("the group above the default one does not exist", group=groups.ORPHAN),
    "in_group_cycle": _case("the default group is part of a circle", group=[groups.CYCLE_A, groups.LOOP_B]),
    "in_group_own_parent": _case("the default group is inside itself", group=groups.OWN_PARENT),
    "in_group_too_deep": _case("the default group is very deep", group=groups.DEEPEST),
    "product_in_two_groups": _case("a member of a second group", more_groups=(groups.OFFERS,)),
    "member_missing": _case("not entered among the members of its default group", member=False),
    "availability_missing": _case("no availability status", availability=0),
    "availability_unknown": _case("an availability status the shop's list lacks", availability=99),
    "available_later": _case(
        "to be had from a day to come",
        shop_row={"Twes_ESklepDostepnyOd": 1, "Twes_ESklepDataDostepnosci": _LATER},
    ),
    "shop_row_missing": _case("ticked on the card in the old way, no row for any shop", shops=()),
    "other_shop_only": _case("published in the second shop alone", shops=(B2B,)),
    "both_shops": _case("published in two shops", shops=(SHOP, B2B)),
    "inactive": _case("published, sent, and inactive since", card_row={"Twr_NieAktywny": 1}),
    "withdrawn": _case("sent once, not published any more", shop_row={"Twes_Udostepnij": 0}),
    "never_sent": _case("published, not yet sent by Optima", shop_row={"Twes_SynchroUdostepnij": 0}),
    "stamp_missing": _case("no stamp for the shop", stamped=False),
    "service": _case("a service", kind=SERVICE),
    "complex_product": _case("a complex product", card_row={"Twr_Produkt": 1}),
    "reward": _case("a reward for loyalty points", flags=("Nagroda",), points=250, more_groups=(groups.GIFTS,)),
    "all_flags": _case(
        "every flag of the shop at once",
        flags=FLAGS,
    ),
}

PRICES: dict[str, ProductCase] = {
    "price_zero": _case("nought on every level", wholesale=Decimal(0)),
    "price_shop_level_missing": _case(
        "no price on the shop's level",
        prices=(Price(PURCHASE, Decimal("4.00")), Price(WHOLESALE, Decimal("5.00"))),
    ),
    "price_rows_missing": _case("no prices at all", prices=()),
    "price_other_currency": _case(
        "the shop's level is in another currency", prices=(Price(RETAIL, Decimal("9.90"), currency="EUR"),)
    ),
    "price_side_unknown": _case("neither net nor gross", prices=(Price(RETAIL, Decimal("9.90"), 0),)),
    "price_net_on_gross_level": _case("net on a level of gross prices", prices=(Price(RETAIL, Decimal("8.05"), NET),)),
    "price_four_places": _case(
        "four decimal places",
        prices=(Price(RETAIL, Decimal("0.8333")), Price(WHOLESALE, Decimal("0.6775"))),
        card_row={"Twr_CenaZCzteremaMiejscami": 1},
    ),
    "ask_for_price": _case("the price is told when asked for", shop_row={"Twes_ESklepZapytajOCene": 1}),
    "no_discount_card": _case("no discounts, said on the card", card_row={"Twr_BezRabatu": 1}),
    "no_discount_shop": _case("no discounts, said for the shop", shop_row={"Twes_ESklepBezRabatu": 1}),
    "vat_exempt": _case("exempt from VAT", vat=0, vat_kind=EXEMPT),
    "vat_untaxed": _case("not subject to VAT", vat=0, vat_kind=UNTAXED),
    "vat_zero": _case("rate 0", vat=0),
    "vat_old": _case("a rate of before 2011", vat=[22, 7]),
    "vat_kind_unknown": _case("an unknown kind of VAT", vat_kind=3),
    "vat_foreign": _case("rates of other countries", foreign_vat=(("DE", "19"), ("CZ", "21"), ("SK", "23"))),
}

CODES: dict[str, ProductCase] = {
    "ean_empty": _case("no EAN", 4, ean=""),
    "ean_blank": _case("the EAN is spaces", ean="   "),
    "ean_text": _case("words instead of an EAN", ean="BRAK KODU"),
    "ean_mistyped": ProductCase("an EAN with a wrong check digit", _wrong_code),
    "ean_on_pack_only": ProductCase("the only EAN is that of a pack", _without_own_code),
    "ean_shared": _case("two cards with one EAN", ean=complete("209000000999")),
    "code_awkward": ProductCase("an awkward code", _renamed, len(_AWKWARD)),
    "name_markup": ProductCase("a name with < > & and quotes", _marked_up),
    "name_long": ProductCase("a name of 255 letters", _lengthened),
    "name_blank": _case("the name is a space", name=" "),
    "text_default_language_missing": _case("texts in English alone", languages=("en",)),
    "text_missing": _case("no texts for the shop", languages=()),
    "text_unknown_language": _case("texts in a language nobody knows", text_row={"TwrJ_JezykID": 77}),
    "text_unsafe": _case(
        "a script in the description", text_row={"TwrJ_OpisHTML": "<p onclick='x()'>Opis</p><script>alert(1)</script>"}
    ),
    "text_long": _case(
        "a description of 60,000 letters", text_row={"TwrJ_OpisHTML": f"<p>{'Długi opis. ' * 5000}</p>"}
    ),
    "unit_blank": _case("no base unit", unit=""),
    "unit_ratio_zero": _case("a pack of nought", packs=[(("karton", 0, 1),), (("karton", 12, 0),)]),
    "unit_ratio_fraction": _case("a unit smaller than the base one", packs=(("porcja", 1, 3),)),
    "unit_same_as_base": _case("the base unit entered among the packs", packs=(("szt", 1, 1), ("karton", 12, 1))),
    "minimum": _case("a least quantity", card_row={"Twr_IloscMin": Decimal("2.5")}),
}

TRAITS: dict[str, ProductCase] = {
    "trait_unknown_format": _trait("an attribute of an unknown format", TraitValue("PALETA", "6 x 8")),
    "trait_number_wrong": _trait("a number that is none", TraitValue("POJEMNOSC", "ok. 5")),
    "trait_date_wrong": _trait("a day that never comes", TraitValue("TERMIN", "31.02.2026")),
    "trait_value_unlisted": _trait("a value its list lacks", TraitValue("KRAJ", "Bergamuty")),
    "trait_binary": _trait("a file as an attribute", TraitValue("KARTA", "karta.pdf", data=pdf("Karta produktu"))),
    "trait_binary_missing": _trait(
        "the attribute's file is gone", TraitValue("KARTA", "karta.pdf", row={"TwA_DABID": GONE})
    ),
    "trait_by_customer": _trait(
        "the value depends on the customer", TraitValue("NAZWA_KLIENTA", "", row={"TwA_Zalezny": 1})
    ),
    "trait_inactive": _trait("a definition out of use", TraitValue("SEZON", "Lato")),
    "trait_hidden": _trait("not meant for the shop", TraitValue("KRAJ", "Polska", row={"TwA_ESklep": 0})),
    "trait_hidden_definition": _trait("the definition is not meant for the shop", TraitValue("DOSTAWCA", "Hurt A")),
    "trait_languages": _trait(
        "one attribute in three languages",
        TraitValue("SKLAD", "woda, cukier"),
        TraitValue("SKLAD", "water, sugar", "en"),
        TraitValue("SKLAD", "Wasser, Zucker", "de"),
    ),
    "trait_blank": _trait("an attribute without a value", TraitValue("SKLAD", "")),
    "trait_twice": _trait("two values of one attribute", TraitValue("BIO", "Tak"), TraitValue("BIO", "Nie")),
}

STOCKS: dict[str, ProductCase] = {
    "stock_out_of_order": _stock(
        "the newest row was written first",
        Balance("MAGAZYN", 5, "40", "4"),
        Balance("MAGAZYN", 90, "700"),
        Balance("MAGAZYN", 30, "300", "9"),
        Balance("KRAKOW", 8, "11"),
        Balance("KRAKOW", 60, "99"),
    ),
    "stock_to_come": _stock("a row of a day to come", now_in("MAGAZYN", "12"), Balance("MAGAZYN", -_YEARS, "900")),
    "stock_undated": _stock("a row without a date", now_in("MAGAZYN", "12"), Balance("MAGAZYN", None, "900")),
    "stock_same_day": _stock(
        "two rows of one day", Balance("MAGAZYN", 4, "25", hour=15), Balance("MAGAZYN", 4, "60", hour=9)
    ),
    "stock_both_reservations": _stock("promised to orders and to service jobs", now_in("MAGAZYN", "20", "5", "3")),
    "stock_over_reserved": _stock("more promised than there is", now_in("MAGAZYN", "3", "8"), now_in("KRAKOW", "2")),
    "stock_negative": _stock("below nought", now_in("MAGAZYN", "-5")),
    "stock_negative_balanced": _stock(
        "below nought here, enough there", now_in("MAGAZYN", "-5"), now_in("KRAKOW", "10")
    ),
    "stock_fraction": _stock("a fraction of a piece", now_in("MAGAZYN", "30.5", "0.25"), now_in("KRAKOW", "7.1234")),
    "stock_zero": _stock("nothing anywhere", now_in("MAGAZYN", "0")),
    "stock_rows_missing": _stock("no rows of stock"),
    "stock_total_only": _stock("the company's total alone", Balance(None, 7, "50")),
    "stock_total_disagrees": _stock(
        "the total is not the sum", now_in("MAGAZYN", "10"), now_in("KRAKOW", "5"), Balance(None, 7, "99")
    ),
    "stock_elsewhere": _stock("only in a warehouse the shop does not use", now_in("ZWROTY", "48")),
    "stock_closed_warehouse": _stock("only in a closed warehouse", now_in("STARY", "48")),
    "stock_not_checked": _case(
        "sold whatever the stock", balances=(now_in("MAGAZYN", "0"),), shop_row={"Twes_ESklepNieKontrolujStanow": 1}
    ),
}

VARIANTS: dict[str, ProductCase] = {
    "variant_parent_gone": _case("a variant of a card that is gone", card_row={"Twr_ESklepFantomID": GONE}),
}

BY_PRODUCT = {**PUBLISHING, **PRICES, **CODES, **TRAITS, **STOCKS, **VARIANTS}
