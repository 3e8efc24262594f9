"""Product cards before they are written: what somebody entered into each, and the rows that come of it."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from pomost.sandbox.data.draw import draw
from pomost.sandbox.optima import groups, pictures
from pomost.sandbox.optima import tables_extras as extras
from pomost.sandbox.optima import tables_goods as goods
from pomost.sandbox.optima import tables_shop as shop
from pomost.sandbox.optima.books import Books, Row
from pomost.sandbox.optima.company import (
    EXPORT,
    LANGUAGES,
    PURCHASE,
    RETAIL,
    SHOP,
    TRAIT_IDS,
    WHOLESALE,
    WHOLESALE_2,
    Level,
)
from pomost.sandbox.optima.stock import Balance, drawn_balances, stock_rows
from pomost.sandbox.optima.texts import description, text_row

GOODS, SERVICE = 1, 0
"""Kinds of cards (`Twr_Typ`)."""
TAXED, EXEMPT, UNTAXED = 2, 1, 4
"""Kinds of VAT (`Twr_Flaga`)."""
PRODUCT_GID = 5000
"""A card's second identity (`Twr_GIDNumer`) is its id and this: memberships of groups join by it."""
_CENT = Decimal("0.01")
_EURO = Decimal("4.30")


@dataclass(frozen=True, slots=True)
class Price:
    """A price as it was entered: on the side of its level unless said otherwise."""

    level: Level
    value: Decimal
    basis: int | None = None
    points: int = 0
    currency: str = ""
    """Empty for the currency of the level."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a product; `row` and `link` override columns of the bytes and of the link to them."""

    name: str
    data: bytes | None
    alt: str = ""
    row: Row = field(default_factory=dict)
    link: Row = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TraitValue:
    """An attribute of a product."""

    code: str
    value: str
    language: str = "pl"
    data: bytes | None = None
    row: Row = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One product card; fields left alone are what a careful clerk would enter."""

    code: str
    name: str
    ean: str = ""
    kind: int = GOODS
    theme: str = "Spożywcze"
    """What the goods are, as the assortment calls it: it chooses the words written about them."""
    group: int = groups.BY_KIND["Spożywcze"]
    more_groups: tuple[int, ...] = ()
    member: bool = True
    """Whether the card is also entered among the members of its default group, as it should be."""
    unit: str = "szt"
    packs: tuple[tuple[str, int, int], ...] = ()
    """More units with numerator and denominator, each offered in the shop too; the first has a code of its own."""
    pack_ean: str = ""
    vat: int = 23
    vat_kind: int = TAXED
    foreign_vat: tuple[tuple[str, str], ...] = ()
    wholesale: Decimal | None = None
    """Net price all the levels are counted from; None draws one."""
    prices: tuple[Price, ...] | None = None
    """All the prices, one by one, instead of those counted."""
    points: int = 0
    cents: tuple[int, int] = (199, 1999)
    shops: tuple[int, ...] = (SHOP,)
    published: bool = True
    stamped: bool = True
    """Whether the card has a row of `TwrTSModEsklep`."""
    availability: int = 1
    flags: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("pl",)
    traits: tuple[TraitValue, ...] = ()
    files: tuple[File, ...] = ()
    variant_of: str = ""
    substitutes: tuple[str, ...] = ()
    balances: tuple[Balance, ...] | None = None
    """Dated balances, in the order they are written; None draws some."""
    card_row: Row = field(default_factory=dict)
    shop_row: Row = field(default_factory=dict)
    text_row: Row = field(default_factory=dict)


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)


def counted_prices(card: Card, random: Random) -> tuple[Price, ...]:
    """Prices of every active level, counted from the wholesale one."""
    net = card.wholesale if card.wholesale is not None else Decimal(random.randint(*card.cents)) / 100
    gross = cents(net * Decimal("1.25") * (100 + card.vat) / 100)
    prices = [
        Price(PURCHASE, cents(net * Decimal("0.80"))),
        Price(WHOLESALE, net, points=card.points),
        Price(RETAIL, gross, points=card.points),
        Price(WHOLESALE_2, cents(net * Decimal("0.95"))),
    ]
    if random.random() < 1 / 3:
        prices.append(Price(EXPORT, cents(net / _EURO)))
    return tuple(prices)


def enter(books: Books, card: Card) -> int:
    """Write one card with everything that hangs on it; cards it names must have been written before."""
    random = books.random(card.code)
    key = _card_row(books, card, random)
    books.products[card.code] = key
    if card.member and card.group:
        groups.join(books, card.group, card.code, card.name, number=key + PRODUCT_GID)
    for group in card.more_groups:
        groups.join(books, group, card.code, card.name, number=key + PRODUCT_GID)
    for one in card.shops:
        _shop_row(books, card, key, one)
    prices = card.prices if card.prices is not None else counted_prices(card, random)
    for price in prices:
        books.add(goods.twr_ceny, **price_row(key, price))
    _units_and_codes(books, card, key)
    _texts(books, card, key)
    _traits(books, card, key)
    for place, file in enumerate(card.files, 1):
        attach(books, key, file, place)
    for place, code in enumerate(card.substitutes, 1):
        books.add(goods.zamienniki, ZAM_TwrId=key, ZAM_ZamTwrId=books.products[code], ZAM_Lp=place)
    if card.kind == GOODS:
        balances = card.balances if card.balances is not None else drawn_balances(random)
        net = next((price.value for price in prices if price.level is PURCHASE), Decimal(0))
        books.add_all(goods.twr_ilosci, stock_rows(books, key, balances, net, totals=card.balances is None))
    return key


def _card_row(books: Books, card: Card, random: Random) -> int:
    entered = books.days_ago(random.randint(240, 1400), hour=random.randint(7, 17))
    changed = books.days_ago(random.randint(3, 239), hour=random.randint(7, 17))
    unit, numerator, denominator = card.packs[0] if card.packs else ("", 1, 1)
    key = books.next_id(goods.towary)
    row: Row = {
        "Twr_TwrId": key,
        "Twr_Typ": card.kind,
        "Twr_Kod": card.code,
        "Twr_NumerKat": f"K-{key:06}",
        "Twr_SWW": f"10.{key % 90 + 10}.{key % 9 + 1}",
        "Twr_EAN": card.ean,
        "Twr_Nazwa": card.name,
        "Twr_Opis": description(card.name, card.theme),
        "Twr_TwGGIDNumer": card.group,
        "Twr_JM": card.unit,
        "Twr_JMZ": unit,
        "Twr_JMPrzelicznikL": numerator,
        "Twr_JMPrzelicznikM": denominator,
        "Twr_JMCalkowite": int(card.unit == "szt"),
        "Twr_TwCNumer": WHOLESALE.key,
        "Twr_Stawka": card.vat,
        "Twr_Flaga": card.vat_kind,
        "Twr_ESklep": int(card.published),
        "Twr_PrdID": 1 + random.randrange(PRODUCERS),
        "Twr_WagaKG": Decimal(random.randint(5, 3000)) / 1000,
        "Twr_ESklepFantomID": books.products[card.variant_of] if card.variant_of else None,
        "Twr_GIDTyp": groups.MEMBER,
        "Twr_GIDNumer": key + PRODUCT_GID,
        "Twr_TS_Zal": entered,
        "Twr_TS_Mod": changed,
    }
    row["Twr_MrkID"] = row["Twr_PrdID"]
    books.add(goods.towary, **(row | card.card_row))
    if card.stamped:
        books.add(goods.twr_ts_mod_esklep, TwTS_TwrId=key, TwTS_TS_ModESklep=changed)
    return key


PRODUCERS = 40
"""Producers are numbered from one, each with one brand of the same number."""


def _shop_row(books: Books, card: Card, key: int, shop_key: int) -> None:
    row: Row = {
        "Twes_ESklepId": shop_key,
        "Twes_TwrID": key,
        "Twes_Udostepnij": int(card.published),
        "Twes_SynchroUdostepnij": int(card.published),
        "Twes_ESklepStatus": 1,
        "Twes_ESklepDostepnosc": card.availability,
        "Twes_TwGGIDNumer": card.group,
        **{f"Twes_ESklepFlaga_{flag}": 1 for flag in card.flags},
    }
    books.add(shop.twr_esklep, **(row | card.shop_row))


def price_row(key: int, price: Price) -> Row:
    return {
        "TwC_TwrID": key,
        "TwC_TwCNumer": price.level.key,
        "TwC_Typ": price.level.basis if price.basis is None else price.basis,
        "TwC_Wartosc": price.value,
        "TwC_Waluta": price.currency or price.level.currency,
        "TwC_Punkty": price.points,
    }


def _units_and_codes(books: Books, card: Card, key: int) -> None:
    """Each pack is entered once for the ERP and once for every shop that sells in it."""
    for shop_key in (0, *card.shops):
        for place, (unit, numerator, denominator) in enumerate(card.packs, 1):
            books.add(
                goods.twr_jmz,
                TwJZ_TwrID=key,
                TwJZ_JM=unit,
                TwJZ_JMPrzelicznikL=numerator,
                TwJZ_JMPrzelicznikM=denominator,
                TwJZ_eSklepID=shop_key,
                TwJZ_Lp=place,
            )
    if card.ean:
        books.add(goods.twr_ean, TwE_TwrID=key, TwE_EAN=card.ean, TwE_Domyslny=1, TwE_JM=card.unit)
    if card.pack_ean:
        books.add(goods.twr_ean, TwE_TwrID=key, TwE_EAN=card.pack_ean, TwE_JM=card.packs[0][0])
    for country, rate in card.foreign_vat:
        row = {"TwV_TwrID": key, "TwV_KodKraju": country, "TwV_Stawka": Decimal(rate), "TwV_Flaga": TAXED}
        books.add(goods.twr_stawki_vat, **row)


def _texts(books: Books, card: Card, key: int) -> None:
    for shop_key in card.shops:
        for language in card.languages if shop_key == SHOP else card.languages[:1]:
            row = text_row(card.code, card.name, card.theme, language)
            whose = {"TwrJ_TwrID": key, "TwrJ_eSklepID": shop_key}
            books.add(goods.twr_jezyk_obcy, **(whose | row | card.text_row))


def _traits(books: Books, card: Card, key: int) -> None:
    for place, trait in enumerate(card.traits, 1):
        row: Row = {
            "TwA_DeAId": TRAIT_IDS[trait.code],
            "TwA_TwrId": key,
            "TwA_ESklep": 1,
            "TwA_WartoscTxt": trait.value,
            "TwA_DABID": None,
            "TwA_JezykId": LANGUAGES[trait.language],
            "TwA_Lp": place,
        }
        if trait.data is not None:
            row["TwA_DABID"] = store(books, File(trait.value, trait.data))
        books.add(extras.twr_atrybuty, **(row | trait.row))


def store(books: Books, file: File) -> int:
    """Put the bytes of a file into the database."""
    stem, _, extension = file.name.rpartition(".")
    row: Row = {
        "DAB_Wartosc": file.data,
        "DAB_Rozmiar": None if file.data is None else len(file.data),
        "DAB_NazwaPliku": file.name,
        "DAB_Nazwa": stem[:128],
        "DAB_Rozszerzenie": extension[:4],
        "DAB_TS_Mod": books.days_ago(60, hour=12),
    }
    return books.add(extras.dane_binarne, **(row | file.row))


def attach(books: Books, key: int, file: File, place: int) -> None:
    """Link a file to a product and mark it for the shop; a link that names its bytes needs none of its own."""
    stored = None if "DBL_DabId" in file.link else store(books, file)
    row: Row = {
        "DBL_TwrID": key,
        "DBL_Lp": place,
        "DBL_NazwaPliku": file.name,
        "DBL_Sciezka": "",
        "DBL_WBazie": 1,
        "DBL_DabId": stored,
        "DBL_ESklep": 1,
        "DBL_TagAlt": file.alt,
    }
    books.add(extras.dane_binarne_linki, **(row | file.link))


def picture(card: Card, number: int) -> File:
    """A picture of the product, JPEG and PNG in turn."""
    extension = ("jpg", "png")[number % 2]
    background = draw(card.theme, f"picture {number}")
    data = pictures.noted(f"{card.theme} {number}", background, extension, f"{card.code} {card.name}")
    return File(f"{card.code.lower()}-{number}.{extension}", data, alt=card.name)
