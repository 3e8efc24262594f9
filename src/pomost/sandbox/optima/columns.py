"""Column kinds of a Comarch ERP Optima database in a portable form."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Computed,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Unicode,
    UnicodeText,
    cast,
    column,
    func,
    literal,
    text,
)
from sqlalchemy.dialects import mssql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import SchemaItem
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

from pomost.sandbox.exact import Exact

SCHEMA = "CDN"
LONG_AGO = datetime.fromisoformat("1900-01-01")
"""What Optima writes where there is no date: an interval open at its beginning."""
FOR_EVER = datetime.fromisoformat("2999-12-31")
"""An interval open at its end."""

NOW = "(getdate())"
_TINY = SmallInteger().with_variant(mssql.TINYINT(), "mssql")
_IMAGE = LargeBinary().with_variant(mssql.IMAGE(), "mssql")
_MEMO = UnicodeText().with_variant(mssql.NVARCHAR(), "mssql")
_GUID = String(36).with_variant(mssql.UNIQUEIDENTIFIER(), "mssql")

Columns = list[Column[Any]]


def blank_metadata() -> MetaData:
    """Metadata of one database: everything lies in the schema CDN, indexes are named after their columns."""
    return MetaData(schema=SCHEMA, naming_convention={"ix": "IX_%(table_name)s_%(column_0_N_name)s"})


def table(metadata: MetaData, name: str, *parts: Columns | SchemaItem) -> Table:
    flat: list[SchemaItem] = []
    for part in parts:
        flat += part if isinstance(part, list) else [part]
    return Table(name, metadata, *flat)


def key(name: str) -> Columns:
    """`int identity`, the primary key."""
    return [Column(name, Integer, primary_key=True)]


def _columns(
    kind: TypeEngine[Any], names: Iterable[str], null: bool, default: str | None, value: Any = None
) -> Columns:
    server_default = None if null or default is None else text(default)
    given = {"nullable": null, "server_default": server_default, "default": value}
    return [Column(name, kind, autoincrement=False, **given) for name in names]


def number(*names: str, null: bool = False, default: int | None = 0) -> Columns:
    """`int`; None for the default means that a value must be given."""
    return _columns(Integer(), names, null, None if default is None else str(default))


def small(*names: str, null: bool = False, default: int | None = 0) -> Columns:
    return _columns(SmallInteger(), names, null, None if default is None else str(default))


def tiny(*names: str, null: bool = False, default: int | None = 0) -> Columns:
    """`tinyint`: 0 to 255."""
    return _columns(_TINY, names, null, None if default is None else str(default))


def refers(name: str, to: str, *, null: bool = False, key: bool = False) -> Columns:
    """`int` that names a row of another table, as `Towary.Twr_TwrId`."""
    return [Column(name, Integer, ForeignKey(to), primary_key=key, autoincrement=False, nullable=null)]


def varchar(length: int, *names: str, null: bool = False, required: bool = False) -> Columns:
    """`varchar` of code page 1250, by habit of Optima not null and empty."""
    return _columns(String(length), names, null, None if required else "''")


def nvarchar(length: int, *names: str, null: bool = False, required: bool = False) -> Columns:
    return _columns(Unicode(length), names, null, None if required else "''")


def memo(*names: str, null: bool = False) -> Columns:
    """`nvarchar(max)`."""
    return _columns(_MEMO, names, null, "''")


def decimal(precision: int, scale: int, *names: str, null: bool = False, default: int = 0) -> Columns:
    return _columns(Exact(precision, scale), names, null, str(default))


def moment(*names: str, null: bool = False, default: datetime | None = LONG_AGO) -> Columns:
    """`datetime`; None for the default means that a value must be given."""
    # The value is given by the program as well, so that SQLite keeps all moments as texts of one width.
    return _columns(DateTime(), names, null, f"'{default:%Y-%m-%d}'" if default else None, None if null else default)


def stamp(*names: str) -> Columns:
    """`datetime` that is the present moment unless something else is said."""
    return _columns(DateTime(), names, null=False, default=NOW)


def image(*names: str) -> Columns:
    return _columns(_IMAGE, names, null=True, default=None)


def guid(*names: str, null: bool = True) -> Columns:
    return _columns(_GUID, names, null, "(newid())")


class _Place(FunctionElement[int]):
    """Where one text begins in another, from one."""

    inherit_cache = True


@compiles(_Place)
def _place(element: _Place, compiler: SQLCompiler, **options: Any) -> str:
    needle, text_column = element.clauses
    return f"instr({compiler.process(text_column, **options)}, {compiler.process(needle, **options)})"


@compiles(_Place, "mssql")
def _place_mssql(element: _Place, compiler: SQLCompiler, **options: Any) -> str:
    needle, text_column = element.clauses
    return f"CHARINDEX({compiler.process(needle, **options)}, {compiler.process(text_column, **options)})"


def between(name: str, source: str, opening: str, closing: str) -> Columns:
    """The part of another column between the first of each sign, computed by the database."""
    whole: ColumnElement[Any] = column(source)
    rest = func.substring(whole, _Place(literal(opening), whole) + 1, func.length(whole))
    return [Column(name, String(254), Computed(func.substring(rest, 1, _Place(literal(closing), rest) - 1)))]


def full_number(name: str, pattern: str, running: str) -> Columns:
    """A document's number in its pattern, computed by the database."""
    number_text = cast(column(running), String(10))
    return [
        Column(name, Unicode(30), Computed(cast(func.replace(column(pattern), "@numerS", number_text), Unicode(30))))
    ]


def beyond(columns: Columns, *, assumed: bool = False) -> Columns:
    """Mark columns whose types are ours; with `assumed`, the names are ours as well: a reader must look first."""
    for one in columns:
        one.info["assumed" if assumed else "named"] = True
    return columns
