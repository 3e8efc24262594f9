"""Databases a reader must refuse or take with care: another program's, without shops, older, damaged, restored."""

from pathlib import Path
from types import MappingProxyType

from sqlalchemy import Column, Integer, MetaData, String, Table, delete, text, update

from pomost.sandbox.optima import tables_common as common
from pomost.sandbox.optima import tables_shop as shop
from pomost.sandbox.optima.columns import SCHEMA
from pomost.sandbox.optima.company import COMPANY_DATABASE
from pomost.sandbox.optima.connection import Clock, create_empty, database_file
from pomost.sandbox.optima.filling import build, minimal
from pomost.sandbox.optima.sandbox import OptimaSandbox
from pomost.sandbox.optima.schema import company, marked

VARIANTS = MappingProxyType(
    {
        "not_optima": "a database of another program",
        "without_shop": "a company that has no shop configured",
        "configuration_missing": "a company whose configuration database is not on the server",
        "older": "a company without the tables and columns that are not certain",
        "damaged": "a company whose product cards lack a column nobody can do without",
        "restored": "a company whose stamps have run backwards",
    }
)
"""Names of the functions below, each with a sentence."""
NEEDED_COLUMN = ("TwrESklep", "Twes_Udostepnij")
_WORK = 3


def not_optima(folder: str | Path) -> Path:
    """Another program's database under the name of the company's; returns its file."""
    other = MetaData(schema=SCHEMA)
    Table("products", other, Column("id", Integer, primary_key=True), Column("name", String(100)))
    home = Path(folder)
    home.mkdir(parents=True, exist_ok=True)
    path = database_file(home, COMPANY_DATABASE)
    create_empty(path, other)
    return path


def without_shop(folder: str | Path, *, clock: Clock | None = None) -> OptimaSandbox:
    sandbox = minimal(folder, clock=clock)
    with sandbox.office.engine.begin() as connection:
        for table in (
            shop.esklep_formy_platnosci,
            shop.esklep_waluty,
            shop.esklep_magazyny,
            shop.twr_esklep,
            shop.esklep_stanowiska,
        ):
            connection.execute(delete(table))
    return sandbox


def configuration_missing(folder: str | Path, *, clock: Clock | None = None) -> OptimaSandbox:
    """The company names a configuration database that is not there; the folder holds no other."""
    sandbox = minimal(folder, clock=clock)
    sandbox.configuration_file.unlink()
    system = common.system_cdn
    with sandbox.office.engine.begin() as connection:
        row = update(system).where(system.c.SYS_ID == 1002)  # noqa: PLR2004 (the number Optima keeps the name under)
        connection.execute(row.values(SYS_Wartosc="CDN_KNF_Przeniesiona"))
    return sandbox


def older(folder: str | Path, *, clock: Clock | None = None) -> OptimaSandbox:
    """Without everything a reader must look for before it asks: whole tables, and columns of others."""
    sandbox = minimal(folder, clock=clock)
    columns = [*marked("named"), *marked("assumed")]
    for name in {table for table, _ in columns}:
        table = company().tables[f"{SCHEMA}.{name}"]
        mine = [column for owner, column in columns if owner == name]
        if len(mine) == len(table.columns):
            _execute(sandbox, f'DROP TABLE {SCHEMA}."{name}"')
        else:
            for column in mine:
                _execute(sandbox, f'ALTER TABLE {SCHEMA}."{name}" DROP COLUMN "{column}"')
    return sandbox


def damaged(folder: str | Path, *, clock: Clock | None = None) -> OptimaSandbox:
    """Without `NEEDED_COLUMN`, and therefore without the index that begins with it."""
    sandbox = minimal(folder, clock=clock)
    table, column = NEEDED_COLUMN
    for index in company().tables[f"{SCHEMA}.{table}"].indexes:
        if column in index.columns:
            _execute(sandbox, f'DROP INDEX {SCHEMA}."{index.name}"')
    _execute(sandbox, f'ALTER TABLE {SCHEMA}."{table}" DROP COLUMN "{column}"')
    return sandbox


def restored(
    folder: str | Path, *, products: int = 60, customers: int = 20, clock: Clock | None = None
) -> OptimaSandbox:
    """Some days of work, lost again because a copy of before was restored; `kopia-po.bak` is what was lost."""
    sandbox = build(folder, products=products, customers=customers, clock=clock)
    before = sandbox.back_up("kopia-przed")
    for seed in range(_WORK):
        sandbox.drift(seed)
    sandbox.back_up("kopia-po")
    sandbox.restore(before)
    return sandbox


def _execute(sandbox: OptimaSandbox, statement: str) -> None:
    with sandbox.office.engine.begin() as connection:
        connection.execute(text(statement))
