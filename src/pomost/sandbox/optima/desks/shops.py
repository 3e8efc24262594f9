"""The administrator of the connected shops: workstation configuration and the state of Optima's own synchronisation."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, insert, select, update

from pomost.sandbox.optima import tables_shop as tables
from pomost.sandbox.optima.books import Row
from pomost.sandbox.optima.company import SHOP, WAREHOUSES
from pomost.sandbox.optima.office import Office, must

_SHOP = tables.esklep_stanowiska


class ShopsDesk:
    """Work on the workstation configuration of a shop."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def row(self, shop_key: int = SHOP) -> Row:
        """The row of `eSklepStanowiska`."""
        with self._office.engine.connect() as connection:
            query = select(_SHOP).where(_SHOP.c.ESS_ESSId == shop_key)
            return dict(connection.execute(query).mappings().one())

    def configure(self, shop_key: int = SHOP, **columns: Any) -> None:
        """Change columns of the configuration (`ESS_*`)."""
        with self._office.engine.begin() as connection:
            here = update(_SHOP).where(_SHOP.c.ESS_ESSId == shop_key)
            must(connection, here.values(columns), f"no shop has the id {shop_key}")

    def hold(self, shop_key: int = SHOP, state: int = 1) -> None:
        """Leave the mark of a synchronisation that is under way, or was interrupted; 0 takes it away."""
        self.configure(shop_key, ESS_StanSynchronizacji=state)

    def use_warehouses(self, symbols: Iterable[str], shop_key: int = SHOP) -> None:
        """Choose the warehouses the shop sends stock from; the first is the default."""
        table = tables.esklep_magazyny
        with self._office.engine.begin() as connection:
            connection.execute(delete(table).where(table.c.ESM_ESSId == shop_key))
            for place, symbol in enumerate(symbols):
                row = {"ESM_MagId": WAREHOUSES[symbol], "ESM_ESSId": shop_key, "ESM_Domyslny": int(place == 0)}
                connection.execute(insert(table), row)
