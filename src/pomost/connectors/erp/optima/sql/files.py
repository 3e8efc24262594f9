"""Statements about binary data: links of products to files without the bytes, and the bytes of one file."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from pomost.connectors.erp.optima.sql import tables as t
from pomost.connectors.erp.optima.sql.goods import among_keys, offered
from pomost.connectors.erp.optima.sql.tables import Extras

Statement = t.Statement


class _Bytes(FunctionElement[int]):
    """How many bytes a column holds, without reading them; the number Optima writes beside them may be wrong."""

    inherit_cache = True


@compiles(_Bytes)
def _bytes(element: _Bytes, compiler: SQLCompiler, **options: Any) -> str:
    return f"length({compiler.process(element.clauses, **options)})"


@compiles(_Bytes, "mssql")
def _bytes_mssql(element: _Bytes, compiler: SQLCompiler, **options: Any) -> str:
    return f"DATALENGTH({compiler.process(element.clauses, **options)})"


def links(shop: int, extras: Extras, *, keys: bool = False) -> Statement:
    """Files meant for the shop, of the products shown in it: where the bytes are and how many.

    A link whose bytes are gone is read all the same. Moment and size tell changed bytes without reading them.
    """
    link, data = t.DANE_BINARNE_LINKI.c, t.DANE_BINARNE.c
    source = t.DANE_BINARNE_LINKI.outerjoin(t.DANE_BINARNE, link.DBL_DabId == data.DAB_DABID)
    more: tuple[Any, ...] = (
        (sa.column("DBL_TagLink", _selectable=t.DANE_BINARNE_LINKI),) if extras.link_addresses else ()
    )
    size = _Bytes(data.DAB_Wartosc).label("size")
    columns = (
        *(link.DBL_TwrID, link.DBL_DBLID, link.DBL_NazwaPliku, link.DBL_JezykId, link.DBL_TagAlt, link.DBL_TagTitle),
        *(link.DBL_WBazie, link.DBL_Sciezka, link.DBL_DabId, data.DAB_DABID, size, data.DAB_TS_Mod),
        *(data.DAB_NazwaPliku, data.DAB_Rozszerzenie, *more),
    )
    statement = t.select(*columns).select_from(source).where(link.DBL_ESklep == 1)
    owner = link.DBL_TwrID
    statement = among_keys(statement, owner) if keys else statement.where(owner.in_(offered(shop)))
    return statement.order_by(link.DBL_TwrID, link.DBL_Lp, link.DBL_DBLID)


def bytes_of() -> Statement:
    """The bytes of the one file whose id is bound as `file`."""
    data = t.DANE_BINARNE.c
    return t.select(data.DAB_Wartosc).where(sa.bindparam("file") == data.DAB_DABID)


def place_of() -> Statement:
    """Where the file of the link bound as `link` lies on a disk, and what its name says of it."""
    link, data = t.DANE_BINARNE_LINKI.c, t.DANE_BINARNE.c
    source = t.DANE_BINARNE_LINKI.outerjoin(t.DANE_BINARNE, link.DBL_DabId == data.DAB_DABID)
    columns = (link.DBL_Sciezka, link.DBL_NazwaPliku, data.DAB_NazwaPliku, data.DAB_Rozszerzenie)
    return t.select(*columns).select_from(source).where(sa.bindparam("link") == link.DBL_DBLID)
