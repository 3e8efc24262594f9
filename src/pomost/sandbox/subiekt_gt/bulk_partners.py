"""Large lists of customers for measurements: hundreds of thousands of cards, and the shop's entries that match some."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from pomost.sandbox.data.tax import tax_number
from pomost.sandbox.subiekt_gt.company import CORRESPONDENCE, DELIVERY, SEAT

_CHUNK = 20_000
_STREETS = ("Kwiatowa", "Lipowa", "Szkolna", "Krakowska", "Ogrodowa", "Słoneczna", "Żwirki i Wigury", "Nowy Świat")
_CITIES = ("Warszawa", "Kraków", "Łódź", "Gdańsk", "Wieliczka", "Pruszków", "Świdnik", "Zamość", "Żary")
_SHARING = 20
"""Every so many cards one is a branch office: it shares the tax number of the card before it."""
_MOST = 400_000
"""Beyond so many cards tax numbers would repeat; the numbers of strangers begin here."""
_BRANCH_TRAITS = (1, 2)
_PREFIXED = 2
_GROUPS = (1, 2, 3, 4)

_CARD = (
    'INSERT INTO "kh__Kontrahent" ("kh_Id", "kh_Symbol", "kh_IdGrupa", "kh_IdBranza", "kh_KlientSklepuInternetowego",'
    ' "kh_Zablokowany") VALUES (?, ?, ?, ?, 1, ?)'
)
_PLACE = (
    'INSERT INTO "adr__Ewid" ("adr_Id", "adr_IdObiektu", "adr_TypAdresu", "adr_Nazwa", "adr_NIP", "adr_Miejscowosc",'
    ' "adr_Ulica", "adr_NrDomu", "adr_Kod") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'
)
_TRAIT = 'INSERT INTO "kh_CechaKh" ("ck_Id", "ck_IdKhnt", "ck_IdCecha") VALUES (?, ?, ?)'


def fill_partners(path: str | Path, partners: int) -> None:
    """Put so many customers into a company that has none: each with three rows of addresses and a branch's trait."""
    if partners > _MOST:
        raise ValueError(f"at most {_MOST} customers, not {partners}")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        numbers = iter(range(1, partners + 1))
        while chunk := list(islice(numbers, _CHUNK)):
            connection.execute("BEGIN")
            connection.executemany(_CARD, map(_card, chunk))
            connection.executemany(_PLACE, (row for number in chunk for row in _places(number)))
            connection.executemany(_TRAIT, ((number, number, _BRANCH_TRAITS[number % 2]) for number in chunk))
            connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=WAL")


def bulk_buyers(buyers: int, partners: int) -> Iterator[dict[str, Any]]:
    """The shop's entries: eight in ten are a card's, one writes "ul." before its street, one is nobody's."""
    step = max(partners // buyers, 1)
    for number in range(1, buyers + 1):
        card = (number * step - 1) % partners + 1
        nip, city, street, house = _place(card)
        kind = number % 10
        if kind == 0:
            nip = tax_number(_MOST + number)
        yield {
            "id": f"cu{number:06}",
            "nip": nip,
            "city": city.upper() if kind == 1 else city,
            "street": f"ul. {street}" if kind == _PREFIXED else street,
            "house_number": house,
        }


def _card(number: int) -> tuple[Any, ...]:
    industry = number % 3 + 1 if number % 5 else None
    return number, f"KB{number:07}", _GROUPS[number % 4], industry, number % 997 == 0


def _place(number: int) -> tuple[str, str, str, str]:
    """Tax number, city, street and house number of a card."""
    owner = number - 1 if number % _SHARING == 0 else number
    street, city = _STREETS[number % len(_STREETS)], _CITIES[number // len(_STREETS) % len(_CITIES)]
    return tax_number(owner), city, street, str(number % 250 + 1)


def _places(number: int) -> Iterator[tuple[Any, ...]]:
    nip, city, street, house = _place(number)
    # As people type them: plain, with dashes, with the country before it.
    typed = (nip, f"{nip[:3]}-{nip[3:6]}-{nip[6:8]}-{nip[8:]}", f"PL{nip}")[number % 3]
    first = 1000 + 3 * number
    yield first, number, SEAT, f"Firma {number}", typed, city, street, house, "00-001"
    for place, kind in enumerate((CORRESPONDENCE, DELIVERY), 1):
        yield first + place, number, kind, "", "", "", "", "", ""
