"""The sandbox company itself: its dictionaries, warehouses, price levels, groups of customers, connected shops."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pomost.sandbox.optima import tables_common as common
from pomost.sandbox.optima import tables_extras as extras
from pomost.sandbox.optima import tables_parties as parties
from pomost.sandbox.optima import tables_shop as shop
from pomost.sandbox.optima.books import Books, whole_seconds

SERVER = r"SERWER\OPTIMA"
COMPANY_DATABASE = "CDN_Hurtownia_Pod_Mostem"
CONFIGURATION_DATABASE = "CDN_KNF_Konfiguracja"
COMPANY_NAME = "Hurtownia Pod Mostem sp. z o.o."

SHOP, B2B, OLD_SHOP = 1, 2, 3
"""Ids of the connected shops (`ESS_ESSId`); the last one is inactive."""
NET, GROSS = 1, 2
"""Sides a price may be given on (`TwC_Typ`, `DfC_Typ`)."""
CUSTOMER_GROUPS = 31
"""Kind of the groups customers belong to (`Gru_Typ`)."""
CUSTOMER = 1
"""Kind of a subject that is a customer (`*_PodmiotTyp`)."""
ORDER, INVOICE, RECEIPT, DISPATCH = 308, 302, 305, 306
LANGUAGES = {"pl": 1, "en": 2, "de": 3}
"""Ids of languages (`*_JezykID`). Only 1 occurs in the documented defaults; the others are assumed."""


@dataclass(frozen=True, slots=True)
class Level:
    """A price level: `key` is its id, which prices name; `place` its number in the list, 1 for purchase prices."""

    key: int
    place: int
    name: str
    currency: str = "PLN"
    basis: int = NET
    inactive: bool = False


PURCHASE = Level(1, 1, "zakupu")
WHOLESALE = Level(2, 2, "hurtowa")
RETAIL = Level(3, 3, "detaliczna", basis=GROSS)
WHOLESALE_2 = Level(4, 4, "hurtowa 2")
# Somebody moved the leaflet down the list: from here on the id and the place differ.
EXPORT = Level(6, 5, "eksport", "EUR")
LEAFLET = Level(5, 6, "gazetka", basis=GROSS, inactive=True)
LEVELS = (PURCHASE, WHOLESALE, RETAIL, WHOLESALE_2, EXPORT, LEAFLET)

WAREHOUSES = {"MAGAZYN": 1, "SKLEP": 2, "KRAKOW": 3, "ZWROTY": 4, "CHLODNIA": 5}
"""Ids of the warehouses by symbol."""
CLOSED_WAREHOUSE = ("STARY", 6)
SHOP_WAREHOUSES = {SHOP: ("MAGAZYN", "KRAKOW", "CHLODNIA"), B2B: ("MAGAZYN",), OLD_SHOP: ("STARY",)}
"""Symbols of the warehouses each shop sends stock from; the first is the default."""
_WAREHOUSE_NAMES = ("Magazyn główny", "Sklep firmowy", "Oddział Kraków", "Zwroty i reklamacje", "Chłodnia")

CUSTOMER_GROUP_IDS = {"HURT": 1, "DETAL": 2, "GASTRO": 3, "SIECI": 4, "VIP": 5}
AVAILABLE = {"od ręki": 1, "24 godziny": 2, "3 dni": 3, "na zamówienie": 4}
"""Availability statuses (`Twes_ESklepDostepnosc`), 0 is none; the values are assumed."""
FLAGS = (
    "Nowosc",
    "Promocja",
    "ProduktzGazetki",
    "ProduktPolecany",
    "Wyprzedaz",
    "SuperJakosc",
    "SuperCena",
    "NajlepiejOceniany",
    "RekomendacjaSprzedawcy",
    "Nagroda",
)
"""Ends of the names of the columns `Twes_ESklepFlaga_*`."""
STOCK_ON_HAND, STOCK_AVAILABLE = 1, 2
"""What quantity is exported (`ESS_ExpZasoby`); the values are assumed."""

PRODUCT_TRAIT, CUSTOMER_TRAIT, DOCUMENT_TRAIT = 1, 2, 4
"""What an attribute describes (`DeA_Typ`)."""
TEXT, NUMBER, LIST, DATE, BINARY = 1, 2, 3, 4, 5
"""Formats of attributes (`DeA_Format`); only 5 is documented, the others are assumed."""
UNKNOWN_FORMAT = 9


@dataclass(frozen=True, slots=True)
class Trait:
    """Definition of an attribute."""

    code: str
    name: str
    form: int
    values: tuple[str, ...] = ()
    about: int = PRODUCT_TRAIT
    in_shop: bool = True
    inactive: bool = False


TRAITS = (
    Trait("KRAJ", "Kraj pochodzenia", LIST, ("Polska", "Niemcy", "Włochy", "Francja")),
    Trait("POJEMNOSC", "Pojemność [l]", NUMBER),
    Trait("SKLAD", "Skład", TEXT),
    Trait("TERMIN", "Najkrótszy termin ważności", DATE),
    Trait("KARTA", "Karta produktu", BINARY),
    Trait("SMAK", "Smak", LIST, ("malina", "cytryna", "mięta", "jabłko")),
    Trait("ROZMIAR", "Rozmiar opakowania", LIST, ("małe", "średnie", "duże")),
    Trait("BIO", "Ekologiczny", LIST, ("Tak", "Nie")),
    Trait("NAZWA_KLIENTA", "Nazwa u klienta", TEXT),
    Trait("PALETA", "Układ palety", UNKNOWN_FORMAT),
    Trait("DOSTAWCA", "Dostawca (wewnętrzny)", TEXT, in_shop=False),
    Trait("SEZON", "Sezon", LIST, ("Lato", "Zima"), inactive=True),
    Trait("KONCESJA", "Numer koncesji", TEXT, about=CUSTOMER_TRAIT),
    Trait("TRASA", "Trasa dostawy", LIST, ("Północ", "Południe"), about=CUSTOMER_TRAIT),
    Trait("GODZINA", "Godzina dostawy", LIST, ("rano", "po południu"), about=DOCUMENT_TRAIT),
)
TRAIT_IDS = {trait.code: number for number, trait in enumerate(TRAITS, 1)}
CONSENTS = (("REGULAMIN", 1), ("REGULAMIN", 2), ("NEWSLETTER", 1))
"""Codes and versions of the consents people give in the shop, in the order of their ids."""

_PAYMENTS = (
    ("gotówka", 1, 0),
    ("przelew 14 dni", 3, 14),
    ("karta", 4, 0),
    ("pobranie", 1, 0),
    ("przelew 30 dni", 3, 30),
    ("płatność online", 4, 0),
)
_SHOP_PAYMENTS = ((101, 6, "PayU", 1), (102, 4, "Płatność przy odbiorze", 0), (103, 2, "Przelew 14 dni", 0))
_DEFINITIONS = ((ORDER, "RO"), (INVOICE, "FS"), (RECEIPT, "PA"), (DISPATCH, "WZ"))
_EURO = Decimal("4.30")
_LAST_SYNC_DAYS = 2


def furnish(books: Books) -> None:
    """Everything a company has before its first product and customer; shops are connected by `connect_shops`."""
    system = {1: COMPANY_NAME, 3: "2026.5", 1001: SERVER, 1002: CONFIGURATION_DATABASE}
    books.add_all(common.system_cdn, ({"SYS_ID": key, "SYS_Wartosc": value} for key, value in system.items()))
    for kind, symbol in _DEFINITIONS:
        pattern = f"{symbol}/@numerS/@rejestr/{books.now.year}"
        books.add(common.dok_definicje, DDf_Klasa=kind, DDf_Symbol=symbol, DDf_Nazwa=symbol, DDf_Numeracja=pattern)
    stamp = {"Mag_TS_Mod": books.days_ago(900)}
    for (symbol, key), name in zip(WAREHOUSES.items(), _WAREHOUSE_NAMES, strict=True):
        books.add(common.magazyny, Mag_MagId=key, Mag_Symbol=symbol, Mag_Nazwa=name, **stamp)
    symbol, key = CLOSED_WAREHOUSE
    books.add(common.magazyny, Mag_MagId=key, Mag_Symbol=symbol, Mag_Nazwa="Stary magazyn", Mag_NieAktywny=1, **stamp)
    for level in LEVELS:
        books.add(
            common.def_ceny,
            DfC_DfCId=level.key,
            DfC_Lp=level.place,
            DfC_Nazwa=level.name,
            DfC_Waluta=level.currency,
            DfC_Typ=level.basis,
            DfC_Nieaktywna=int(level.inactive),
        )
    for name, kind, days in _PAYMENTS:
        books.add(common.formy_platnosci, FPl_Nazwa=name, FPl_Typ=kind, FPl_Termin=days)
    for name, key in CUSTOMER_GROUP_IDS.items():
        books.add(common.grupy, Gru_GruID=key, Gru_Typ=CUSTOMER_GROUPS, Gru_Nazwa=name)
    # Groups of other things may have the same names.
    books.add(common.grupy, Gru_Typ=11, Gru_Nazwa="VIP", Gru_Opis="Grupa środków trwałych")
    _define_traits(books)


def _define_traits(books: Books) -> None:
    for trait in TRAITS:
        key = books.add(
            extras.def_atrybuty,
            DeA_Typ=trait.about,
            DeA_Kod=trait.code,
            DeA_Nazwa=trait.name,
            DeA_Format=trait.form,
            DeA_ESklep=int(trait.in_shop),
            DeA_Nieaktywny=int(trait.inactive),
            DeA_TS_Mod=books.days_ago(700),
        )
        for place, value in enumerate(trait.values, 1):
            books.add(extras.def_atr_elem, DAE_DeAId=key, DAE_Wartosc=value, DAE_Lp=place)


def connect_shops(books: Books, *, delivery: int, roots: dict[int, int]) -> None:
    """Workstation configuration: three shops; `delivery` is the service for its cost, `roots` their root groups."""
    names = {SHOP: "Sklep Pod Mostem", B2B: "Pod Mostem B2B", OLD_SHOP: "Stary sklep"}
    level = {SHOP: RETAIL, B2B: WHOLESALE, OLD_SHOP: RETAIL}
    stock = {SHOP: STOCK_AVAILABLE, B2B: STOCK_ON_HAND, OLD_SHOP: STOCK_ON_HAND}
    for key, name in names.items():
        warehouses = [{**WAREHOUSES, **dict([CLOSED_WAREHOUSE])}[symbol] for symbol in SHOP_WAREHOUSES[key]]
        books.add(
            shop.esklep_stanowiska,
            ESS_ESSId=key,
            ESS_Nazwa=name,
            ESS_ASSerwer=f"https://sklep{key}.pod-mostem.example",
            ESS_Hash=f"{key:032x}",
            ESS_IdKlienta="1204477",
            ESS_IdISklep=4500 + key,
            ESS_DomyslnaWaluta="PLN",
            ESS_DomyslnyMagazyn=warehouses[0],
            ESS_ExpZasoby=stock[key],
            ESS_TwGNumer=roots[key],
            ESS_SchematNumeracjiRO=1,
            ESS_SchematNumeracjiROSeria="ESKL",
            ESS_ExpGrup=1,
            ESS_NrCeny=level[key].key,
            ESS_NrCenyDomyslnej=level[key].key,
            ESS_EsklepCena0=1,
            ESS_ExpCennik=1,
            ESS_KosztPrzesylki=delivery,
            ESS_KntSprawdzNIP=1,
            ESS_KntSprawdzEMail=1,
            ESS_KntGrupa="DETAL",
            ESS_FakturaPDF=1,
            ESS_PomijajKosztyDostawyZeroweParagon=1,
            ESS_Nieaktywny=int(key == OLD_SHOP),
            **_cursors(books),
        )
        for place, warehouse in enumerate(warehouses):
            books.add(shop.esklep_magazyny, ESM_MagId=warehouse, ESM_ESSId=key, ESM_Domyslny=int(place == 0))
        books.add(shop.esklep_waluty, ESW_ESSId=key, ESW_Waluta="PLN", ESW_ZKonfig=1)
        if key == SHOP:
            books.add(shop.esklep_waluty, ESW_ESSId=key, ESW_Waluta="EUR", ESW_KursL=_EURO)
        for their, ours, payment, online in _SHOP_PAYMENTS:
            books.add(
                shop.esklep_formy_platnosci,
                ESF_ESSId=key,
                ESF_IGFPlId=their,
                ESF_FPlId=ours,
                ESF_Nazwa=payment,
                ESF_Aktywna=1,
                ESF_PlatOnline=online,
            )
        for number, (code, version) in enumerate(CONSENTS, 1):
            if key == SHOP:
                text = f"Zgoda: {code.lower()}, wersja {version}."
                row: dict[str, Any] = {"RZE_RZEID": number, "RZE_eSklepID": key, "RZE_Kod": code}
                books.add(parties.rejestracja_zgod_tresc_esklepy, **row, RZE_Wersja=version, RZE_Tresc=text)


def _cursors(books: Books) -> dict[str, int]:
    """Optima's own cursors after its last synchronisation; the unit is assumed to be the one of the group stamps."""
    last = whole_seconds(books.days_ago(_LAST_SYNC_DAYS, hour=22))
    areas = ("", "Twr", "Knt", "Grup", "ZestawyTwr", "KntOptima", "Bin")
    both = {f"ESS_TS_Synchro{area}{end}": last for area in areas for end in ("", "Potw")}
    return {**both, "ESS_TS_SynchroSlowniki": last}
