"""Product cards before they are written: what somebody typed into each."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from pomost.sandbox.data.assortment import Pack
from pomost.sandbox.subiekt_gt.columns import PLACES
from pomost.sandbox.subiekt_gt.company import GROUPS, MSTORE, PRICE_LEVELS, PRODUCT, VAT_IDS, WAREHOUSES, rate

GOODS, SERVICE, PACKAGING, SET, FEE = 1, 2, 4, 8, 16
"""Kinds of cards (`tw_Rodzaj`)."""
_NAME, _DESCRIPTION = 50, 255
_CENT = Decimal("0.01")
_EURO = Decimal("4.30")
_PURCHASE, _RETAIL, _SHOP = Decimal("0.80"), Decimal("1.25"), Decimal("0.97")

Row = dict[str, Any]
Stocks = tuple[tuple[str, str], ...]
"""On hand and reserved in each warehouse, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One product card; fields left alone are what a careful clerk would enter."""

    symbol: str
    name: str
    ean: str = ""
    kind: int = GOODS
    group: str = "Podstawowa"
    unit: str = "szt."
    vat: str | None = "23"
    sales_unit: str = ""
    multiplier: str = ""
    minimum_text: str = ""
    traits: tuple[int, ...] = (MSTORE,)
    in_shop: bool = True
    blocked: bool = False
    deleted: bool = False
    own_fields: Row | None = None
    """Values of the extended own fields; None leaves the card without a row of them."""
    price: str | None = ""
    """Net price of the levels two to four; empty draws one, None leaves the levels blank."""
    shop_level_blank: bool = False
    without_prices: bool = False
    stocks: Stocks | None = None
    """None draws some; an empty tuple leaves the card without rows of stock."""
    more_units: tuple[Pack, ...] = ()
    more_codes: tuple[tuple[str, int], ...] = ()
    components: tuple[tuple[str, str], ...] = ()
    """Symbol and quantity of each component of a set."""
    prices: tuple[int, int] = (199, 1999)
    """Lowest and highest price of a piece, in grosze."""
    pieces: int = 1
    """How many pieces the base unit holds; the price and the stock are for the base unit."""
    packs: tuple[Pack, ...] = field(default=(), repr=False)


def in_code_page(text: str) -> str:
    """What a column of code page 1250 keeps: foreign accents fall off, foreign letters become question marks."""
    return "".join(map(_kept, text))


def _kept(letter: str) -> str:
    for candidate in (letter, unicodedata.normalize("NFKD", letter)[0]):
        if len(candidate.encode("cp1250", "ignore")) == 1:
            return candidate
    return "?"


def product_row(card: Card, key: int) -> Row:
    name = in_code_page(card.name)
    vat = VAT_IDS[card.vat] if card.vat is not None else None
    return {
        "tw_Id": key,
        "tw_Zablokowany": card.blocked,
        "tw_Rodzaj": card.kind,
        "tw_Symbol": card.symbol,
        "tw_Nazwa": name[:_NAME].rstrip(),
        "tw_Opis": name[:_DESCRIPTION] if len(name) > _NAME else "",
        "tw_IdVatSp": vat,
        "tw_IdVatZak": vat,
        "tw_JednMiary": card.unit,
        "tw_JednMiarySprz": card.unit,
        "tw_PodstKodKresk": card.ean,
        "tw_IdGrupa": GROUPS[card.group],
        "tw_SklepInternet": card.in_shop,
        "tw_Pole1": card.sales_unit,
        "tw_Pole2": card.multiplier,
        "tw_Pole3": card.minimum_text,
        "tw_Usuniety": card.deleted,
    }


def four_places(amount: Decimal) -> Decimal:
    return amount.quantize(PLACES, ROUND_HALF_UP)


def with_vat(net: Decimal, vat: str | None) -> Decimal:
    return four_places(net * (100 + rate(vat or "0")) / 100)


def price_row(card: Card, key: int, random: Random) -> Row:
    """One row of prices: the retail level is counted from a round gross price, the others from net."""
    drawn = Decimal(random.randint(*card.prices)) / 100 * card.pieces
    row: Row = {"tc_Id": key, "tc_IdTowar": key}
    gross = (drawn * _RETAIL * (100 + rate(card.vat or "0")) / 100).quantize(_CENT, ROUND_HALF_UP)
    levels: dict[int, Decimal | None] = {0: four_places(drawn * _PURCHASE), 1: None, 2: None, 3: None, 4: None}
    if card.price is not None:
        wholesale = Decimal(card.price or drawn)
        shop = wholesale if card.price else (wholesale * _SHOP).quantize(_CENT, ROUND_HALF_UP)
        levels |= {2: wholesale, 3: shop, 4: four_places(wholesale / _EURO)}
    if card.shop_level_blank:
        levels[3] = None
    for level, net in levels.items():
        row[f"tc_CenaNetto{level}"] = net
        row[f"tc_CenaBrutto{level}"] = None if net is None else with_vat(net, card.vat)
    row["tc_CenaNetto1"] = four_places(gross * 100 / (100 + rate(card.vat or "0")))
    row["tc_CenaBrutto1"] = gross
    # A level nobody ever filled is blank on one card and zero on the next.
    row["tc_CenaNetto5"] = row["tc_CenaBrutto5"] = random.choice((None, Decimal(0)))
    row["tc_IdWaluta4"] = PRICE_LEVELS[4][1]
    return row


def stock_rows(card: Card, key: int, random: Random) -> list[Row]:
    stocks = card.stocks
    if stocks is None:
        stocks = _nothing() if card.kind not in (GOODS, PACKAGING) else tuple(_drawn(card, random))
    return [
        {"st_TowId": key, "st_MagId": warehouse, "st_Stan": Decimal(on_hand), "st_StanRez": Decimal(reserved)}
        for warehouse, (on_hand, reserved) in zip(WAREHOUSES.values(), stocks, strict=False)
    ]


def _nothing() -> Stocks:
    return (("0", "0"),) * len(WAREHOUSES)


def _drawn(card: Card, random: Random) -> Iterable[tuple[str, str]]:
    """A well-filled main warehouse, less in the others, some of it promised to somebody."""
    for share in (1, 3, 2):
        on_hand = (
            random.randint(24, 900) // share // min(card.pieces, 24) if share == 1 or random.random() > 1 / 3 else 0
        )
        reserved = random.randint(0, on_hand // 4) if on_hand and random.random() > 1 / 2 else 0
        yield str(on_hand), str(reserved)


def own_field_row(card: Card, key: int) -> Row:
    values: Row = {
        "pwd_Liczba01": None,
        "pwd_Tekst01": None,
        "pwd_Fk01": None,
        "pwd_Flaga01": None,
        "pwd_Kwota01": None,
    }
    return {"pwd_Id": key, "pwd_TypObiektu": PRODUCT, "pwd_IdObiektu": key, **values, **(card.own_fields or {})}
