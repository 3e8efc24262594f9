"""Somebody works in the sandbox company: changes prices, moves stock, gives traits, adds and deletes cards."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, func, insert, select, update

from pomost.sandbox.subiekt_gt import drift as drifting
from pomost.sandbox.subiekt_gt import reading
from pomost.sandbox.subiekt_gt import tables_common as common
from pomost.sandbox.subiekt_gt import tables_goods as goods
from pomost.sandbox.subiekt_gt.cards import GOODS, with_vat
from pomost.sandbox.subiekt_gt.company import PRODUCT
from pomost.sandbox.subiekt_gt.drift import Drift

_CARD = goods.tw_towar.c
_QUALIFYING = "MSTORE"
_SHOP_LEVEL = 3
_CHILDREN = (
    goods.tw_cena.c.tc_IdTowar,
    goods.tw_stan.c.st_TowId,
    goods.tw_cecha_tw.c.cht_IdTowar,
    goods.tw_kod_kreskowy.c.kk_IdTowar,
    goods.tw_jedn_miary.c.jm_IdTowar,
    goods.tw_zdjecie_tw.c.zd_IdTowar,
    goods.tw_komplet.c.kpl_IdKomplet,
    goods.tw_zmiana_tw.c.twz_TowarId,
)

Prices = Mapping[int, Decimal | None]
Stocks = Mapping[str, Decimal | int]


class SubiektSandbox:
    """The company as its owner sees it; every method is one saved change, visible at once to whoever reads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    # Looking

    def symbols(self) -> list[str]:
        """Symbols of all cards in the order of their entry."""
        with self.engine.connect() as connection:
            return list(connection.execute(select(_CARD.tw_Symbol).order_by(_CARD.tw_Id)).scalars())

    def row(self, symbol: str) -> dict[str, Any]:
        """The row of `tw__Towar`."""
        with self.engine.connect() as connection:
            return reading.card(connection, symbol)

    def prices(self, symbol: str) -> dict[int, tuple[Decimal | None, Decimal | None]]:
        with self.engine.connect() as connection:
            return reading.prices(connection, symbol)

    def stocks(self, symbol: str) -> dict[str, tuple[Decimal, Decimal]]:
        with self.engine.connect() as connection:
            return reading.stocks(connection, symbol)

    def traits(self, symbol: str) -> list[str]:
        with self.engine.connect() as connection:
            return reading.traits(connection, symbol)

    def compositions(self) -> dict[str, list[str]]:
        with self.engine.connect() as connection:
            return reading.compositions(connection)

    # Changing one card

    def set_price(self, symbol: str, level: int, net: Decimal | None, gross: Decimal | None = None) -> None:
        """Price of a level; the gross price follows from the card's VAT rate unless given. None blanks the level."""
        with self.engine.begin() as connection:
            _write_price(connection, reading.product_id(connection, symbol), level, net, gross)

    def set_stock(
        self, symbol: str, warehouse_symbol: str, on_hand: Decimal | int, reserved: Decimal | int = 0
    ) -> None:
        with self.engine.begin() as connection:
            key, warehouse = reading.product_id(connection, symbol), reading.warehouse_id(connection, warehouse_symbol)
            _write_stock(connection, key, warehouse, on_hand, reserved)

    def add_trait(self, symbol: str, trait_name: str) -> None:
        """Give a trait; a new name goes into the dictionary first. Giving it twice leaves two rows."""
        with self.engine.begin() as connection:
            _give_trait(connection, reading.product_id(connection, symbol), trait_name)

    def remove_trait(self, symbol: str, trait_name: str) -> None:
        """Take a trait away, however often and under whichever of its ids it was given."""
        given = goods.tw_cecha_tw
        with self.engine.begin() as connection:
            key, traits = reading.product_id(connection, symbol), reading.trait_ids(connection, trait_name)
            connection.execute(delete(given).where(given.c.cht_IdTowar == key, given.c.cht_IdCecha.in_(traits)))

    def set_field(self, symbol: str, field: str, value: Any) -> None:
        """An own field by its column: `tw_Pole1` to `tw_Pole8`, or one of `pw_Dane` such as `pwd_Liczba01`."""
        with self.engine.begin() as connection:
            _write_field(connection, reading.product_id(connection, symbol), field, value)

    def set_unit(self, symbol: str, unit: str) -> None:
        self._change(symbol, tw_JednMiary=unit)

    def set_ean(self, symbol: str, ean: str) -> None:
        self._change(symbol, tw_PodstKodKresk=ean)

    def set_name(self, symbol: str, name: str) -> None:
        self._change(symbol, tw_Nazwa=name)

    def set_symbol(self, symbol: str, new: str) -> None:
        self._change(symbol, tw_Symbol=new)

    def set_vat(self, symbol: str, vat_symbol: str | None) -> None:
        """VAT rate by its symbol; prices stay as they are."""
        with self.engine.connect() as connection:
            key = reading.vat_id(connection, vat_symbol)
        self._change(symbol, tw_IdVatSp=key)

    def set_group(self, symbol: str, name: str) -> None:
        with self.engine.connect() as connection:
            key = reading.group_id(connection, name)
        self._change(symbol, tw_IdGrupa=key)

    def set_internet_shop(self, symbol: str, *, ticked: bool) -> None:
        self._change(symbol, tw_SklepInternet=ticked)

    def block(self, symbol: str) -> None:
        self._change(symbol, tw_Zablokowany=True)

    def unblock(self, symbol: str) -> None:
        self._change(symbol, tw_Zablokowany=False)

    def mark_deleted(self, symbol: str) -> None:
        self._change(symbol, tw_Usuniety=True)

    # Adding and deleting

    def add_product(
        self,
        symbol: str,
        *,
        name: str = "Towar",
        ean: str = "",
        unit: str = "szt.",
        vat: str | None = "23",
        group: str = "Podstawowa",
        kind: int = GOODS,
        net: Decimal | None = Decimal("2.50"),
        prices: Prices | None = None,
        stock: Decimal | int = 100,
        stocks: Stocks | None = None,
        traits: Sequence[str] = (_QUALIFYING,),
        fields: Mapping[str, Any] | None = None,
        components: Mapping[str, Decimal | int] | None = None,
        internet_shop: bool = True,
        blocked: bool = False,
    ) -> int:
        """Enter a card and return its id.

        `net` goes to the levels one to three, `prices` names levels one by one instead; `stock` lies in the main
        warehouse, `stocks` names warehouses instead, and every warehouse gets a row. `components` make a set.
        """
        with self.engine.begin() as connection:
            vat_key = reading.vat_id(connection, vat)
            values = {
                "tw_Symbol": symbol,
                "tw_Nazwa": name,
                "tw_PodstKodKresk": ean,
                "tw_Rodzaj": kind,
                "tw_JednMiary": unit,
                "tw_JednMiarySprz": unit,
                "tw_IdVatSp": vat_key,
                "tw_IdVatZak": vat_key,
                "tw_IdGrupa": reading.group_id(connection, group),
                "tw_Zablokowany": blocked,
            }
            key = _next_id(connection, goods.tw_towar)
            # Named only when ticked: a damaged company has no such column, and cards can be entered there all the same.
            ticked = {"tw_SklepInternet": True} if internet_shop else {}
            connection.execute(insert(goods.tw_towar), {"tw_Id": key, **values, **ticked})
            for level, price in (prices if prices is not None else {1: net, 2: net, 3: net}).items():
                _write_price(connection, key, level, price, None)
            filled = stocks if stocks is not None else {"MAG": stock}
            for warehouse, warehouse_symbol in reading.warehouses(connection).items():
                _write_stock(connection, key, warehouse, filled.get(warehouse_symbol, 0), 0)
            for trait in traits:
                _give_trait(connection, key, trait)
            for field, value in (fields or {}).items():
                _write_field(connection, key, field, value)
            for component, quantity in (components or {}).items():
                part = reading.product_id(connection, component)
                row = {"kpl_IdKomplet": key, "kpl_IdSkladnik": part, "kpl_Liczba": Decimal(quantity)}
                row["kpl_Id"] = _next_id(connection, goods.tw_komplet)
                connection.execute(insert(goods.tw_komplet), row)
            return key

    def delete(self, symbol: str) -> None:
        """Delete the card for good, with everything that hangs on it; sets that contain it keep naming its id."""
        with self.engine.begin() as connection:
            key = reading.product_id(connection, symbol)
            for column in _CHILDREN:
                connection.execute(delete(column.table).where(column == key))
            values = common.pw_dane
            own = (values.c.pwd_TypObiektu == PRODUCT, values.c.pwd_IdObiektu == key)
            connection.execute(delete(values).where(*own))
            connection.execute(delete(goods.tw_towar).where(_CARD.tw_Id == key))

    def drift(self, seed: int, *, prices: int = 20, stocks: int = 60, traits: int = 4) -> list[Drift]:
        """A day of work: so many random changes of each kind; the same seed on the same company changes the same."""
        random = Random(seed)  # noqa: S311 (repeatable by seed, no secret)
        with self.engine.connect() as connection:
            changes = [
                *drifting.price_changes(random, reading.prices_on_sale(connection, _SHOP_LEVEL), _SHOP_LEVEL, prices),
                *drifting.stock_changes(random, reading.stocks_on_sale(connection), stocks),
                *drifting.trait_changes(
                    random,
                    reading.symbols_on_sale(connection, _QUALIFYING, carrying=True),
                    reading.symbols_on_sale(connection, _QUALIFYING, carrying=False),
                    _QUALIFYING,
                    traits,
                ),
            ]
        for change in changes:
            self._apply(change)
        return changes

    def _apply(self, change: Drift) -> None:
        if change.what == "price":
            self.set_price(change.symbol, int(change.where), Decimal(change.after))
        elif change.what == "stock":
            reserved = self.stocks(change.symbol)[change.where][1]
            self.set_stock(change.symbol, change.where, Decimal(change.after), reserved)
        elif change.after:
            self.add_trait(change.symbol, change.where)
        else:
            self.remove_trait(change.symbol, change.where)

    def _change(self, symbol: str, **values: Any) -> None:
        with self.engine.begin() as connection:
            key = reading.product_id(connection, symbol)
            connection.execute(update(goods.tw_towar).where(_CARD.tw_Id == key).values(values))


def _next_id(connection: Connection, table: Table) -> int:
    """The next free id from the program's own counter; the row is locked by the update until the change is saved."""
    counter = common.ins_ident.c
    found = counter.ido_nazwa == table.name
    moved = connection.execute(
        update(common.ins_ident).where(found).values({counter.ido_wartosc: counter.ido_wartosc + 1})
    )
    if moved.rowcount == 0:
        key = table.primary_key.columns[0]
        first = connection.execute(select(func.coalesce(func.max(key), 0))).scalar_one() + 1
        connection.execute(insert(common.ins_ident), {"ido_nazwa": table.name, "ido_wartosc": first + 1})
        return int(first)
    return int(connection.execute(select(counter.ido_wartosc).where(found)).scalar_one()) - 1


def _write_price(connection: Connection, key: int, level: int, net: Decimal | None, gross: Decimal | None) -> None:
    table = goods.tw_cena
    if net is not None and gross is None:
        gross = with_vat(net, reading.vat_symbol(connection, key))
    values = {f"tc_CenaNetto{level}": net, f"tc_CenaBrutto{level}": gross}
    changed = connection.execute(update(table).where(table.c.tc_IdTowar == key).values(values))
    if changed.rowcount == 0:
        connection.execute(insert(table), {"tc_Id": _next_id(connection, table), "tc_IdTowar": key, **values})


def _write_stock(
    connection: Connection, key: int, warehouse: int, on_hand: Decimal | int, reserved: Decimal | int
) -> None:
    table = goods.tw_stan
    values = {"st_Stan": Decimal(on_hand), "st_StanRez": Decimal(reserved)}
    here = (table.c.st_TowId == key, table.c.st_MagId == warehouse)
    if connection.execute(update(table).where(*here).values(values)).rowcount == 0:
        connection.execute(insert(table), {"st_TowId": key, "st_MagId": warehouse, **values})


def _give_trait(connection: Connection, key: int, name: str) -> None:
    known = reading.trait_ids(connection, name)
    if not known:
        known = [_next_id(connection, common.sl_cecha_tw)]
        connection.execute(insert(common.sl_cecha_tw), {"ctw_Id": known[0], "ctw_Nazwa": name})
    row = {"cht_Id": _next_id(connection, goods.tw_cecha_tw), "cht_IdTowar": key, "cht_IdCecha": known[0]}
    connection.execute(insert(goods.tw_cecha_tw), row)


def _write_field(connection: Connection, key: int, field: str, value: Any) -> None:
    if field.startswith("tw_Pole"):
        connection.execute(update(goods.tw_towar).where(_CARD.tw_Id == key).values({field: value}))
        return
    table = common.pw_dane
    here = (table.c.pwd_TypObiektu == PRODUCT, table.c.pwd_IdObiektu == key, table.c.pwd_IdPozycji.is_(None))
    if connection.execute(update(table).where(*here).values({field: value})).rowcount == 0:
        whose = {"pwd_Id": _next_id(connection, table), "pwd_TypObiektu": PRODUCT, "pwd_IdObiektu": key}
        connection.execute(insert(table), {**whose, field: value})
