"""Every statement sent to a Subiekt GT database; only columns each seen version has, others are probed first."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from pomost.transport.sql import written_out

PRODUCT_OBJECT = -14  # gt__Obiekt.gto_Id of a product card
LEVELS = 10  # sale price levels of tw_Cena
SET = 8  # tw__Towar.tw_Rodzaj of a set


def table(name: str, *columns: str) -> sa.TableClause:
    """A table by its name, with the columns that are read of it."""
    return sa.table(name, *(sa.column(column) for column in columns))


TOWAR = table(
    "tw__Towar",
    *("tw_Id", "tw_Symbol", "tw_Nazwa", "tw_PodstKodKresk", "tw_Rodzaj", "tw_Zablokowany", "tw_Usuniety"),
    *("tw_JednMiary", "tw_IdVatSp", "tw_IdGrupa", "tw_SklepInternet"),
    *(f"tw_Pole{number}" for number in range(1, 9)),
)
CENA = table(
    "tw_Cena",
    "tc_IdTowar",
    *(f"tc_{kind}{number}" for number in range(1, 11) for kind in ("CenaNetto", "CenaBrutto", "IdWaluta")),
)
STAN = table("tw_Stan", "st_TowId", "st_MagId", "st_Stan", "st_StanRez")
VAT = table("sl_StawkaVAT", "vat_Id", "vat_Symbol")
CECHA = table("tw_CechaTw", "cht_IdTowar", "cht_IdCecha")
KOMPLET = table("tw_Komplet", "kpl_IdKomplet", "kpl_IdSkladnik", "kpl_Liczba")
DANE = table(
    "pw_Dane",
    *("pwd_TypObiektu", "pwd_IdObiektu", "pwd_IdPozycji"),
    *(
        f"pwd_{kind}{number:02}"
        for kind in ("Data", "Liczba", "Tekst", "Kwota", "Fk", "Flaga")
        for number in range(1, 11)
    ),
)
POLE = table("pw_Pole", "pwp_TypObiektu", "pwp_Pole", "pwp_Typ", "pwp_Nazwa")
WLASNY = table("sl_Wlasny", "sw_Id", "sw_Nazwa")
MAGAZYN = table("sl_Magazyn", "mag_Id", "mag_Symbol", "mag_Nazwa", "mag_Glowny")
ADRES = table(
    "adr__Ewid",
    *("adr_Id", "adr_IdObiektu", "adr_TypAdresu", "adr_Ulica", "adr_NrDomu", "adr_NrLokalu", "adr_Kod"),
    *("adr_Miejscowosc", "adr_Telefon", "adr_Nazwa", "adr_NIP"),
)
EMAIL = table("adr_Email", "am_IdAdres", "am_Email", "am_Podstawowy")
PARAMETR = table(
    "tw_Parametr",
    *(f"twp_Nazwa{number}" for number in range(1, 9)),
    *(f"twp_{kind}{number}" for number in range(1, 11) for kind in ("NazwaCeny", "WalutaCeny")),
)
JEDNOSTKA = table("tw_JednMiary", "jm_IdJednMiary", "jm_IdTowar", "jm_Przelicznik")
GRUPA_TW = table("sl_GrupaTw", "grt_Id", "grt_Nazwa")
CECHA_TW = table("sl_CechaTw", "ctw_Id", "ctw_Nazwa")
GRUPA_KH = table("sl_GrupaKh", "grk_Id", "grk_Nazwa")
CECHA_KH = table("sl_CechaKh", "ckh_Id", "ckh_Nazwa")
BRANZA = table("sl_CrmBranza", "bra_Id", "bra_Nazwa")
KONTRAHENT = table(
    "kh__Kontrahent",
    *("kh_Id", "kh_Symbol", "kh_IdGrupa", "kh_IdBranza", "kh_KlientSklepuInternetowego"),
    *("kh_Zablokowany", "kh_Jednorazowy"),
)
CECHA_KONTRAHENTA = table("kh_CechaKh", "ck_IdKhnt", "ck_IdCecha")
KATEGORIA = table("sl_Kategoria", "kat_Id", "kat_Nazwa", "kat_Typ")
UZYTKOWNIK = table("pd_Uzytkownik", "uz_Imie", "uz_Nazwisko", "uz_Status")

READ = (
    *(TOWAR, CENA, STAN, VAT, CECHA, KOMPLET, POLE, WLASNY, MAGAZYN, ADRES, EMAIL, PARAMETR, JEDNOSTKA),
    *(GRUPA_TW, CECHA_TW, GRUPA_KH, CECHA_KH, BRANZA, KONTRAHENT, CECHA_KONTRAHENTA),
)
"""Tables a channel cannot do without; `check` looks for each of their columns."""

_SEAT, _WAREHOUSE_ADDRESS = 1, 7


def _among(statement: sa.Select[Any], key: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """The statement for the keys of the bound list `keys` alone."""
    return statement.where(key.in_(sa.bindparam("keys", expanding=True)))


def cards(
    levels: Sequence[int],
    simple: Sequence[str],
    extended: Mapping[str, bool],
    traits: Sequence[int],
    *,
    keys: bool = False,
) -> sa.Select[Any]:
    """One row per card in key order: fixed columns, prices of `levels`, own fields, then one mark per trait.

    `extended` maps columns of pw_Dane to whether they hold ids of a user's dictionary, whose names are read instead.
    With `keys` only cards of the bound list `keys`, which the statement names once however many traits there are.
    """
    towar = TOWAR
    asked = _among(sa.select(towar.c.tw_Id), towar.c.tw_Id).cte("asked") if keys else None
    columns: list[Any] = [
        *(towar.c.tw_Id, towar.c.tw_PodstKodKresk, towar.c.tw_Symbol, towar.c.tw_Nazwa, towar.c.tw_Rodzaj),
        *(towar.c.tw_Zablokowany, towar.c.tw_Usuniety, towar.c.tw_JednMiary, VAT.c.vat_Symbol),
        *(towar.c.tw_IdGrupa, towar.c.tw_SklepInternet),
    ]
    source: Any = towar.outerjoin(VAT, VAT.c.vat_Id == towar.c.tw_IdVatSp)
    if levels:
        source = source.outerjoin(CENA, CENA.c.tc_IdTowar == towar.c.tw_Id)
        for level in levels:
            columns += [CENA.c[f"tc_{kind}{level}"] for kind in ("CenaNetto", "CenaBrutto", "IdWaluta")]
    columns += [towar.c[name] for name in simple]
    if extended:
        source = source.outerjoin(
            DANE,
            sa.and_(
                DANE.c.pwd_TypObiektu == PRODUCT_OBJECT,
                DANE.c.pwd_IdObiektu == towar.c.tw_Id,
                DANE.c.pwd_IdPozycji.is_(None),
            ),
        )
    for place, (name, is_dictionary) in enumerate(extended.items()):
        if is_dictionary:
            names = WLASNY.alias(f"w{place}")
            source = source.outerjoin(names, names.c.sw_Id == DANE.c[name])
            columns.append(names.c.sw_Nazwa)
        else:
            columns.append(DANE.c[name])
    if traits:  # one table of marks, not one for each trait: a server joins 256 tables at most
        owner, given = CECHA.c.cht_IdTowar, CECHA.c.cht_IdCecha
        marks = [
            sa.func.max(sa.case((given.in_(written_out([trait])), owner))).label(f"trait{place}")
            for place, trait in enumerate(traits)
        ]
        having = sa.select(owner.label("id"), *marks).where(given.in_(written_out(traits))).group_by(owner)
        if asked is not None:  # or every piece of cards would go through the traits of the whole company
            having = having.where(owner.in_(sa.select(asked.c.tw_Id)))
        marked = having.subquery("marks")
        source = source.outerjoin(marked, marked.c.id == towar.c.tw_Id)
        columns += [marked.c[f"trait{place}"] for place in range(len(traits))]
    statement = sa.select(*columns).select_from(source)
    if asked is not None:
        statement = statement.where(towar.c.tw_Id.in_(sa.select(asked.c.tw_Id)))
    return statement.order_by(towar.c.tw_Id)


def stock(warehouses: Sequence[int], *, keys: bool = False) -> sa.Select[Any]:
    """Stock rows of the warehouses in key order; with `keys` only of the bound list `keys`."""
    statement: sa.Select[Any] = sa.select(STAN.c.st_TowId, STAN.c.st_MagId, STAN.c.st_Stan, STAN.c.st_StanRez)
    statement = statement.where(STAN.c.st_MagId.in_(written_out(warehouses)))
    if keys:
        statement = _among(statement, STAN.c.st_TowId)
    return statement.order_by(STAN.c.st_TowId, STAN.c.st_MagId)


def compositions(*, keys: bool = False) -> sa.Select[Any]:
    """Parts of sets in key order of the set, each with symbol, kind and whether it is blocked or deleted.

    Of a part whose card is not there any more all of these are missing.
    """
    whole, part = TOWAR.alias("whole"), TOWAR.alias("part")
    joined = KOMPLET.join(whole, sa.and_(whole.c.tw_Id == KOMPLET.c.kpl_IdKomplet, whole.c.tw_Rodzaj == SET))
    columns = (KOMPLET.c.kpl_IdKomplet, KOMPLET.c.kpl_IdSkladnik, KOMPLET.c.kpl_Liczba)
    statement = (
        sa.select(*columns, part.c.tw_Symbol, part.c.tw_Rodzaj, part.c.tw_Zablokowany, part.c.tw_Usuniety)
        .select_from(joined.outerjoin(part, part.c.tw_Id == KOMPLET.c.kpl_IdSkladnik))
        .order_by(KOMPLET.c.kpl_IdKomplet, KOMPLET.c.kpl_IdSkladnik)
    )
    if keys:
        statement = _among(statement, KOMPLET.c.kpl_IdKomplet)
    return statement


def stock_of_parts(warehouses: Sequence[int]) -> sa.Select[Any]:
    """Stock rows of every product that is part of some set."""
    parts = sa.select(KOMPLET.c.kpl_IdSkladnik)
    return stock(warehouses).where(STAN.c.st_TowId.in_(parts))


def matching(text: str) -> sa.Select[Any]:
    """Keys of cards with this symbol or primary barcode."""
    found = sa.or_(TOWAR.c.tw_Symbol == text, TOWAR.c.tw_PodstKodKresk == text)
    return sa.select(TOWAR.c.tw_Id).where(found).order_by(TOWAR.c.tw_Id)


def customers(*, keys: bool = False) -> sa.Select[Any]:
    """One row per customer in key order, with the address of its seat; with `keys` only of the bound list `keys`.

    Tax number and name stand in the address, not on the card. A customer without an address is read all the same.
    """
    card, seat = KONTRAHENT, ADRES
    source = card.outerjoin(seat, sa.and_(seat.c.adr_TypAdresu == _SEAT, seat.c.adr_IdObiektu == card.c.kh_Id))
    columns = (
        *(card.c.kh_Id, card.c.kh_Symbol, seat.c.adr_Nazwa, seat.c.adr_NIP, seat.c.adr_Ulica, seat.c.adr_NrDomu),
        *(seat.c.adr_NrLokalu, seat.c.adr_Kod, seat.c.adr_Miejscowosc, card.c.kh_IdGrupa, card.c.kh_IdBranza),
        *(card.c.kh_KlientSklepuInternetowego, card.c.kh_Zablokowany, card.c.kh_Jednorazowy),
    )
    statement = sa.select(*columns).select_from(source)
    if keys:
        statement = _among(statement, card.c.kh_Id)
    return statement.order_by(card.c.kh_Id)


def customer_traits(traits: Sequence[int], *, keys: bool = False) -> sa.Select[Any]:
    """Customer and trait, of these traits alone, in key order; with `keys` only of the bound list `keys`."""
    given = CECHA_KONTRAHENTA
    statement = sa.select(given.c.ck_IdKhnt, given.c.ck_IdCecha).where(given.c.ck_IdCecha.in_(written_out(traits)))
    if keys:
        statement = _among(statement, given.c.ck_IdKhnt)
    return statement.order_by(given.c.ck_IdKhnt, given.c.ck_IdCecha)


def count_cards() -> sa.Select[Any]:
    return sa.select(sa.func.count()).select_from(TOWAR)


def price_level_names() -> sa.Select[Any]:
    names = [PARAMETR.c[f"twp_{kind}{number}"] for number in range(1, 11) for kind in ("NazwaCeny", "WalutaCeny")]
    return sa.select(*names)


def simple_field_names() -> sa.Select[Any]:
    return sa.select(*(PARAMETR.c[f"twp_Nazwa{number}"] for number in range(1, 9)))


def extended_fields() -> sa.Select[Any]:
    return (
        sa.select(POLE.c.pwp_Pole, POLE.c.pwp_Typ, POLE.c.pwp_Nazwa)
        .where(POLE.c.pwp_TypObiektu == PRODUCT_OBJECT)
        .order_by(POLE.c.pwp_Nazwa)
    )


def warehouses() -> sa.Select[Any]:
    """Warehouses, the main one first, with address (type 7) and e-mail."""
    address, email = ADRES, EMAIL
    joined = MAGAZYN.outerjoin(
        address,
        sa.and_(address.c.adr_TypAdresu == _WAREHOUSE_ADDRESS, address.c.adr_IdObiektu == MAGAZYN.c.mag_Id),
    ).outerjoin(email, sa.and_(email.c.am_IdAdres == address.c.adr_Id, email.c.am_Podstawowy == 1))
    return (
        sa.select(
            *(MAGAZYN.c.mag_Id, MAGAZYN.c.mag_Symbol, MAGAZYN.c.mag_Nazwa, MAGAZYN.c.mag_Glowny),
            *(address.c.adr_Ulica, address.c.adr_NrDomu, address.c.adr_NrLokalu, address.c.adr_Kod),
            *(address.c.adr_Miejscowosc, address.c.adr_Telefon, email.c.am_Email),
        )
        .select_from(joined)
        .order_by(MAGAZYN.c.mag_Glowny.desc(), MAGAZYN.c.mag_Symbol)
    )


def units_in_use() -> sa.Select[Any]:
    """Units of cards and additional units, each once."""
    base = sa.select(TOWAR.c.tw_JednMiary.label("unit"))
    extra = sa.select(JEDNOSTKA.c.jm_IdJednMiary.label("unit"))
    used = sa.union(base, extra).subquery("used")
    return sa.select(used.c.unit).where(used.c.unit != "").order_by(used.c.unit)


def dictionary(table: sa.TableClause) -> sa.Select[Any]:
    """Id and name of a dictionary table, by name."""
    ident, name = list(table.c)[:2]
    return sa.select(ident, name).order_by(name, ident)


def categories() -> sa.Select[Any]:
    """Categories usable on documents (kind 2)."""
    return (
        sa.select(KATEGORIA.c.kat_Id, KATEGORIA.c.kat_Nazwa)
        .where(KATEGORIA.c.kat_Typ == 2)  # noqa: PLR2004  (the ERP's own code of global categories)
        .order_by(KATEGORIA.c.kat_Nazwa)
    )


def operators() -> sa.Select[Any]:
    return (
        sa.select(UZYTKOWNIK.c.uz_Imie, UZYTKOWNIK.c.uz_Nazwisko)
        .where(UZYTKOWNIK.c.uz_Status == 1)
        .order_by(UZYTKOWNIK.c.uz_Nazwisko)
    )


def names_of(table: sa.TableClause) -> Iterable[str]:
    return (column.name for column in table.c)
