"""The clerk of the warehouses: what lies where, from which day on, and what is promised."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, select

from pomost.sandbox.optima import tables_goods as tables
from pomost.sandbox.optima.books import Row
from pomost.sandbox.optima.company import WAREHOUSES
from pomost.sandbox.optima.office import Office, product_id, put

_ROW = tables.twr_ilosci.c


@dataclass(frozen=True, slots=True)
class Held:
    """What lies in a warehouse, and how much of it is promised to orders and to service jobs."""

    on_hand: Decimal = Decimal(0)
    reserved: Decimal = Decimal(0)
    in_service: Decimal = Decimal(0)


class StockDesk:
    """Work on the dated balances; none of it moves any stamp."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def now(self, product: str) -> dict[str, Held]:
        """The current balance by symbol of the warehouse: the newest row of a day not later than today."""
        with self._office.engine.connect() as connection:
            key = product_id(connection, product)
            found = {symbol: self._held(connection, key, warehouse) for symbol, warehouse in WAREHOUSES.items()}
            return {symbol: held for symbol, held in found.items() if held is not None}

    def set(
        self,
        product: str,
        warehouse: str,
        on_hand: Decimal | int,
        *,
        reserved: Decimal | int | None = None,
        in_service: Decimal | int | None = None,
        day: datetime | None = None,
    ) -> None:
        """Write the balance of a day, today unless named; what is promised stays unless given.

        A day in the past is a document entered late: later rows are left as they are.
        """
        with self._office.engine.begin() as connection:
            key = product_id(connection, product)
            before = self._held(connection, key, WAREHOUSES[warehouse]) or Held()
            held = Held(
                Decimal(on_hand),
                before.reserved if reserved is None else Decimal(reserved),
                before.in_service if in_service is None else Decimal(in_service),
            )
            self._write(connection, key, WAREHOUSES[warehouse], held, day or self._today())

    def reserve(self, product: str, warehouse: str, quantity: Decimal | int) -> None:
        """Promise so much more to an order; a negative quantity sets it free."""
        held = self.now(product).get(warehouse, Held())
        self.set(product, warehouse, held.on_hand, reserved=held.reserved + Decimal(quantity))

    def reserve_for_service(self, product: str, warehouse: str, quantity: Decimal | int) -> None:
        """Promise so much more to a service job; a negative quantity sets it free."""
        held = self.now(product).get(warehouse, Held())
        self.set(product, warehouse, held.on_hand, in_service=held.in_service + Decimal(quantity))

    def _today(self) -> datetime:
        return self._office.clock().replace(hour=0, minute=0, second=0, microsecond=0)

    def _held(self, connection: Connection, key: int, warehouse: int | None) -> Held | None:
        columns = (_ROW.TwI_Ilosc, _ROW.TwI_Rezerwacje, _ROW.TwI_RezerwacjeZlecenia)
        here = (_ROW.TwI_TwrId == key, _ROW.TwI_MagId == warehouse, _ROW.TwI_Data <= self._office.clock())
        found = connection.execute(select(*columns).where(*here).order_by(_ROW.TwI_Data.desc())).first()
        return None if found is None else Held(*found)

    def _write(self, connection: Connection, key: int, warehouse: int, held: Held, day: datetime) -> None:
        """The warehouse's row of the day, and with it the company's total."""
        put(connection, tables.twr_ilosci, {"TwI_TwrId": key, "TwI_MagId": warehouse, "TwI_Data": day}, _values(held))
        every = [self._held(connection, key, one) or Held() for one in WAREHOUSES.values()]
        total = Held(
            sum((one.on_hand for one in every), Decimal(0)),
            sum((one.reserved for one in every), Decimal(0)),
            sum((one.in_service for one in every), Decimal(0)),
        )
        put(connection, tables.twr_ilosci, {"TwI_TwrId": key, "TwI_MagId": None, "TwI_Data": day}, _values(total))


def _values(held: Held) -> Row:
    return {"TwI_Ilosc": held.on_hand, "TwI_Rezerwacje": held.reserved, "TwI_RezerwacjeZlecenia": held.in_service}
