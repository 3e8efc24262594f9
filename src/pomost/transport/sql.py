"""Reading a foreign SQL database: read-only, streaming, without standing in anybody's way."""

import importlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import mssql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler

FETCH = 5000
ENCRYPTIONS = ("yes", "no", "strict")
"""Words for how a connection is encrypted."""
_REMEMBERED = 64  # statements whose text is kept; most are made once and asked often

# A reader must neither wait long for the ERP's users nor make them wait: it gives up on locks and loses every deadlock.
_SESSION = (
    "SET LOCK_TIMEOUT 15000",
    "SET DEADLOCK_PRIORITY LOW",
    "SET NOCOUNT ON",
)
_SNAPSHOT_ALLOWED = "SELECT snapshot_isolation_state FROM sys.databases WHERE database_id = DB_ID()"


class SqlFailure(Exception):
    """The database did not answer as it should; `detail` is the driver's own text without any password."""

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail


@dataclass(frozen=True, slots=True)
class SqlAddress:
    """Where a database is. `driver`: mssql-python, python-tds, or sqlite (then `database` is a file).

    `schema`: the one its tables lie in, where statements name it; a file is attached under that name.
    """

    driver: str
    server: str = ""
    database: str = ""
    login: str = ""
    password: str = field(default="", repr=False)
    encryption: str = "yes"
    trust_certificate: bool = False
    timeout: int = 30
    schema: str = ""


def encryption_kept(driver: str, word: str) -> bool:
    """Whether the driver does what the word says; python-tds never encrypts as it is used here."""
    return driver == "sqlite" or word == "no" or (word in ENCRYPTIONS and driver != "python-tds")


def written_out(ids: Sequence[int]) -> sa.BindParameter[Any]:
    """Whole numbers to stand in a statement's text: SQL Server takes 2,100 parameters, which are kept for keys."""
    return sa.bindparam(None, list(ids), sa.Integer(), expanding=True, literal_execute=True)


class SqlReader:
    """Connections to one database; every stream has its own, so several can be read side by side."""

    def __init__(self, address: SqlAddress) -> None:
        self._address = address
        self._idle: list[Any] = []
        self.dialect: Dialect = sqlite.dialect() if address.driver == "sqlite" else _mssql(address.driver)
        self._text_of = lru_cache(_REMEMBERED)(self._compile)

    def stream(self, statement: sa.Select[Any], parameters: Mapping[str, Any] | None = None) -> Iterator[list[Any]]:
        """Raw rows in pieces of `FETCH`, exactly as the driver gives them. Raises SqlFailure."""
        text, values = self._compiled(statement, parameters or {})
        connection = self._take()
        try:
            cursor = connection.cursor()
            cursor.execute(text, values)
            while piece := cursor.fetchmany(FETCH):
                yield piece
            cursor.close()
        except GeneratorExit:
            connection.close()
            raise
        except Exception as error:
            connection.close()
            raise self._failure(error) from error
        else:
            self._idle.append(connection)

    def rows(self, statement: sa.Select[Any], parameters: Mapping[str, Any] | None = None) -> list[Any]:
        """All rows of a small answer. Raises SqlFailure."""
        return [row for piece in self.stream(statement, parameters) for row in piece]

    def columns(self, table: str) -> frozenset[str]:
        """Names of a table's columns; empty when there is no such table. Raises SqlFailure."""
        schema = self._address.schema
        if self._address.driver == "sqlite":
            where = (table, schema) if schema else (table,)
            info: sa.Select[Any] = sa.select(sa.column("name")).select_from(
                sa.func.pragma_table_xinfo(*where).table_valued("name")
            )
            return frozenset(str(row[0]) for row in self.rows(info))
        name, owner = sa.column("COLUMN_NAME", sa.String), sa.column("TABLE_NAME", sa.String)
        place = sa.column("TABLE_SCHEMA", sa.String)
        catalogue = sa.table("COLUMNS", name, owner, place, schema="INFORMATION_SCHEMA")
        found = sa.select(name).select_from(catalogue).where(owner == table)
        found = found.where(place == schema) if schema else found
        return frozenset(str(row[0]) for row in self.rows(found))

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def _compiled(self, statement: sa.Select[Any], parameters: Mapping[str, Any]) -> tuple[str, Any]:
        compiled = self._text_of(statement)
        given = dict(parameters)
        if self._address.driver == "sqlite":
            # A file keeps moments as texts of one width; SQL Server gets them as they are.
            given = {name: _moment_text(value) for name, value in given.items()}
        state = compiled.construct_expanded_state(given)
        return state.statement, tuple(state.positional_parameters) if compiled.positional else state.parameters

    def _compile(self, statement: sa.Select[Any]) -> SQLCompiler:
        compiled = statement.compile(dialect=self.dialect)
        assert isinstance(compiled, SQLCompiler)
        return compiled

    def _take(self) -> Any:
        if self._idle:
            return self._idle.pop()
        try:
            return self._connect()
        except SqlFailure:
            raise
        except Exception as error:
            raise self._failure(error) from error

    def _connect(self) -> Any:
        address = self._address
        if not encryption_kept(address.driver, address.encryption):
            raise SqlFailure("encryption", address.encryption)
        match address.driver:
            case "sqlite":
                place = f"{Path(address.database).absolute().as_uri()}?mode=ro"
                into = ":memory:" if address.schema else place
                connection = sqlite3.connect(into, uri=True, check_same_thread=False)
                if address.schema:
                    connection.execute(f'ATTACH DATABASE ? AS "{address.schema}"', (place,))
                # Bytes that are no text spoil their own value, not the whole reading.
                connection.text_factory = partial(str, encoding="utf-8", errors="replace")
                return connection
            case "mssql-python":
                # A statement outside any transaction: the isolation level cannot be changed inside one.
                connection = _driver("mssql_python").connect(
                    _odbc_text(address), autocommit=True, timeout=address.timeout
                )
            case "python-tds":
                connection = _driver("pytds").connect(
                    dsn=address.server,
                    database=address.database,
                    user=address.login,
                    password=address.password,
                    login_timeout=address.timeout,
                    readonly=True,
                    autocommit=True,
                    validate_host=not address.trust_certificate,
                )
            case other:
                raise SqlFailure("driver", other)
        cursor = connection.cursor()
        for line in _SESSION:
            cursor.execute(line)
        cursor.execute(_SNAPSHOT_ALLOWED)
        allowed = (cursor.fetchone() or (0,))[0] == 1
        # Without snapshots, uncommitted reading is the only way that never blocks; keys that seem to be gone are
        # asked for again one by one before anybody believes it.
        level = "SNAPSHOT" if allowed else "READ UNCOMMITTED"
        cursor.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
        cursor.close()
        return connection

    def _failure(self, error: Exception) -> SqlFailure:
        detail = str(error)
        password = self._address.password
        for written in (password.replace("}", "}}"), password) if password else ():
            detail = detail.replace(written, "***")
        return SqlFailure(_kind(detail), detail)


def _moment_text(value: Any) -> Any:
    return value.isoformat(" ", "microseconds") if isinstance(value, datetime) else value


def _driver(module: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise SqlFailure("driver", module) from error


def _mssql(driver: str) -> Dialect:
    style = "qmark" if driver == "mssql-python" else "pyformat"
    return mssql.dialect(paramstyle=style)  # type: ignore[no-untyped-call]


def _odbc_text(address: SqlAddress) -> str:
    parts: Sequence[tuple[str, str]] = (
        ("Server", address.server),
        ("Database", address.database),
        *((("UID", address.login), ("PWD", address.password)) if address.login else (("Trusted_Connection", "yes"),)),
        ("Encrypt", address.encryption),
        ("TrustServerCertificate", "yes" if address.trust_certificate else "no"),
        ("ApplicationIntent", "ReadOnly"),
    )
    return ";".join(f"{name}={{{value.replace('}', '}}')}}}" for name, value in parts) + ";"


def _kind(detail: str) -> str:
    """What the driver's words mean: login, missing database, missing table or column, unreachable, other."""
    low = detail.casefold()
    signs = {
        # A database one may not open is reported together with "login failed", so it is looked for first.
        "database": ("cannot open database", "4060", "unable to open database", "not a database"),
        "login": ("login failed", "18456", "28000"),
        "column": ("invalid column name", "no such column"),
        "table": ("invalid object name", "no such table"),
        "locked": ("lock request time out", "1222", "database is locked", "deadlock"),
        "unreachable": (
            "timeout",
            "timed out",
            "refused",
            "network",
            "could not open a connection",
            "08001",
            "getaddr",
        ),
    }
    return next((kind for kind, words in signs.items() if any(word in low for word in words)), "other")
