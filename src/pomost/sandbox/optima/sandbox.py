"""The company as its people see it: the desks of the office, copies and restoring, and a day of random work."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, select

from pomost.sandbox.optima import drift as drifting
from pomost.sandbox.optima import tables_extras as extras
from pomost.sandbox.optima import tables_goods as goods
from pomost.sandbox.optima import tables_parties as parties
from pomost.sandbox.optima.company import COMPANY_DATABASE, CONFIGURATION_DATABASE
from pomost.sandbox.optima.connection import Clock, Ticking, database_file
from pomost.sandbox.optima.desks.customers import CustomersDesk
from pomost.sandbox.optima.desks.files import FilesDesk
from pomost.sandbox.optima.desks.goods import GoodsDesk
from pomost.sandbox.optima.desks.groups import GroupsDesk
from pomost.sandbox.optima.desks.shops import ShopsDesk
from pomost.sandbox.optima.desks.stock import StockDesk
from pomost.sandbox.optima.desks.trade import TradeDesk
from pomost.sandbox.optima.drift import Desks, Drift
from pomost.sandbox.optima.groups import GROUP
from pomost.sandbox.optima.office import Office

_CARD = goods.towary.c
_STAMPS: tuple[tuple[str, Any, Column[Any]], ...] = (
    ("Twr_TS_Mod", _CARD.Twr_Kod, _CARD.Twr_TS_Mod),
    ("ZTw_TS_Mod", extras.zestawy_twr.c.ZTw_Kod, extras.zestawy_twr.c.ZTw_TS_Mod),
    ("DAB_TS_Mod", extras.dane_binarne.c.DAB_DABID, extras.dane_binarne.c.DAB_TS_Mod),
    ("Knt_TS_Mod", parties.kontrahenci.c.Knt_Kod, parties.kontrahenci.c.Knt_TS_Mod),
    ("KnO_TS_Mod", parties.knt_osoby.c.KnO_KnOId, parties.knt_osoby.c.KnO_TS_Mod),
)


class OptimaSandbox:
    """One company; what is done at a desk is saved and visible at once to whoever reads.

    `home` is the folder that plays the SQL server. See `connection` for how a reader opens the two databases.
    """

    def __init__(self, home: str | Path, clock: Clock | None = None) -> None:
        self.home = Path(home)
        self.company_file = database_file(self.home, COMPANY_DATABASE)
        self.configuration_file = database_file(self.home, CONFIGURATION_DATABASE)
        self.office = Office(self.company_file, clock or Ticking())
        self.goods = GoodsDesk(self.office)
        self.groups = GroupsDesk(self.office)
        self.files = FilesDesk(self.office)
        self.stock = StockDesk(self.office)
        self.trade = TradeDesk(self.office)
        self.customers = CustomersDesk(self.office)
        self.shops = ShopsDesk(self.office)

    def close(self) -> None:
        self.office.engine.dispose()

    def unstamped(self) -> AbstractContextManager[None]:
        """Everything done inside moves no stamp: somebody's script with the triggers off."""
        return self.office.unstamped()

    def stamps(self) -> dict[tuple[str, str], Any]:
        """Every stamp there is, by its column and by the code or id of the thing it is on."""
        with self.office.engine.connect() as connection:
            return dict(_stamps(connection))

    def back_up(self, name: str = "kopia") -> Path:
        """Copy the company as it is now; returns the file of the copy."""
        copy = self.home / f"{name}.bak"
        _copy(self.company_file, copy)
        return copy

    def restore(self, copy: Path) -> None:
        """Put a copy in place of the company: everything, stamps too, is as it was then."""
        self.close()
        _copy(copy, self.company_file)

    def drift(self, seed: int) -> list[Drift]:
        """A day of random work away from the cases and examples; tells what was done, in the order it was done."""
        desks = Desks(self.goods, self.groups, self.files, self.stock, self.trade, self.customers, self.office.engine)
        return drifting.work(desks, seed)


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)


def _stamps(connection: Connection) -> Iterator[tuple[tuple[str, str], Any]]:
    for name, key, stamp in _STAMPS:
        for whose, moment in connection.execute(select(key, stamp)):
            yield (name, str(whose)), moment
    shop = goods.twr_ts_mod_esklep.c
    query = select(_CARD.Twr_Kod, shop.TwTS_TS_ModESklep).join_from(
        goods.towary, goods.twr_ts_mod_esklep, shop.TwTS_TwrId == _CARD.Twr_TwrId
    )
    for code, moment in connection.execute(query):
        yield ("TwTS_TS_ModESklep", code), moment
    group = goods.twr_grupy.c
    for code, kind, seconds in connection.execute(select(group.TwG_Kod, group.TwG_GIDTyp, group.TwG_CzasModyfikacji)):
        yield ("TwG_CzasModyfikacji" if kind == GROUP else "TwG_CzasModyfikacji of a member", code), seconds
