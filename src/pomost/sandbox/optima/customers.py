"""Customers of the company: firms and consumers, with prices, discounts, logins and consents."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from pomost.sandbox.data.tax import tax_number
from pomost.sandbox.optima import tables_extras as extras
from pomost.sandbox.optima import tables_parties as parties
from pomost.sandbox.optima import tables_shop as shop
from pomost.sandbox.optima.books import Books, Row
from pomost.sandbox.optima.company import (
    CONSENTS,
    CUSTOMER,
    RETAIL,
    SHOP,
    TRAIT_IDS,
    WHOLESALE,
    WHOLESALE_2,
    Level,
)

ANONYMOUS = "!NIEOKREŚLONY!"
"""Code of the card that stands for whoever gave no name; it is never published."""
_GID = 7000
_LOGIN_FROM = 3
_FIRST_SHOP_ID = 80_000
_PERSON = 80


@dataclass(frozen=True, slots=True)
class Login:
    """A person who signs in to the shop."""

    email: str
    name: str = "Jan Kowalski"
    default: bool = True
    inactive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """One card; fields left alone are those of a careful clerk."""

    code: str
    name: str
    group: str = "HURT"
    nip: str = ""
    street: str = "Składowa"
    house: str = "1"
    flat: str = ""
    postcode: str = "00-950"
    city: str = "Warszawa"
    email: str = ""
    phone: str = ""
    person: bool = False
    published: bool = True
    level: Level | None = None
    """Price level in the first shop; None leaves the shop's own."""
    discount: Decimal = Decimal(0)
    logins: tuple[Login, ...] = ()
    consents: tuple[tuple[int, bool], ...] = ()
    """Numbers of the consents (see `CONSENTS`, from one) and whether they were given."""
    shop_id: int | None = None
    """The account in the shop, where it is known."""
    licence: str = ""
    row: Row = field(default_factory=dict)


def register(books: Books, customer: Customer) -> int:
    """Enter a customer with people, price level, consents and the tie to the shop's account."""
    key = books.next_id(parties.kontrahenci)
    random = books.random(customer.code)
    changed = books.days_ago(random.randint(3, 400), hour=11)
    row: Row = {
        "Knt_KntId": key,
        "Knt_PodmiotTyp": CUSTOMER,
        "Knt_Kod": customer.code,
        "Knt_Grupa": customer.group,
        "Knt_Nazwa1": customer.name[:50],
        "Knt_Nazwa2": customer.name[50:100],
        "Knt_Nazwa3": customer.name[100:350],
        "Knt_Kraj": "Polska",
        "Knt_KrajISO": "PL",
        "Knt_Ulica": customer.street,
        "Knt_NrDomu": customer.house,
        "Knt_NrLokalu": customer.flat,
        "Knt_Miasto": customer.city,
        "Knt_KodPocztowy": customer.postcode,
        "Knt_Poczta": customer.city,
        "Knt_NipE": customer.nip,
        "Knt_Nip": customer.nip,
        "Knt_Telefon1": customer.phone,
        "Knt_Email": customer.email,
        "Knt_Upust": customer.discount,
        "Knt_Ceny": (customer.level or WHOLESALE).key,
        "Knt_FplID": 1 if customer.person else 2,
        "Knt_Termin": 0 if customer.person else 14,
        "Knt_PodatekVat": int(not customer.person),
        "Knt_Finalny": int(customer.person),
        "Knt_Rodzaj_Odbiorca": 1,
        "Knt_GIDTyp": 32,
        "Knt_GIDNumer": key + _GID,
        "Knt_ESklep": int(customer.published),
        "Knt_TS_Zal": books.days_ago(random.randint(401, 2000), hour=11),
        "Knt_TS_Mod": changed,
    }
    books.add(parties.kontrahenci, **(row | customer.row))
    books.customers[customer.code] = key
    for login in customer.logins:
        books.add(parties.knt_osoby, **login_row(key, login, changed))
    if customer.level is not None:
        books.add(shop.knt_esklepy, KES_KntID=key, KES_eSklepID=SHOP, KES_TypCenyDomyslnej=customer.level.key)
    if customer.shop_id is not None:
        tie = {"ESK_KntOptimaID": key, "ESK_KnteSklepID": customer.shop_id, "ESK_eSklepID": SHOP}
        books.add(shop.esklep_knt_relacje, **tie)
    for place, (number, given) in enumerate(customer.consents):
        books.add(
            parties.podmiot_rejestracja_zgod,
            PRZ_PodmiotTyp=CUSTOMER,
            PRZ_PodmiotId=key,
            PRZ_RZEID=number,
            PRZ_Zgoda=int(given),
            PRZ_Data=changed + timedelta(minutes=place),
        )
    if customer.licence:
        trait = {"KnA_DeAId": TRAIT_IDS["KONCESJA"], "KnA_WartoscTxt": customer.licence}
        books.add(extras.knt_atrybuty, KnA_PodmiotTyp=CUSTOMER, KnA_PodmiotId=key, **trait)
    return key


def login_row(customer: int, login: Login, stamp: datetime) -> Row:
    return {
        "KnO_KntId": customer,
        "KnO_Nazwisko": login.name,
        "KnO_Email": login.email,
        "KnO_EmailESklep": login.email,
        "KnO_Domyslny": int(login.default),
        "KnO_Nieaktywny": int(login.inactive),
        "KnO_TS_Mod": stamp,
    }


_TRADES = ("Restauracja", "Bar", "Pizzeria", "Hotel", "Sklep spożywczy", "Kawiarnia", "Delikatesy", "Stołówka")
_NAMES = (
    "Pod Lipą",
    "Zielona",
    "U Zosi",
    "Familia",
    "Młyn",
    "Stara Kuźnia",
    "Na Rogu",
    "Pod Gwiazdami",
    "Żubr",
    "Łąka",
)
_FIRST = ("Anna", "Piotr", "Katarzyna", "Michał", "Agnieszka", "Łukasz", "Zofia", "Tomasz", "Wanda", "Grzegorz")
_LAST = ("Nowak", "Wiśniewska", "Wójcik", "Kamińska", "Dąbrowski", "Zając", "Król", "Pawłowska", "Żak", "Ślusarczyk")
_STREETS = ("Kwiatowa", "Lipowa", "Szkolna", "Krakowska", "Ogrodowa", "Słoneczna", "Żwirki i Wigury", "3 Maja", "Rynek")
_CITIES = (
    ("02-001", "Warszawa"),
    ("30-002", "Kraków"),
    ("90-006", "Łódź"),
    ("50-101", "Wrocław"),
    ("32-020", "Wieliczka"),
)
_GROUPS = ("HURT", "HURT", "GASTRO", "GASTRO", "SIECI", "DETAL", "VIP", "")


def everyday_customers(books: Books, count: int) -> None:
    """Ordinary customers: most are firms, many sign in to the shop, some have prices and discounts of their own."""
    for number in range(1, count + 1):
        register(books, _everyday(number, books.random("customer", number)))


def _everyday(number: int, random: Random) -> Customer:
    person = random.randrange(100) >= _PERSON
    first, last = random.choice(_FIRST), random.choice(_LAST)
    firm = f"{random.choice(_TRADES)} {random.choice(_NAMES)} {last}"
    postcode, city = random.choice(_CITIES)
    published = random.random() < 3 / 4
    logins = random.randint(1, 2) if published and number % _LOGIN_FROM else 0
    emails = [f"klient{number}.{place}@poczta.example" for place in range(logins)]
    return Customer(
        code=f"K{number:05}",
        name=f"{first} {last}" if person else firm,
        group="DETAL" if person else random.choice(_GROUPS),
        nip="" if person else tax_number(1000 + number),
        street=random.choice(_STREETS),
        house=str(random.randint(1, 140)),
        flat=str(random.randint(1, 40)) if person else "",
        postcode=postcode,
        city=city,
        email=f"klient{number}@poczta.example",
        phone=f"22 5{number % 100:02} {number // 100:02} 00",
        person=person,
        published=published,
        level=random.choice((None, RETAIL, WHOLESALE, WHOLESALE_2)) if published else None,
        discount=Decimal(random.choice((0, 0, 0, 2, 3, 5))),
        logins=tuple(Login(email, f"{first} {last}"[:40], default=place == 0) for place, email in enumerate(emails)),
        consents=tuple(
            (place, random.random() < 4 / 5)
            for place in range(1, len(CONSENTS) + 1)
            if emails and random.random() < 2 / 3
        ),
        shop_id=_FIRST_SHOP_ID + number if emails and random.random() < 1 / 2 else None,
        licence=f"A/{number}/2026" if not person and random.random() < 1 / 3 else "",
    )
