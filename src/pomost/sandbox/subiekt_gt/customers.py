"""Customers of the sandbox company, with the ways people write tax numbers and addresses."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from pomost.sandbox.data.tax import tax_number
from pomost.sandbox.subiekt_gt import tables_parties as parties
from pomost.sandbox.subiekt_gt.company import CORRESPONDENCE, DELIVERY, SEAT, whole_address, write

_FIRST_ADDRESS = 101
_CHANGED = datetime.fromisoformat("2026-01-10T08:00:00")
_EMPTY = {"adr_Nazwa": "", "adr_NazwaPelna": "", "adr_Ulica": "", "adr_NrDomu": "", "adr_NrLokalu": "", "adr_Adres": ""}
_EMPTY |= {"adr_Kod": "", "adr_Miejscowosc": "", "adr_NIP": "", "adr_Symbol": "", "adr_Telefon": ""}

Row = dict[str, Any]
Typed = tuple[str, str, str, str, str, str, str, str, tuple[int, ...], Row]


_A, _B, _C, _D = (tax_number(number) for number in (1, 2, 3, 4))
_E, _F, _G, _H = (tax_number(number) for number in (5, 6, 7, 8))

# Symbol, name, tax number as typed, street, house, flat, code, city, traits, and what else is set on the card.
_TROUBLED: tuple[Typed, ...] = (
    (
        "BAR-LUNA",
        "Bar Luna",
        f"{_A[:3]}-{_A[3:6]}-{_A[6:8]}-{_A[8:]}",
        "Długa",
        "7",
        "",
        "00-238",
        "Warszawa",
        (1,),
        {},
    ),
    ("BAR-LUNA-2", "Bar Luna 2", _A, "Długa", "19", "2", "00-238", "Warszawa", (1, 2), {}),
    ("BAR-LUNA-3", "Bar Luna 3", f"PL{_A}", "Nowy Świat", "4", "", "00-400", "Warszawa", (1,), {}),
    ("HOTEL-X", "Hotel X", f"PL {_B}", "Rynek 3", "", "", "31-000", "Kraków", (2,), {}),
    ("HOTEL-Y", "Hotel Y", f" {_C} ", "ul. Floriańska", "15", "", "31-019", "Kraków", (2,), {}),
    ("SKLEP-1", "Sklep U Zosi", f"{_D[:3]} {_D[3:6]} {_D[6:]}", "PLAC WOLNOŚCI,", "", "", "90-001", "ŁÓDŹ", (1,), {}),
    ("SKLEP-2", "Sklep U Zosi filia", _D, "PLAC WOLNOŚCI,", "", "", "90-001", "ŁÓDŹ", (1,), {}),
    (
        "SKLEP-3",
        "Delikatesy",
        f"{_E[:-1]}{(int(_E[-1]) + 1) % 10}",
        "Jutrzenki",
        "116",
        "",
        "02-230",
        "Warszawa",
        (),
        {},
    ),
    ("SKLEP-4", "Sklep bez NIP", "", "Polna", "1", "", "05-800", "Pruszków", (1,), {}),
    ("SKLEP-5", "Sklep z NIP w uwagach", "brak", "Polna", "2", "", "05-800", "Pruszków", (1,), {"kh_Uwagi": _F}),
    ("MNICHOWO", "Gospodarstwo Mnichowo", _F, "", "132", "", "62-200", "Mnichowo", (1,), {}),
    ("LODZ", "Bistro Lodz", _G, "Piotrkowska", "1", "", "90-006", "Lodz", (1,), {}),
    ("*" * 20, "Dane usunięte", _H, "", "", "", "", "", (), {}),
    ("BLOK", "Restauracja zamknięta", _H, "Wąska", "3", "", "00-001", "Warszawa", (1,), {"kh_Zablokowany": True}),
    ("JEDNORAZ", "Klient jednorazowy", _G, "Cicha", "8", "", "00-002", "Warszawa", (), {"kh_Jednorazowy": True}),
    ("OSOBA", "Jan Nowak", "", "Leśna", "5", "11", "05-500", "Piaseczno", (4,), {"kh_Osoba": True, "kh_Imie": "Jan"}),
    ("NIE-SKLEP", "Kawiarnia stacjonarna", _E, "Mała", "9", "", "00-003", "Warszawa", (1,), {"shop": False}),
)
_KINDS = ("Restauracja", "Bar", "Pizzeria", "Hotel", "Sklep", "Kawiarnia")
_STREETS = ("Kwiatowa", "Lipowa", "Szkolna", "Krakowska", "Ogrodowa", "Słoneczna", "Żwirki i Wigury")
_CITIES = (
    ("02-001", "Warszawa", 1),
    ("30-002", "Kraków", 2),
    ("05-077", "Warszawa-Wesoła", 1),
    ("32-020", "Wieliczka", 2),
)
_ORDINARY = 30


_BUYING = ("BAR-LUNA", "BAR-LUNA-3", "HOTEL-Y", "KH0001", "KH0002", "KH0004")
_STRANGER: Typed = ("", "Kawiarnia Nowa", tax_number(900), "Wiosenna", "12", "", "00-510", "Warszawa", (), {})


def shop_customers() -> list[dict[str, Any]]:
    """Some of the company's customers as a shop lists them, in the end one the company does not know."""
    known = [one for one in (*_TROUBLED, *_ordinary()) if one[0] in _BUYING]
    fields = ("name", "nip", "street", "house_number", "flat_number", "postal_code", "city")
    listed = [dict(zip(fields, one[1:8], strict=True)) for one in (*known, _STRANGER)]
    return [one | {"nip": "".join(filter(str.isdigit, one["nip"]))} for one in listed]


def fill_customers(connection: Connection) -> None:
    """A few dozen customers; like the program itself, three rows of addresses for each."""
    cards: list[Row] = []
    traits: list[Row] = []
    addresses: list[Row] = []
    phones: list[Row] = []
    for key, (symbol, name, tax, street, house, flat, code, city, own, more) in enumerate(
        (*_TROUBLED, *_ordinary()), 1
    ):
        cards.append(_card(key, symbol, {**more}))
        traits += [
            {"ck_Id": len(traits) + place, "ck_IdKhnt": key, "ck_IdCecha": trait} for place, trait in enumerate(own, 1)
        ]
        seat = {"adr_Nazwa": name, "adr_NazwaPelna": f"{name} sp. z o.o.", "adr_NIP": tax, "adr_Symbol": symbol}
        seat |= {
            "adr_Ulica": street,
            "adr_NrDomu": house,
            "adr_NrLokalu": flat,
            "adr_Kod": code,
            "adr_Miejscowosc": city,
        }
        seat |= {"adr_Adres": whole_address(street, house, flat), "adr_Telefon": f"22 500 {key:02} 00"}
        first = _FIRST_ADDRESS + 3 * (key - 1)
        for place, kind in enumerate((SEAT, CORRESPONDENCE, DELIVERY)):
            values = seat if kind == SEAT else _EMPTY
            whose = {"adr_Id": first + place, "adr_IdObiektu": key, "adr_TypAdresu": kind, "adr_IdPanstwo": 1}
            addresses.append({**whose, **values, "adr_DataZmiany": _CHANGED + timedelta(days=key)})
        phones.append(
            {"tel_Id": 100 + key, "tel_IdAdresu": first, "tel_Numer": seat["adr_Telefon"], "tel_Podstawowy": True}
        )
    write(connection, parties.kh_kontrahent, cards)
    write(connection, parties.kh_cecha_kh, traits)
    write(connection, parties.adr_ewid, addresses)
    write(connection, parties.tel_ewid, phones)
    snapshots = [_snapshot(number, row) for number, row in enumerate(addresses, 1) if row["adr_TypAdresu"] == SEAT]
    write(connection, parties.adr_historia, snapshots)


def _ordinary() -> list[Typed]:
    made: list[Typed] = []
    for number in range(_ORDINARY):
        code, city, trait = _CITIES[number % len(_CITIES)]
        name = f"{_KINDS[number % len(_KINDS)]} {_STREETS[number % len(_STREETS)]}"
        street, house = _STREETS[(number * 3) % len(_STREETS)], str(number + 1)
        tax = tax_number(100 + number)
        made.append((f"KH{number + 1:04}", name, tax, street, house, "", code, city, (trait, 4), {}))
    return made


def _card(key: int, symbol: str, more: Row) -> Row:
    shop = more.pop("shop", True)
    card = {
        "kh_Id": key,
        "kh_Symbol": symbol,
        "kh_IdGrupa": 1 + key % 4,
        "kh_IdBranza": 1 + key % 3 if key % 5 else None,
        "kh_IdRegion": 1 + key % 2,
        "kh_IdOpiekun": 3,
        "kh_EMail": f"klient{key}@example.com" if key % 3 else "",
        "kh_KlientSklepuInternetowego": shop,
        "kh_Zablokowany": False,
        "kh_Jednorazowy": False,
        "kh_Osoba": False,
        "kh_Imie": "",
        "kh_Uwagi": "",
        "kh_IdFormaP": 1,
        "kh_DataDodania": _CHANGED,
        "kh_DataZmiany": _CHANGED + timedelta(days=key) if key % 4 else None,
    }
    return {**card, **more}


def _snapshot(number: int, address: Row) -> Row:
    names = (
        "Nazwa",
        "NazwaPelna",
        "Ulica",
        "NrDomu",
        "NrLokalu",
        "Adres",
        "Kod",
        "Miejscowosc",
        "NIP",
        "Symbol",
        "DataZmiany",
    )
    copied = {f"adrh_{name}": address[f"adr_{name}"] for name in names}
    return {"adrh_Id": number, "adrh_IdAdresu": address["adr_Id"], **copied}
