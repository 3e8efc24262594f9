"""The clerk of discounts and promotional sets."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, select, update

from pomost.sandbox.optima import tables_common as common
from pomost.sandbox.optima import tables_extras as extras
from pomost.sandbox.optima import tables_parties as parties
from pomost.sandbox.optima.books import Row
from pomost.sandbox.optima.bundles import Bundle, bundle
from pomost.sandbox.optima.company import CUSTOMER_GROUPS
from pomost.sandbox.optima.discounts import Rule, grant
from pomost.sandbox.optima.office import Office, customer_id, group_number, must, product_id

_RULE, _SET = parties.rabaty, extras.zestawy_twr


class TradeDesk:
    """Work on discounts, which move no stamp at all, and on sets, which have their own."""

    def __init__(self, office: Office) -> None:
        self._office = office

    # Discounts

    def discount(self, key: int) -> Row:
        """The row of `Rabaty`."""
        with self._office.engine.connect() as connection:
            return dict(connection.execute(select(_RULE).where(_RULE.c.Rab_RabId == key)).mappings().one())

    def discounts(self) -> list[Row]:
        with self._office.engine.connect() as connection:
            return [dict(row) for row in connection.execute(select(_RULE).order_by(_RULE.c.Rab_RabId)).mappings()]

    def grant(
        self,
        rule: Rule,
        *,
        product: str | None = None,
        group: str | None = None,
        customer: str | None = None,
        among: str | None = None,
    ) -> int:
        """Grant a discount and return its id; the rule's kind says which of the codes it needs.

        `among` is the name of a group of customers.
        """
        with self._office.engine.begin() as connection:
            table = common.grupy.c
            people = select(table.Gru_GruID).where(table.Gru_Typ == CUSTOMER_GROUPS, table.Gru_Nazwa == among)
            books = self._office.books(connection)
            key = grant(
                books,
                rule,
                product=None if product is None else product_id(connection, product),
                group=None if group is None else group_number(connection, group),
                customer=None if customer is None else customer_id(connection, customer),
                among=None if among is None else connection.execute(people).scalar_one(),
            )
            books.write(connection)
            return key

    def change_discount(self, key: int, **columns: Any) -> None:
        """Change columns of a discount (`Rab_*`)."""
        with self._office.engine.begin() as connection:
            must(connection, update(_RULE).where(_RULE.c.Rab_RabId == key).values(columns), f"no discount {key}")

    def end_discount(self, key: int, day: datetime) -> None:
        """Let a discount be good to this day, and no longer."""
        self.change_discount(key, Rab_DataDo=day)

    def remove_discount(self, key: int) -> None:
        with self._office.engine.begin() as connection:
            must(connection, delete(_RULE).where(_RULE.c.Rab_RabId == key), f"no discount {key}")

    def add_customer_group(self, name: str) -> int:
        """Make a group of customers."""
        with self._office.engine.begin() as connection:
            books = self._office.books(connection)
            key = books.add(common.grupy, Gru_Typ=CUSTOMER_GROUPS, Gru_Nazwa=name)
            books.write(connection)
            return key

    def delete_customer_group(self, name: str) -> None:
        """Delete a group of customers; customers and discounts keep naming it."""
        here = (common.grupy.c.Gru_Typ == CUSTOMER_GROUPS, common.grupy.c.Gru_Nazwa == name)
        with self._office.engine.begin() as connection:
            must(connection, delete(common.grupy).where(*here), f"no group of customers is called {name!r}")

    # Sets

    def set_row(self, code: str) -> Row:
        """The row of `ZestawyTwr`."""
        with self._office.engine.connect() as connection:
            return dict(connection.execute(select(_SET).where(_SET.c.ZTw_Kod == code)).mappings().one())

    def add_set(self, one: Bundle) -> int:
        """Make a promotional set and return its id."""
        with self._office.engine.begin() as connection:
            books = self._office.books(connection)
            key = bundle(books, one)
            books.rows(_SET)[0]["ZTw_TS_Mod"] = books.now
            books.write(connection)
            return key

    def change_set(self, code: str, **columns: Any) -> None:
        """Change columns of a set (`ZTw_*`)."""
        with self._office.engine.begin() as connection:
            values = {**columns, **self._office.stamped("ZTw_TS_Mod")}
            must(connection, update(_SET).where(_SET.c.ZTw_Kod == code).values(values), f"no set has the code {code!r}")

    def reprice_set(self, code: str, value: Decimal) -> None:
        """Change the reduction of the set's main product."""
        self.change_set(code, ZTw_Wartosc=value)

    def withdraw_set(self, code: str) -> None:
        self.change_set(code, ZTw_ESklep=0)
