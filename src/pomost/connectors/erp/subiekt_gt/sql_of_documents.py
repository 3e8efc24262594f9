"""Statements about documents: orders by their foreign number, what was issued from them, and cards of order lines."""

from typing import Any

import sqlalchemy as sa

from pomost.connectors.erp.subiekt_gt.sql import JEDNOSTKA, TOWAR, VAT, table

ZK = 16
REALISING = {11: "WZ", 21: "PA", 2: "FS"}
"""Kinds of documents that realise an order, in the order of what they say of it."""
_ORDINARY = (0, 1)  # dok_Podtyp of a ZK: ordinary, with an advance
_ADVANCES = (3, 4)  # dok_Podtyp of an FS that is an advance, and realises nothing
_VOID = 2  # dok_Status: cancelled; a withdrawn one (0) exists, only its effect on stock is undone

DOKUMENT = table(
    "dok__Dokument",
    *("dok_Id", "dok_Typ", "dok_Podtyp", "dok_NrPelny", "dok_NrPelnyOryg", "dok_DoDokId", "dok_PlatnikId"),
    *("dok_Status", "dok_StatusEx", "dok_WartNetto", "dok_WartBrutto", "dok_Waluta"),
)
POZYCJA = table("dok_Pozycja", "ob_Id", "ob_DoId", "ob_DokHanId", "ob_DokMagId", "ob_TowId", "ob_IloscMag")
WALUTA = table("sl_Waluta", "wl_Symbol")
LICZNIK = table("ins_ident", "ido_nazwa", "ido_wartosc")

READ_FOR_ORDERS = (DOKUMENT, POZYCJA, JEDNOSTKA)
"""Tables orders cannot do without."""

_z, _r, _p, _x = DOKUMENT.alias("z"), DOKUMENT.alias("r"), POZYCJA.alias("p"), POZYCJA.alias("x")
_REF = (_r.c.dok_Id, _r.c.dok_Typ, _r.c.dok_NrPelny)


def committed(statement: sa.Select[Any]) -> sa.Select[Any]:
    """The same, waiting for whoever is writing: what is told is saved for good. The session's lock time-out ends it."""
    for source in (DOKUMENT, POZYCJA, _z, _r, _p, _x):
        if source in _sources(statement):
            statement = statement.with_hint(source, "WITH (READCOMMITTED)", "mssql")
    return statement


def _sources(statement: sa.Select[Any]) -> list[Any]:
    found: list[Any] = []
    waiting = list(statement.get_final_froms())
    for source in waiting:
        if isinstance(source, sa.Join):
            waiting += [source.left, source.right]
        else:
            found.append(source)
    return found


def orders_by_number() -> sa.Select[Any]:
    """Orders whose foreign number is in the bound list `numbers`, the oldest first."""
    found = sa.and_(
        DOKUMENT.c.dok_Typ == ZK,
        DOKUMENT.c.dok_Podtyp.in_(_ORDINARY),
        DOKUMENT.c.dok_NrPelnyOryg.in_(sa.bindparam("numbers", expanding=True)),
    )
    columns = (
        *(DOKUMENT.c.dok_Id, DOKUMENT.c.dok_NrPelny, DOKUMENT.c.dok_NrPelnyOryg, DOKUMENT.c.dok_PlatnikId),
        *(DOKUMENT.c.dok_WartNetto, DOKUMENT.c.dok_WartBrutto, DOKUMENT.c.dok_Waluta),
    )
    return sa.select(*columns).where(found).order_by(DOKUMENT.c.dok_Id)


def goods_of_orders() -> sa.Select[Any]:
    """Order, card and base units, line by line, of the orders in the bound list `keys`."""
    line = POZYCJA.c
    keyed = line.ob_DokHanId.in_(sa.bindparam("keys", expanding=True))
    return sa.select(line.ob_DokHanId, line.ob_TowId, line.ob_IloscMag).where(keyed).order_by(line.ob_DokHanId)


def orders_by_id() -> sa.Select[Any]:
    """State of the orders in the bound list `keys`."""
    columns = (
        *(DOKUMENT.c.dok_Id, DOKUMENT.c.dok_NrPelny, DOKUMENT.c.dok_Status, DOKUMENT.c.dok_StatusEx),
        *(DOKUMENT.c.dok_NrPelnyOryg, DOKUMENT.c.dok_PlatnikId),
    )
    keyed = DOKUMENT.c.dok_Id.in_(sa.bindparam("keys", expanding=True))
    return sa.select(*columns).where(DOKUMENT.c.dok_Typ == ZK, keyed)


def counters() -> sa.Select[Any]:
    """What the program last gave out as ids, by table: it only grows, deletions or not."""
    counted = (DOKUMENT.name, POZYCJA.name, TOWAR.name, "kh__Kontrahent")
    return sa.select(LICZNIK.c.ido_nazwa, LICZNIK.c.ido_wartosc).where(LICZNIK.c.ido_nazwa.in_(counted))


def issued_by_the_orders_own_link() -> sa.Select[Any]:
    """Order and document it points at (`dok_DoDokId` of the ZK)."""
    joined = _z.join(_r, _r.c.dok_Id == _z.c.dok_DoDokId)
    return _realising(sa.select(_z.c.dok_Id.label("zk"), *_REF).select_from(joined), _z.c.dok_Id)


def issued_by_the_documents_link() -> sa.Select[Any]:
    """Order and document that points at it (`dok_DoDokId` of the other)."""
    return _realising(sa.select(_r.c.dok_DoDokId.label("zk"), *_REF), _r.c.dok_DoDokId)


def issued_by_lines(holder: str) -> sa.Select[Any]:
    """Order and document whose lines were made from the order's lines; `holder`: ob_DokHanId or ob_DokMagId."""
    joined = _p.join(_x, _x.c.ob_DoId == _p.c.ob_Id).join(_r, _r.c.dok_Id == _x.c[holder])
    found = sa.select(_p.c.ob_DokHanId.label("zk"), *_REF).select_from(joined).distinct()
    return _realising(found, _p.c.ob_DokHanId)


def line_cards() -> sa.Select[Any]:
    """Living cards whose symbol is in the bound list `symbols` or whose primary barcode is in `codes`."""
    columns = (TOWAR.c.tw_Id, TOWAR.c.tw_Symbol, TOWAR.c.tw_PodstKodKresk, TOWAR.c.tw_Zablokowany)
    found = sa.or_(
        TOWAR.c.tw_Symbol.in_(sa.bindparam("symbols", expanding=True)),
        TOWAR.c.tw_PodstKodKresk.in_(sa.bindparam("codes", expanding=True)),
    )
    return (
        sa.select(*columns, TOWAR.c.tw_JednMiary, VAT.c.vat_Symbol)
        .select_from(TOWAR.outerjoin(VAT, VAT.c.vat_Id == TOWAR.c.tw_IdVatSp))
        .where(TOWAR.c.tw_Usuniety == 0, found)
        .order_by(TOWAR.c.tw_Id)
    )


def more_units() -> sa.Select[Any]:
    """Additional units of the cards in the bound list `keys`."""
    unit = JEDNOSTKA.c
    keyed = unit.jm_IdTowar.in_(sa.bindparam("keys", expanding=True))
    return sa.select(unit.jm_IdTowar, unit.jm_IdJednMiary, unit.jm_Przelicznik).where(keyed).order_by(unit.jm_IdTowar)


def currencies() -> sa.Select[Any]:
    return sa.select(WALUTA.c.wl_Symbol).where(WALUTA.c.wl_Symbol != "").order_by(WALUTA.c.wl_Symbol)


def vat_rates() -> sa.Select[Any]:
    return sa.select(VAT.c.vat_Symbol).distinct().where(VAT.c.vat_Symbol != "").order_by(VAT.c.vat_Symbol)


def vat_symbols() -> sa.Select[Any]:
    """Id and symbol of every rate."""
    return sa.select(VAT.c.vat_Id, VAT.c.vat_Symbol).order_by(VAT.c.vat_Id)


def _realising(statement: sa.Select[Any], key: Any) -> sa.Select[Any]:
    """Of those, valid documents that realise an order in the bound list `keys`."""
    return statement.where(
        key.in_(sa.bindparam("keys", expanding=True)),
        _r.c.dok_Typ.in_(list(REALISING)),
        _r.c.dok_Podtyp.notin_(_ADVANCES),
        _r.c.dok_Status != _VOID,
    )
