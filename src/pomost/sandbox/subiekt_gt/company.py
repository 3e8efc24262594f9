"""The sandbox company itself: dictionaries, warehouses, price levels, users, parameters."""

from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from pomost.sandbox.data.kinds import KINDS
from pomost.sandbox.subiekt_gt import tables_common as common
from pomost.sandbox.subiekt_gt import tables_documents as documents
from pomost.sandbox.subiekt_gt import tables_goods as goods
from pomost.sandbox.subiekt_gt import tables_parties as parties

PRODUCT, CUSTOMER, ORDER = -14, -12, -8
"""Numbers of object kinds."""
WAREHOUSES = {"MAG": 1, "ZAP": 2, "KRA": 3}
"""Ids of the warehouses by symbol."""
SEAT, CORRESPONDENCE, DELIVERY, WAREHOUSE_ADDRESS, OWN_COMPANY = 1, 2, 11, 7, 8
"""Kinds of addresses."""
PRICE_LEVELS = {1: ("Detaliczna", "PLN"), 2: ("Hurtowa", "PLN"), 3: ("Mstore", "PLN"), 4: ("Eksport", "EUR")}
UNIT_DICTIONARY = {"opak. zb.": "PU", "transport.": "CR", "flaszka": "PCE"}
"""Translations a user of this company would enter; a unit of the program has ten letters, hence `transport.`."""

VAT_IDS = {
    "23": 100001,
    "8": 100002,
    "0": 100003,
    "5": 100004,
    "zw": 100005,
    "np": 100006,
    "oo": 100007,
    "22": 100008,
    "7": 100009,
}
"""Ids of the VAT rates by symbol; 22 and 7 are the rates of before 2011, hidden but still on old cards."""
_OLD_RATES = ("22", "7")

MSTORE, MSTORE_AGAIN, MSTORE_OTHERWISE = 1, 9, 10
"""Ids of the qualifying trait and of its two doubles, which somebody entered later."""
TRAITS = {
    MSTORE: "MSTORE",
    2: "Promocja",
    3: "Nowość",
    4: "Wyprzedaż",
    5: "BIO",
    6: "Bezglutenowe",
}
TRAIT_DOUBLES = {MSTORE_AGAIN: "MSTORE", MSTORE_OTHERWISE: "M-Store"}
"""Only the troubled company has these."""
GROUPS = {
    name: number
    for number, name in enumerate(
        ["Podstawowa", *(kind.group for kind in KINDS), "Zestawy", "Usługi", "Opakowania", "Opłaty"], 1
    )
}
STORAGE = {1: "Sucha", 2: "Chłodnia", 3: "Mroźnia"}
"""Values of the own dictionary behind the own field 'Strefa składowania'."""

_ADDRESSES = (
    ("MAG", "Magazyn Główny", "Składowa", "1", "", "02-100", "Warszawa", "22 111 22 33", "magazyn@hurtownia.example"),
    ("ZAP", "Zaplecze", "Składowa", "1", "B", "02-100", "Warszawa", "22 111 22 34", "zaplecze@hurtownia.example"),
    ("KRA", "Kraków", "Przemysłowa", "12", "3", "30-701", "Kraków", "12 444 55 66", "krakow@hurtownia.example"),
)
_OWN = (
    "",
    "Hurtownia Pod Mostem",
    "Składowa",
    "1",
    "A",
    "02-100",
    "Warszawa",
    "22 111 22 30",
    "biuro@hurtownia.example",
)
_KEPT_BY_COUNTER = (
    (goods.tw_towar, "tw_Id"),
    (goods.tw_cena, "tc_Id"),
    (goods.tw_cecha_tw, "cht_Id"),
    (goods.tw_kod_kreskowy, "kk_Id"),
    (goods.tw_jedn_miary, "jm_Id"),
    (goods.tw_komplet, "kpl_Id"),
    (common.pw_dane, "pwd_Id"),
    (common.sl_cecha_tw, "ctw_Id"),
    (common.sl_magazyn, "mag_Id"),
    (parties.kh_kontrahent, "kh_Id"),
    (parties.kh_cecha_kh, "ck_Id"),
    (parties.adr_ewid, "adr_Id"),
    (parties.adr_historia, "adrh_Id"),
    (parties.adr_email, "am_Id"),
    (parties.tel_ewid, "tel_Id"),
    (documents.dok_dokument, "dok_Id"),
    (documents.dok_pozycja, "ob_Id"),
    (documents.dok_vat, "vt_Id"),
)

Row = dict[str, Any]


def write(connection: Connection, table: Table, rows: list[Row]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def whole_address(street: str, house: str, flat: str) -> str:
    """What SQL Server computes in `adr_Adres`."""
    return f"{street} {house}{'/' if flat else ''}{flat}"


def _named(key: str, name: str, values: dict[int, str]) -> list[Row]:
    return [{key: number, name: text} for number, text in values.items()]


def furnish(connection: Connection) -> None:
    """Everything a company has on its first day, before the first product and customer."""
    _program(connection)
    _dictionaries(connection)
    _own_fields(connection)
    _own_addresses(connection)
    set_counters(connection)


def _program(connection: Connection) -> None:
    objects = {PRODUCT: "Towar", CUSTOMER: "Kontrahent", ORDER: "ZK", -2: "FS", -4: "WZ", -9: "PA"}
    write(connection, common.gt_obiekt, _named("gto_Id", "gto_Nazwa", objects))
    users = [(1, "SZE", "Szef", ""), (2, "API", "Sfera", ""), (3, "JKO", "Kowalska", "Janina")]
    keys = ("uz_Id", "uz_Identyfikator", "uz_Nazwisko", "uz_Imie")
    write(connection, common.pd_uzytkownik, [dict(zip(keys, user, strict=True)) for user in users])
    order = {"dkp_Typ": 16, "dkp_Podtyp": 0, "dkp_KatId": 1, "dkp_CenyPoziom": 2, "dkp_CenyTyp": 1}
    write(connection, documents.dok_parametr, [{**order, "dkp_Rezerwuj": True}])
    parameters: Row = {
        "twp_Id": 1,
        "twp_Nazwa1": "Jedn. Mstore",
        "twp_Nazwa2": "Przelicznik",
        "twp_Nazwa3": "Min. ilość",
    }
    for level, (name, currency) in PRICE_LEVELS.items():
        parameters |= {f"twp_NazwaCeny{level}": name, f"twp_WalutaCeny{level}": currency}
    write(connection, goods.tw_parametr, [parameters])
    write(connection, parties.kh_parametr_g, [{"khp_Id": 1, "khp_Nazwa1": "Trasa"}])
    write(connection, common.fl_grupy, [{"flp_Id": 8, "flp_Nazwa": "Zamówienia od klientów"}])
    flags = [(1, 1, "Do wysyłki"), (2, 2, "Anulowane")]
    write(
        connection,
        common.fl_flagi,
        [{"flg_Id": key, "flg_Numer": place, "flg_Text": text, "flg_IdGrupy": 8} for key, place, text in flags],
    )


def _dictionaries(connection: Connection) -> None:
    poland = {"pa_Nazwa": "Polska", "pa_KodPanstwaUE": "PL", "pa_CzlonekUE": True, "pa_KodPanstwaISO": "PL"}
    write(connection, common.sl_panstwo, [{"pa_Id": 1, **poland}])
    write(connection, common.sl_wojewodztwo, _named("woj_Id", "woj_Nazwa", {1: "mazowieckie", 2: "małopolskie"}))
    names = {address[0]: address[1] for address in _ADDRESSES}
    write(
        connection,
        common.sl_magazyn,
        [
            {"mag_Id": number, "mag_Symbol": symbol, "mag_Nazwa": names[symbol], "mag_Glowny": symbol == "MAG"}
            for symbol, number in WAREHOUSES.items()
        ],
    )
    write(
        connection,
        common.sl_stawka_vat,
        [
            {
                "vat_Id": number,
                "vat_Nazwa": f"{symbol}%" if symbol.isdigit() else f"{symbol}.",
                "vat_Stawka": rate(symbol),
                "vat_Symbol": symbol,
                "vat_CzyWidoczna": symbol not in _OLD_RATES,
            }
            for symbol, number in VAT_IDS.items()
        ],
    )
    groups = {number: name for name, number in GROUPS.items()}
    write(connection, common.sl_grupa_tw, _named("grt_Id", "grt_Nazwa", groups))
    write(connection, common.sl_cecha_tw, _named("ctw_Id", "ctw_Nazwa", TRAITS))
    customer_groups = {1: "Podstawowa", 2: "Gastronomia", 3: "Sklepy", 4: "Hotele"}
    write(connection, common.sl_grupa_kh, _named("grk_Id", "grk_Nazwa", customer_groups))
    customer_traits = {1: "ODDZIAL_WAW", 2: "ODDZIAL_KRK", 3: "VIP", 4: "MSTORE"}
    write(connection, common.sl_cecha_kh, _named("ckh_Id", "ckh_Nazwa", customer_traits))
    industries = {1: "Restauracja", 2: "Hotel", 3: "Spożywcza"}
    write(connection, common.sl_crm_branza, _named("bra_Id", "bra_Nazwa", industries))
    write(connection, common.sl_crm_region, _named("reg_Id", "reg_Nazwa", {1: "Mazowsze", 2: "Małopolska"}))
    categories = [(1, "Sprzedaż", 2), (2, "Mstore", 2), (3, "Koszty biurowe", 5)]
    columns = ("kat_Id", "kat_Nazwa", "kat_Typ")
    write(connection, common.sl_kategoria, [dict(zip(columns, category, strict=True)) for category in categories])
    payments = [(1, "Przelew 14 dni", 14, 0), (2, "Karta", 0, 1), (3, "Kredyt kupiecki", 30, 3)]
    fields = ("fp_Id", "fp_Nazwa", "fp_Termin", "fp_Typ")
    write(connection, common.sl_forma_platnosci, [dict(zip(fields, payment, strict=True)) for payment in payments])


def rate(symbol: str) -> Decimal:
    """Per cent of a VAT rate; exempt, untaxed and reverse-charged goods have rate zero."""
    return Decimal(symbol) if symbol.isdigit() else Decimal(0)


def _own_fields(connection: Connection) -> None:
    write(connection, common.sl_slownik, [{"sl_Id": 1, "sl_Nazwa": "Strefa składowania"}])
    write(
        connection,
        common.sl_wlasny,
        [{"sw_Id": number, "sw_SlownikId": 1, "sw_Nazwa": name} for number, name in STORAGE.items()],
    )
    fields = [
        (1, PRODUCT, "pwd_Liczba01", 2, "Minimum Mstore", None),
        (2, PRODUCT, "pwd_Tekst01", 3, "Opis Mstore", None),
        (3, PRODUCT, "pwd_Fk01", 5, "Strefa składowania", 1),
        (4, PRODUCT, "pwd_Flaga01", 7, "Produkt sezonowy", None),
        (5, PRODUCT, "pwd_Kwota01", 4, "Minimum hurtowe", None),
        (6, CUSTOMER, "pwd_Kwota01", 4, "Limit Mstore", None),
    ]
    keys = ("pwp_Id", "pwp_TypObiektu", "pwp_Pole", "pwp_Typ", "pwp_Nazwa", "pwp_IdSlownika")
    write(connection, common.pw_pole, [dict(zip(keys, field, strict=True)) for field in fields])


def _own_addresses(connection: Connection) -> None:
    """Addresses of the warehouses and of the company, each with a telephone and a mailbox."""
    addresses: list[Row] = []
    phones: list[Row] = []
    mailboxes: list[Row] = []
    for key, (symbol, name, street, house, flat, code, city, phone, mail) in enumerate((*_ADDRESSES, _OWN), 1):
        addresses.append(
            {
                "adr_Id": key,
                "adr_IdObiektu": WAREHOUSES.get(symbol, 1),
                "adr_TypAdresu": WAREHOUSE_ADDRESS if symbol else OWN_COMPANY,
                "adr_Nazwa": name,
                "adr_NazwaPelna": name if symbol else f"{name} sp. z o.o.",
                "adr_Telefon": phone,
                "adr_Ulica": street,
                "adr_NrDomu": house,
                "adr_NrLokalu": flat,
                "adr_Adres": whole_address(street, house, flat),
                "adr_Kod": code,
                "adr_Miejscowosc": city,
                "adr_IdPanstwo": 1,
                "adr_NIP": "" if symbol else "9990000003",
            }
        )
        phones.append({"tel_Id": key, "tel_IdAdresu": key, "tel_Numer": phone, "tel_Podstawowy": True})
        mailboxes.append({"am_Id": key, "am_IdAdres": key, "am_Email": mail, "am_Podstawowy": True})
    write(connection, parties.adr_ewid, addresses)
    write(connection, parties.tel_ewid, phones)
    write(connection, parties.adr_email, mailboxes)


def set_counters(connection: Connection) -> None:
    """Bring `ins_ident` up to the ids in use, as the program itself would have left it."""
    connection.execute(common.ins_ident.delete())
    for table, key in _KEPT_BY_COUNTER:
        used = connection.execute(select(func.coalesce(func.max(table.c[key]), 0))).scalar_one()
        connection.execute(insert(common.ins_ident), {"ido_nazwa": table.name, "ido_wartosc": used + 1})
