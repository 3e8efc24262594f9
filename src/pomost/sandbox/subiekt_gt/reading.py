"""What the people of the sandbox company see on their screens: reading of single cards and lists."""

from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, and_, inspect, select

from pomost.sandbox.subiekt_gt import tables_common as common
from pomost.sandbox.subiekt_gt import tables_goods as goods
from pomost.sandbox.subiekt_gt.cards import GOODS

_CARD = goods.tw_towar.c


def product_id(connection: Connection, symbol: str) -> int:
    found = connection.execute(select(_CARD.tw_Id).where(_CARD.tw_Symbol == symbol)).scalar_one_or_none()
    if found is None:
        raise KeyError(f"no product has the symbol {symbol!r}")
    return int(found)


def warehouse_id(connection: Connection, symbol: str) -> int:
    table = common.sl_magazyn.c
    found = connection.execute(select(table.mag_Id).where(table.mag_Symbol == symbol)).scalar_one_or_none()
    if found is None:
        raise KeyError(f"no warehouse has the symbol {symbol!r}")
    return int(found)


def warehouses(connection: Connection) -> dict[int, str]:
    """Symbols of all warehouses by id."""
    table = common.sl_magazyn.c
    return {row.mag_Id: row.mag_Symbol for row in connection.execute(select(table.mag_Id, table.mag_Symbol))}


def group_id(connection: Connection, name: str) -> int:
    table = common.sl_grupa_tw.c
    return int(connection.execute(select(table.grt_Id).where(table.grt_Nazwa == name)).scalar_one())


def vat_id(connection: Connection, symbol: str | None) -> int | None:
    if symbol is None:
        return None
    table = common.sl_stawka_vat.c
    return int(connection.execute(select(table.vat_Id).where(table.vat_Symbol == symbol)).scalar_one())


def vat_symbol(connection: Connection, key: int) -> str | None:
    joined = goods.tw_towar.join(common.sl_stawka_vat, _CARD.tw_IdVatSp == common.sl_stawka_vat.c.vat_Id)
    query = select(common.sl_stawka_vat.c.vat_Symbol).select_from(joined).where(_CARD.tw_Id == key)
    return connection.execute(query).scalar_one_or_none()


def trait_ids(connection: Connection, name: str) -> list[int]:
    """Every trait of this name, the oldest first: nothing keeps the names unique."""
    table = common.sl_cecha_tw.c
    query = select(table.ctw_Id).where(table.ctw_Nazwa == name).order_by(table.ctw_Id)
    return list(connection.execute(query).scalars())


def card(connection: Connection, symbol: str) -> dict[str, Any]:
    """The row of the card; only columns this version of the program has."""
    present = {column["name"] for column in inspect(connection).get_columns(goods.tw_towar.name)}
    query = select(*(column for column in goods.tw_towar.columns if column.name in present))
    return dict(connection.execute(query.where(_CARD.tw_Symbol == symbol)).mappings().one())


def prices(connection: Connection, symbol: str) -> dict[int, tuple[Decimal | None, Decimal | None]]:
    """Net and gross by level; empty when the card has no row of prices."""
    query = select(goods.tw_cena).where(goods.tw_cena.c.tc_IdTowar == product_id(connection, symbol))
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        return {}
    return {level: (row[f"tc_CenaNetto{level}"], row[f"tc_CenaBrutto{level}"]) for level in (0, *goods.LEVELS)}


def stocks(connection: Connection, symbol: str) -> dict[str, tuple[Decimal, Decimal]]:
    """On hand and reserved by symbol of the warehouse."""
    stock, warehouse = goods.tw_stan.c, common.sl_magazyn.c
    query = (
        select(warehouse.mag_Symbol, stock.st_Stan, stock.st_StanRez)
        .join_from(goods.tw_stan, common.sl_magazyn, stock.st_MagId == warehouse.mag_Id)
        .where(stock.st_TowId == product_id(connection, symbol))
        .order_by(warehouse.mag_Id)
    )
    return {name: (on_hand, reserved) for name, on_hand, reserved in connection.execute(query)}


def traits(connection: Connection, symbol: str) -> list[str]:
    """Names of the card's traits as often as they were given."""
    given, trait = goods.tw_cecha_tw.c, common.sl_cecha_tw.c
    query = (
        select(trait.ctw_Nazwa)
        .join_from(goods.tw_cecha_tw, common.sl_cecha_tw, given.cht_IdCecha == trait.ctw_Id)
        .where(given.cht_IdTowar == product_id(connection, symbol))
        .order_by(given.cht_Id)
    )
    return list(connection.execute(query).scalars())


def _on_sale() -> Any:
    return and_(_CARD.tw_Zablokowany.is_(False), _CARD.tw_Usuniety.is_(False), _CARD.tw_Rodzaj == GOODS)


def prices_on_sale(connection: Connection, level: int) -> list[tuple[str, Decimal]]:
    net = goods.tw_cena.c[f"tc_CenaNetto{level}"]
    query = (
        select(_CARD.tw_Symbol, net)
        .join_from(goods.tw_towar, goods.tw_cena, goods.tw_cena.c.tc_IdTowar == _CARD.tw_Id)
        .where(_on_sale(), net > 0)
        .order_by(_CARD.tw_Id)
    )
    return [(symbol, price) for symbol, price in connection.execute(query)]


def stocks_on_sale(connection: Connection) -> list[tuple[str, str, Decimal]]:
    stock, warehouse = goods.tw_stan.c, common.sl_magazyn.c
    query = (
        select(_CARD.tw_Symbol, warehouse.mag_Symbol, stock.st_Stan)
        .join_from(goods.tw_towar, goods.tw_stan, stock.st_TowId == _CARD.tw_Id)
        .join(common.sl_magazyn, stock.st_MagId == warehouse.mag_Id)
        .where(_on_sale())
        .order_by(_CARD.tw_Id, warehouse.mag_Id)
    )
    return [(symbol, name, on_hand) for symbol, name, on_hand in connection.execute(query)]


def symbols_on_sale(connection: Connection, trait: str, *, carrying: bool) -> list[str]:
    given = goods.tw_cecha_tw.c
    among = select(given.cht_IdTowar).where(given.cht_IdCecha.in_(trait_ids(connection, trait)))
    test = _CARD.tw_Id.in_(among)
    query = select(_CARD.tw_Symbol).where(_on_sale(), test if carrying else ~test).order_by(_CARD.tw_Id)
    return list(connection.execute(query).scalars())


def compositions(connection: Connection) -> dict[str, list[str]]:
    """Symbols of each set's parts; a part whose card is gone is left out."""
    whole, part = goods.tw_towar.alias("whole"), goods.tw_towar.alias("part")
    joined = goods.tw_komplet.join(whole, whole.c.tw_Id == goods.tw_komplet.c.kpl_IdKomplet).join(
        part, part.c.tw_Id == goods.tw_komplet.c.kpl_IdSkladnik
    )
    found: dict[str, list[str]] = {}
    for symbol, part_symbol in connection.execute(select(whole.c.tw_Symbol, part.c.tw_Symbol).select_from(joined)):
        found.setdefault(symbol, []).append(part_symbol)
    return found
