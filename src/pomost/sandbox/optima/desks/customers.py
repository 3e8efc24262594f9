"""The clerk of customers: cards, logins, price levels."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, insert, select, update

from pomost.sandbox.optima import tables_parties as parties
from pomost.sandbox.optima import tables_shop as shop
from pomost.sandbox.optima.books import Row
from pomost.sandbox.optima.company import SHOP, Level
from pomost.sandbox.optima.customers import Customer, Login, login_row, register
from pomost.sandbox.optima.office import Office, customer_id, put

_CARD = parties.kontrahenci


class CustomersDesk:
    """Work on customers; price levels of a shop move no stamp."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def row(self, code: str) -> Row:
        """The row of `Kontrahenci`."""
        with self._office.engine.connect() as connection:
            return dict(connection.execute(select(_CARD).where(_CARD.c.Knt_Kod == code)).mappings().one())

    def add(self, customer: Customer) -> int:
        """Enter a new customer and return its id."""
        now = self._office.clock()
        stamps = {"Knt_TS_Zal": now, "Knt_TS_Mod": now}
        with self._office.engine.begin() as connection:
            books = self._office.books(connection)
            key = register(books, replace(customer, row={**stamps, **customer.row}))
            books.write(connection)
            return key

    def change(self, code: str, **columns: Any) -> None:
        """Change columns of the card (`Knt_*`)."""
        with self._office.engine.begin() as connection:
            values = {**columns, **self._office.stamped("Knt_TS_Mod")}
            connection.execute(update(_CARD).where(_CARD.c.Knt_KntId == customer_id(connection, code)).values(values))

    def set_discount(self, code: str, per_cent: Decimal) -> None:
        """Change the discount on the card."""
        self.change(code, Knt_Upust=per_cent)

    def publish(self, code: str) -> None:
        self.change(code, Knt_ESklep=1)

    def withdraw(self, code: str) -> None:
        self.change(code, Knt_ESklep=0)

    def block(self, code: str) -> None:
        self.change(code, Knt_BlokadaDok=1)

    def set_price_level(self, code: str, level: Level | None, shop_key: int = SHOP) -> None:
        """Choose the customer's price level in a shop; None leaves the shop's own."""
        table = shop.knt_esklepy
        with self._office.engine.begin() as connection:
            whose = {"KES_KntID": customer_id(connection, code), "KES_eSklepID": shop_key}
            if level is None:
                here = (table.c[name] == value for name, value in whose.items())
                connection.execute(delete(table).where(*here))
            else:
                put(connection, table, whose, {"KES_TypCenyDomyslnej": level.key})

    def add_login(self, code: str, login: Login) -> None:
        """Let one more person sign in to the shop."""
        with self._office.engine.begin() as connection:
            row = login_row(customer_id(connection, code), login, self._office.clock())
            connection.execute(insert(parties.knt_osoby), row)
