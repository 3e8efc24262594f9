"""Statements about goods: cards with all that hangs on them, prices, stock, files, groups.

Each is in key order with the key first. Without `keys` it is about what is shown in the shop; with `keys` about the
products of the bound list `keys`, shown or not.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from pomost.connectors.erp.optima.sql import tables as t
from pomost.connectors.erp.optima.sql.tables import Extras
from pomost.transport.sql import written_out

Statement = t.Statement
FLAGS = (
    *("Nowosc", "Promocja", "ProduktzGazetki", "ProduktPolecany", "Wyprzedaz"),
    *("SuperJakosc", "SuperCena", "NajlepiejOceniany", "RekomendacjaSprzedawcy"),
)
"""Ends of the names of the columns `Twes_ESklepFlaga_*`, in the order they are read; reward is another thing."""
_CARD, _ENTERED = t.TOWARY.c, t.TWR_ESKLEP.c
_SHOWN = sa.and_(_ENTERED.Twes_Udostepnij == 1, _CARD.Twr_NieAktywny == 0)


def among_keys(statement: Statement, key: sa.ColumnElement[Any]) -> Statement:
    """The statement for the keys of the bound list alone."""
    return statement.where(key.in_(sa.bindparam("keys", expanding=True)))


def offered(shop: int) -> Statement:
    """Ids of the products shown in the shop."""
    joined = t.TWR_ESKLEP.join(t.TOWARY, _CARD.Twr_TwrId == _ENTERED.Twes_TwrID)
    return t.select(_ENTERED.Twes_TwrID).select_from(joined).where(_ENTERED.Twes_ESklepId == shop, _SHOWN)


def _among(statement: Statement, key: sa.ColumnElement[Any], shop: int, *, keys: bool) -> Statement:
    return among_keys(statement, key) if keys else statement.where(key.in_(offered(shop)))


def _entered(shop: int) -> Any:
    """Cards, each with its row of the shop where it has one."""
    here = sa.and_(_ENTERED.Twes_TwrID == _CARD.Twr_TwrId, _ENTERED.Twes_ESklepId == shop)
    return t.TOWARY.outerjoin(t.TWR_ESKLEP, here)


def products(shop: int, *, goods: bool = False, keys: bool = False) -> Statement:
    """Key and code of products, and whether each is a good and is shown: what prices, stock and files hang on."""
    columns = (_CARD.Twr_TwrId, _CARD.Twr_Kod, _CARD.Twr_Typ, _ENTERED.Twes_Udostepnij, _CARD.Twr_NieAktywny)
    statement = t.select(*columns).select_from(_entered(shop))
    statement = among_keys(statement, _CARD.Twr_TwrId) if keys else statement.where(_SHOWN)
    if goods and not keys:
        statement = statement.where(_CARD.Twr_Typ == t.GOODS)
    return statement.order_by(_CARD.Twr_TwrId)


def cards(shop: int, *, keys: bool = False) -> Statement:
    """One row per product: the card, its row of the shop, its producer and brand."""
    source = (
        _entered(shop)
        .outerjoin(t.PRODUCENCI, t.PRODUCENCI.c.Prd_PrdId == _CARD.Twr_PrdID)
        .outerjoin(t.MARKI, t.MARKI.c.Mrk_MrkId == _CARD.Twr_MrkID)
    )
    columns = (
        *(_CARD.Twr_TwrId, _CARD.Twr_Kod, _CARD.Twr_Typ, _ENTERED.Twes_Udostepnij, _CARD.Twr_NieAktywny),
        *(_CARD.Twr_EAN, _CARD.Twr_Nazwa, _CARD.Twr_Opis, _CARD.Twr_Produkt, _CARD.Twr_NumerKat),
        *(_CARD.Twr_ProducentKod, _CARD.Twr_SWW, t.PRODUCENCI.c.Prd_PrdId, t.PRODUCENCI.c.Prd_Nazwa),
        *(t.MARKI.c.Mrk_MrkId, t.MARKI.c.Mrk_Nazwa, _CARD.Twr_Stawka, _CARD.Twr_Flaga, _CARD.Twr_JM),
        *(_CARD.Twr_JMCalkowite, _CARD.Twr_IloscMin, _CARD.Twr_WagaKG, _CARD.Twr_CenaZCzteremaMiejscami),
        *(_ENTERED.Twes_TwGGIDNumer, _CARD.Twr_TwGGIDNumer, _ENTERED.Twes_ESklepDostepnosc),
        *(_ENTERED.Twes_ESklepStatus, _ENTERED.Twes_ESklepDostepnyOd, _ENTERED.Twes_ESklepDataDostepnosci),
        *(_CARD.Twr_BezRabatu, _ENTERED.Twes_ESklepBezRabatu, _ENTERED.Twes_ESklepZapytajOCene),
        *(_ENTERED.Twes_ESklepNieKontrolujStanow, _ENTERED.Twes_ESklepKalkulacjaDostaw),
        *(_ENTERED.Twes_ESklepKalkulacjaDostawWartosc, _CARD.Twr_SplitPay, _CARD.Twr_ESklepFantomID),
        *(_ENTERED.Twes_ESklepFlaga_Nagroda, *(_ENTERED[f"Twes_ESklepFlaga_{name}"] for name in FLAGS)),
    )
    statement = t.select(*columns).select_from(source)
    statement = among_keys(statement, _CARD.Twr_TwrId) if keys else statement.where(_SHOWN)
    return statement.order_by(_CARD.Twr_TwrId)


def texts(shop: int, *, keys: bool = False) -> Statement:
    """Texts of each product for the shop, by language."""
    text = t.TWR_JEZYK.c
    statement = t.select(
        *(text.TwrJ_TwrID, text.TwrJ_JezykID, text.TwrJ_Nazwa, text.TwrJ_NazwaHTML, text.TwrJ_OpisKrotki),
        *(text.TwrJ_Opis, text.TwrJ_OpisHTML, text.TwrJ_MetaTytul, text.TwrJ_MetaSlowaKluczowe),
        *(text.TwrJ_MetaOpis, text.TwrJ_Link, text.TwrJ_Szukaj),
    ).where(text.TwrJ_eSklepID == shop)
    statement = _among(statement, text.TwrJ_TwrID, shop, keys=keys)
    return statement.order_by(text.TwrJ_TwrID, text.TwrJ_JezykID)


def attributes(shop: int, *, keys: bool = False) -> Statement:
    """Attributes meant for the shop: code, format, value, language, place, whether it tells variants apart, file.

    Values that depend on the customer stand in another table and are never sent.
    """
    value, definition = t.TWR_ATRYBUTY.c, t.DEF_ATRYBUTY.c
    statement = (
        t.select(
            *(value.TwA_TwrId, definition.DeA_Kod, definition.DeA_Format, value.TwA_WartoscTxt, value.TwA_JezykId),
            *(value.TwA_Lp, value.TwA_AtrybutGrupujacyFantom, value.TwA_DABID),
        )
        .select_from(t.TWR_ATRYBUTY.join(t.DEF_ATRYBUTY, definition.DeA_DeAId == value.TwA_DeAId))
        .where(definition.DeA_Typ == t.PRODUCT_ATTRIBUTE, definition.DeA_ESklep == 1, definition.DeA_Nieaktywny == 0)
        .where(value.TwA_ESklep == 1, value.TwA_Zalezny == 0)
    )
    statement = _among(statement, value.TwA_TwrId, shop, keys=keys)
    return statement.order_by(value.TwA_TwrId, value.TwA_Lp, value.TwA_TwAId)


def units(shop: int, *, keys: bool = False) -> Statement:
    """Units a product is sold in in this shop; rows of the ERP itself have the shop 0."""
    unit = t.TWR_JMZ.c
    statement = t.select(
        *(unit.TwJZ_TwrID, unit.TwJZ_JM, unit.TwJZ_JMPrzelicznikL, unit.TwJZ_JMPrzelicznikM),
        *(unit.TwJZ_eSklepDomyslna, unit.TwJZ_Lp),
    ).where(unit.TwJZ_eSklepID == shop)
    statement = _among(statement, unit.TwJZ_TwrID, shop, keys=keys)
    return statement.order_by(unit.TwJZ_TwrID, unit.TwJZ_Lp, unit.TwJZ_TwJZId)


def barcodes(shop: int, *, keys: bool = False) -> Statement:
    """Barcodes beside the one on the card."""
    code = t.TWR_EAN.c
    statement = t.select(code.TwE_TwrID, code.TwE_EAN, code.TwE_JM, code.TwE_Domyslny)
    statement = _among(statement, code.TwE_TwrID, shop, keys=keys)
    return statement.order_by(code.TwE_TwrID, code.TwE_TwEId)


def foreign_vat(shop: int, *, keys: bool = False) -> Statement:
    """VAT rates of other countries (OSS)."""
    rate = t.STAWKI_VAT.c
    statement = t.select(rate.TwV_TwrID, rate.TwV_KodKraju, rate.TwV_Stawka, rate.TwV_Flaga)
    statement = _among(statement, rate.TwV_TwrID, shop, keys=keys)
    return statement.order_by(rate.TwV_TwrID, rate.TwV_KodKraju)


def substitutes(shop: int, *, keys: bool = False) -> Statement:
    """Products that may stand in for a product; one that was deleted or is not in the shop is read all the same."""
    pair = t.ZAMIENNIKI.c
    statement = t.select(pair.ZAM_TwrId, pair.ZAM_ZamTwrId)
    statement = _among(statement, pair.ZAM_TwrId, shop, keys=keys)
    return statement.order_by(pair.ZAM_TwrId, pair.ZAM_Lp, pair.ZAM_ZamTwrId)


def memberships(shop: int, *, keys: bool = False) -> Statement:
    """Groups a product is in; membership rows carry the product's second number, and have an index of it."""
    member = t.TWR_GRUPY.c
    if not keys:  # joined: a list of the shop's products would be gone through once for every membership
        cards = t.TWR_GRUPY.join(t.TOWARY, _CARD.Twr_GIDNumer == member.TwG_GIDNumer)
        joined = cards.join(t.TWR_ESKLEP, _ENTERED.Twes_TwrID == _CARD.Twr_TwrId)
        statement = t.select(_CARD.Twr_TwrId, member.TwG_GrONumer).select_from(joined)
        statement = statement.where(member.TwG_GIDTyp == t.MEMBER, _ENTERED.Twes_ESklepId == shop, _SHOWN)
        return statement.order_by(_CARD.Twr_TwrId, member.TwG_GrONumer)
    # The numbers first, or a server goes through all memberships and looks each up among the keys.
    asked = among_keys(t.select(_CARD.Twr_TwrId, _CARD.Twr_GIDNumer).distinct(), _CARD.Twr_TwrId).cte("asked")
    joined = t.TWR_GRUPY.join(asked, asked.c.Twr_GIDNumer == member.TwG_GIDNumer)
    statement = t.select(asked.c.Twr_TwrId, member.TwG_GrONumer).select_from(joined)
    statement = statement.where(member.TwG_GIDTyp == t.MEMBER, member.TwG_GIDNumer.in_(sa.select(asked.c.Twr_GIDNumer)))
    return statement.order_by(asked.c.Twr_TwrId, member.TwG_GrONumer)


def beside_cards(shop: int, extras: Extras, *, keys: bool = False) -> tuple[Statement | None, ...]:
    """What hangs on cards, in this order: texts, attributes, units, barcodes, VAT abroad, substitutes, memberships."""
    return (
        texts(shop, keys=keys),
        attributes(shop, keys=keys),
        units(shop, keys=keys),
        barcodes(shop, keys=keys),
        foreign_vat(shop, keys=keys) if extras.foreign_vat else None,
        substitutes(shop, keys=keys),
        memberships(shop, keys=keys),
    )


def prices(shop: int, levels: Sequence[int], *, keys: bool = False) -> Statement:
    """Prices and points at these levels."""
    price = t.TWR_CENY.c
    statement = t.select(
        *(price.TwC_TwrID, price.TwC_TwCNumer, price.TwC_Wartosc, price.TwC_Typ, price.TwC_Waluta, price.TwC_Punkty)
    ).where(price.TwC_TwCNumer.in_(written_out(levels)))
    statement = _among(statement, price.TwC_TwrID, shop, keys=keys)
    return statement.order_by(price.TwC_TwrID, price.TwC_TwCNumer)


def stock(shop: int, warehouses: Sequence[int], *, reserved: bool, keys: bool = False) -> Statement:
    """The newest balance before the bound moment `until` of each product in these warehouses.

    Balances are a dated ledger; rows without a date, of days to come, and the total of all warehouses do not count.
    Both reservations are read only with `reserved`: otherwise they are nobody's business.
    """
    row = t.TWR_ILOSCI.c
    last = (
        t.select(row.TwI_TwrId, row.TwI_MagId, sa.func.max(row.TwI_Data).label("newest"))
        .where(row.TwI_MagId.in_(written_out(warehouses)), row.TwI_Data < sa.bindparam("until"))
        .group_by(row.TwI_TwrId, row.TwI_MagId)
    )
    if keys:
        last = among_keys(last, row.TwI_TwrId)
    newest = last.subquery("newest_rows")
    now = t.TWR_ILOSCI.alias("balance")
    same = sa.and_(
        now.c.TwI_TwrId == newest.c.TwI_TwrId,
        now.c.TwI_MagId == newest.c.TwI_MagId,
        now.c.TwI_Data == newest.c.newest,
    )
    more = (now.c.TwI_Rezerwacje, now.c.TwI_RezerwacjeZlecenia) if reserved else ()
    statement = t.select(newest.c.TwI_TwrId, newest.c.TwI_MagId, now.c.TwI_Ilosc, *more)
    statement = statement.select_from(newest.join(now, same))
    if not keys:
        statement = statement.where(newest.c.TwI_TwrId.in_(offered(shop)))
    return statement.order_by(newest.c.TwI_TwrId, newest.c.TwI_MagId)


def groups() -> Statement:
    """Every row of the group tree; a group below two others has two rows."""
    group = t.TWR_GRUPY.c
    columns = (group.TwG_GIDNumer, group.TwG_GrONumer, group.TwG_Kod, group.TwG_Nazwa, group.TwG_eSklepLp)
    return (
        t.select(*columns)
        .where(group.TwG_GIDTyp == t.GROUP)
        .order_by(group.TwG_GIDNumer, group.TwG_eSklepLp, group.TwG_TwGID)
    )


def group_texts(shop: int) -> Statement:
    """Texts of groups for the shop, by language."""
    text = t.GRUPY_JEZYK.c
    return (
        t.select(
            *(text.TwGJ_GIDNumer, text.TwGJ_JezykID, text.TwGJ_Nazwa, text.TwGJ_Opis, text.TwGJ_MetaTytul),
            *(text.TwGJ_MetaSlowaKluczowe, text.TwGJ_MetaOpis, text.TwGJ_Link),
        )
        .where(text.TwGJ_eSklepID == shop)
        .order_by(text.TwGJ_GIDNumer, text.TwGJ_JezykID)
    )


def count_offered(shop: int) -> Statement:
    """How many products are shown in the shop."""
    return t.select(sa.func.count()).select_from(offered(shop).subquery("shown"))
