"""The clerk who keeps the price list: cards, prices, texts, attributes, and what is shown in which shop."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, insert, select, update

from pomost.sandbox.optima import tables_common as common
from pomost.sandbox.optima import tables_extras as extras
from pomost.sandbox.optima import tables_goods as tables
from pomost.sandbox.optima import tables_shop as shop
from pomost.sandbox.optima.books import Row
from pomost.sandbox.optima.cards import PRODUCT_GID, Card, Price, enter, price_row
from pomost.sandbox.optima.company import LANGUAGES, SHOP, TRAIT_IDS, Level
from pomost.sandbox.optima.groups import MEMBER
from pomost.sandbox.optima.office import Office, exists, group_number, must, product_id, put

_TOMBSTONE = "6f1d1d5e-0000-4000-9000-{:012}"
_TEXTS = {
    "name": "TwrJ_Nazwa",
    "name_html": "TwrJ_NazwaHTML",
    "description": "TwrJ_Opis",
    "html": "TwrJ_OpisHTML",
    "short": "TwrJ_OpisKrotki",
    "meta_title": "TwrJ_MetaTytul",
    "link": "TwrJ_Link",
}
_CHILDREN = (
    tables.twr_ts_mod_esklep.c.TwTS_TwrId,
    tables.twr_ceny.c.TwC_TwrID,
    tables.twr_ilosci.c.TwI_TwrId,
    tables.twr_zasoby.c.TwZ_TwrId,
    tables.twr_jmz.c.TwJZ_TwrID,
    tables.twr_ean.c.TwE_TwrID,
    tables.twr_jezyk_obcy.c.TwrJ_TwrID,
    tables.twr_stawki_vat.c.TwV_TwrID,
    tables.twr_przeceny.c.TPC_TwrID,
    tables.zamienniki.c.ZAM_TwrId,
    extras.twr_atrybuty.c.TwA_TwrId,
    extras.dane_binarne_linki.c.DBL_TwrID,
    shop.twr_esklep.c.Twes_TwrID,
)


class GoodsDesk:
    """Work on product cards."""

    def __init__(self, office: Office) -> None:
        self._office = office

    # Looking

    def codes(self) -> list[str]:
        """Codes of all cards in the order of their entry."""
        card = tables.towary.c
        with self._office.engine.connect() as connection:
            return list(connection.execute(select(card.Twr_Kod).order_by(card.Twr_TwrId)).scalars())

    def row(self, code: str) -> Row:
        """The row of `Towary`."""
        with self._office.engine.connect() as connection:
            query = select(tables.towary).where(tables.towary.c.Twr_Kod == code)
            return dict(connection.execute(query).mappings().one())

    def shop_row(self, code: str, shop_key: int = SHOP) -> Row | None:
        """The row of `TwrESklep` for a shop."""
        with self._office.engine.connect() as connection:
            here = _in_shop(product_id(connection, code), shop_key)
            found = connection.execute(select(shop.twr_esklep).where(*here)).mappings().one_or_none()
            return None if found is None else dict(found)

    def prices(self, code: str) -> dict[int, tuple[Decimal, int, str, int]]:
        """Value, side, currency and points by id of the level."""
        price = tables.twr_ceny.c
        columns = (price.TwC_TwCNumer, price.TwC_Wartosc, price.TwC_Typ, price.TwC_Waluta, price.TwC_Punkty)
        with self._office.engine.connect() as connection:
            query = select(*columns).where(price.TwC_TwrID == product_id(connection, code))
            return {
                level: (value, side, currency, points)
                for level, value, side, currency, points in connection.execute(query)
            }

    # The card

    def add(self, card: Card) -> int:
        """Enter a new card and return its id; without balances given it has no stock."""
        now = self._office.clock()
        stamps = {"Twr_TS_Zal": now, "Twr_TS_Mod": now}
        fresh = replace(card, stamped=False, balances=card.balances or (), card_row={**stamps, **card.card_row})
        with self._office.engine.begin() as connection:
            books = self._office.books(connection)
            key = enter(books, fresh)
            books.write(connection)
            return key

    def change(self, code: str, **columns: Any) -> None:
        """Change columns of the card (`Twr_*`) in its window."""
        with self._office.engine.begin() as connection:
            self._office.save_card(connection, product_id(connection, code), **columns)

    def rename(self, code: str, name: str) -> None:
        self.change(code, Twr_Nazwa=name)

    def deactivate(self, code: str) -> None:
        self.change(code, Twr_NieAktywny=1)

    def activate(self, code: str) -> None:
        self.change(code, Twr_NieAktywny=0)

    def set_text(self, code: str, language: str = "pl", *, shop_key: int = SHOP, **texts: str) -> None:
        """Write texts of one language for one shop and save the card.

        Names: `name`, `name_html`, `description`, `html`, `short`, `meta_title`, `link`.
        """
        table = tables.twr_jezyk_obcy
        values = {_TEXTS[name]: text for name, text in texts.items()}
        with self._office.engine.begin() as connection:
            key = product_id(connection, code)
            whose = {"TwrJ_TwrID": key, "TwrJ_eSklepID": shop_key, "TwrJ_JezykID": LANGUAGES[language]}
            put(connection, table, whose, values)
            self._office.save_card(connection, key)

    def set_trait(self, code: str, trait: str, value: str, language: str = "pl") -> None:
        """Give an attribute a value in one language, in place of the one it had."""
        with self._office.engine.begin() as connection:
            whose = {"TwA_TwrId": product_id(connection, code), "TwA_DeAId": TRAIT_IDS[trait]}
            whose["TwA_JezykId"] = LANGUAGES[language]
            put(connection, extras.twr_atrybuty, whose, {"TwA_WartoscTxt": value, "TwA_ESklep": 1})

    def add_pack(self, code: str, unit: str, numerator: int, denominator: int = 1, *, shop_key: int = SHOP) -> None:
        """Sell in one more unit, in the ERP and in a shop."""
        with self._office.engine.begin() as connection:
            key = product_id(connection, code)
            for where in (0, shop_key):
                whose = {"TwJZ_TwrID": key, "TwJZ_JM": unit, "TwJZ_eSklepID": where}
                ratio = {"TwJZ_JMPrzelicznikL": numerator, "TwJZ_JMPrzelicznikM": denominator}
                put(connection, tables.twr_jmz, whose, ratio)

    # Prices

    def set_price(
        self, code: str, level: Level, value: Decimal, *, basis: int | None = None, points: int | None = None
    ) -> None:
        """Change a price in the price list; the card itself is not saved. Points stay unless given."""
        table = tables.twr_ceny
        with self._office.engine.begin() as connection:
            key = product_id(connection, code)
            row = price_row(key, Price(level, value, basis, points or 0))
            whose = {name: row.pop(name) for name in ("TwC_TwrID", "TwC_TwCNumer")}
            if points is None and exists(connection, table, whose):
                del row["TwC_Punkty"]
            put(connection, table, whose, row)

    def set_points(self, code: str, level: Level, points: int) -> None:
        """Change the loyalty points of one price."""
        table = tables.twr_ceny
        with self._office.engine.begin() as connection:
            here = (table.c.TwC_TwrID == product_id(connection, code), table.c.TwC_TwCNumer == level.key)
            changed = update(table).where(*here).values(TwC_Punkty=points)
            must(connection, changed, f"the product {code!r} has no price on the level {level.name!r}")

    # The shop

    def publish(self, code: str, shop_key: int = SHOP) -> None:
        """Show the product in a shop; without a default group of its own there, that of the card."""
        with self._office.engine.begin() as connection:
            key = product_id(connection, code)
            if exists(connection, shop.twr_esklep, {"Twes_ESklepId": shop_key, "Twes_TwrID": key}):
                values: Row = {"Twes_Udostepnij": 1}
            else:
                group = select(tables.towary.c.Twr_TwGGIDNumer).where(tables.towary.c.Twr_TwrId == key)
                values = {"Twes_Udostepnij": 1, "Twes_ESklepStatus": 1, "Twes_ESklepDostepnosc": 1}
                values["Twes_TwGGIDNumer"] = connection.execute(group).scalar_one()
            put(connection, shop.twr_esklep, {"Twes_ESklepId": shop_key, "Twes_TwrID": key}, values)

    def withdraw(self, code: str, shop_key: int = SHOP) -> None:
        self.set_in_shop(code, shop_key, Twes_Udostepnij=0)

    def set_in_shop(self, code: str, shop_key: int = SHOP, **columns: Any) -> None:
        """Change columns of `TwrESklep`: availability, flags, default group, and so on."""
        with self._office.engine.begin() as connection:
            here = _in_shop(product_id(connection, code), shop_key)
            changed = update(shop.twr_esklep).where(*here).values(columns)
            must(connection, changed, f"the product {code!r} has no row for the shop {shop_key}")

    def set_default_group(self, code: str, group_code: str, shop_key: int = SHOP) -> None:
        with self._office.engine.connect() as connection:
            number = group_number(connection, group_code)
        self.set_in_shop(code, shop_key, Twes_TwGGIDNumer=number)

    # The end

    def delete(self, code: str) -> None:
        """Delete the card for good.

        Discounts and substitutes of others keep naming its id, sets keep an empty place, and a tombstone is written.
        """
        with self._office.engine.begin() as connection:
            key = product_id(connection, code)
            part, whole = extras.zestawy_twr_skladniki, extras.zestawy_twr
            connection.execute(update(part).where(part.c.ZTS_TwrId == key).values(ZTS_TwrId=None))
            connection.execute(update(whole).where(whole.c.ZTw_TwrId == key).values(ZTw_TwrId=None))
            for column in _CHILDREN:
                connection.execute(delete(column.table).where(column == key))
            member = tables.twr_grupy.c
            here = (member.TwG_GIDTyp == MEMBER, member.TwG_GIDNumer == key + PRODUCT_GID)
            connection.execute(delete(tables.twr_grupy).where(*here))
            connection.execute(delete(tables.towary).where(tables.towary.c.Twr_TwrId == key))
            stone = {"UOb_Typ": MEMBER, "UOb_ImportRowId": _TOMBSTONE.format(key)}
            connection.execute(insert(common.usuniete_obiekty), stone)


def _in_shop(key: int, shop_key: int) -> tuple[Any, ...]:
    row = shop.twr_esklep.c
    return row.Twes_TwrID == key, row.Twes_ESklepId == shop_key
