"""Statements about the company itself: its shops, warehouses, price levels, lists for settings, the configuration."""

import sqlalchemy as sa

from pomost.connectors.erp.optima.sql import tables as t

Statement = t.Statement


def system() -> Statement:
    """What the company says of itself: number and value."""
    return t.select(t.SYSTEM.c.SYS_ID, t.SYSTEM.c.SYS_Wartosc).order_by(t.SYSTEM.c.SYS_ID)


def companies() -> Statement:
    """Every company of the configuration database: name, database, server, whether it is out of use."""
    one = t.BAZY.c
    return t.select(one.Baz_Nazwa, one.Baz_NazwaBazy, one.Baz_NazwaSerwera, one.Baz_Nieaktywna).order_by(one.Baz_Nazwa)


def operators() -> Statement:
    """Operators of the configuration database who are in use."""
    one = t.OPERATORZY.c
    return t.select(one.Ope_Kod, one.Ope_Nazwisko).where(one.Ope_Nieaktywny == 0).order_by(one.Ope_Kod)


def stations() -> Statement:
    """Connected shops, each with what its configuration says."""
    one = t.STANOWISKA.c
    columns = (
        *(one.ESS_ESSId, one.ESS_Nazwa, one.ESS_Nieaktywny, one.ESS_TwGNumer),
        *(one.ESS_ExpZasoby, one.ESS_WyslijStanWszystkieMag, one.ESS_DomyslnaWaluta),
        one.ESS_StanSynchronizacji,
    )
    return t.select(*columns).order_by(one.ESS_ESSId)


def shop_warehouses(shop: int) -> Statement:
    """Warehouses a shop is sent stock from, the default one first."""
    one, house = t.ESKLEP_MAGAZYNY.c, t.MAGAZYNY.c
    joined = t.ESKLEP_MAGAZYNY.join(t.MAGAZYNY, house.Mag_MagId == one.ESM_MagId)
    return (
        t.select(one.ESM_MagId, one.ESM_Domyslny, house.Mag_NieAktywny)
        .select_from(joined)
        .where(one.ESM_ESSId == shop)
        .order_by(one.ESM_Domyslny.desc(), one.ESM_MagId)
    )


def shop_currencies(shop: int) -> Statement:
    """Currencies a shop sells in."""
    one = t.ESKLEP_WALUTY.c
    return t.select(one.ESW_Waluta).where(one.ESW_ESSId == shop).order_by(one.ESW_Waluta)


def warehouses() -> Statement:
    """Warehouses in use."""
    one = t.MAGAZYNY.c
    return (
        t.select(one.Mag_MagId, one.Mag_Symbol, one.Mag_Nazwa).where(one.Mag_NieAktywny == 0).order_by(one.Mag_Symbol)
    )


def price_levels() -> Statement:
    """Sale price levels in use. The purchase price is not among them."""
    one = t.DEF_CENY.c
    in_use = sa.func.coalesce(one.DfC_Nieaktywna, 0) == 0
    return (
        t.select(one.DfC_DfCId, one.DfC_Lp, one.DfC_Nazwa, one.DfC_Waluta, one.DfC_Typ)
        .where(one.DfC_Lp > t.PURCHASE, in_use)
        .order_by(one.DfC_Lp)
    )


def attributes() -> Statement:
    """Definitions in use of attributes that are meant for shops, of products, customers and documents."""
    one = t.DEF_ATRYBUTY.c
    return (
        t.select(one.DeA_DeAId, one.DeA_Kod, one.DeA_Nazwa, one.DeA_Typ, one.DeA_Format)
        .where(one.DeA_Typ.in_([1, 2, 4]), one.DeA_ESklep == 1, one.DeA_Nieaktywny == 0)
        .order_by(one.DeA_DeAId)
    )


def attribute_values() -> Statement:
    """Values of attributes that are lists, by definition."""
    one = t.DEF_ATR_ELEM.c
    return t.select(one.DAE_DeAId, one.DAE_Wartosc).order_by(one.DAE_DeAId, one.DAE_Lp, one.DAE_DAEId)


def customer_groups() -> Statement:
    one = t.GRUPY.c
    return t.select(one.Gru_GruID, one.Gru_Nazwa).where(one.Gru_Typ == t.CUSTOMER_GROUP).order_by(one.Gru_Nazwa)


def units_in_use() -> Statement:
    """Units of cards and additional units, each once."""
    base = t.select(t.TOWARY.c.Twr_JM.label("unit"))
    more = t.select(t.TWR_JMZ.c.TwJZ_JM.label("unit"))
    used = sa.union(base, more).subquery("used")
    return t.select(used.c.unit).where(used.c.unit != "").order_by(used.c.unit)


def newest() -> tuple[Statement, ...]:
    """The latest moment of each kind of stamp; a database put back from a copy has older ones than before."""
    stamps = (t.STAMPS.c.TwTS_TS_ModESklep, t.TOWARY.c.Twr_TS_Mod, t.KONTRAHENCI.c.Knt_TS_Mod)
    return tuple(t.select(sa.func.max(one)) for one in (*stamps, t.ZESTAWY.c.ZTw_TS_Mod, t.DANE_BINARNE.c.DAB_TS_Mod))


def deletions() -> Statement:
    """The number of the last tombstone: every deletion leaves one."""
    return t.select(sa.func.max(t.USUNIETE.c.UOb_UObID))
