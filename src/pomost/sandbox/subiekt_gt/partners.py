"""Somebody looks after the customers of the sandbox company: enters, moves, marks, blocks and deletes them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, func, insert, select, update

from pomost.sandbox.subiekt_gt import tables_common as common
from pomost.sandbox.subiekt_gt import tables_parties as parties
from pomost.sandbox.subiekt_gt.company import CORRESPONDENCE, DELIVERY, SEAT, whole_address

_CARD, _ADDRESS, _GIVEN = parties.kh_kontrahent.c, parties.adr_ewid.c, parties.kh_cecha_kh.c
_DICTIONARIES = {
    "trait": (common.sl_cecha_kh, "ckh_Id", "ckh_Nazwa"),
    "group": (common.sl_grupa_kh, "grk_Id", "grk_Nazwa"),
    "industry": (common.sl_crm_branza, "bra_Id", "bra_Nazwa"),
}


class Partners:
    """Customers by symbol; every method is one saved change, visible at once to whoever reads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def add(
        self,
        symbol: str,
        *,
        nip: str = "",
        city: str = "Warszawa",
        street: str = "",
        house: str = "",
        traits: Sequence[str] = (),
        group: str | None = None,
        industry: str | None = None,
        shop: bool = True,
        blocked: bool = False,
        one_off: bool = False,
    ) -> int:
        """Enter a customer and return its id; like the program itself, with three rows of addresses."""
        with self.engine.begin() as connection:
            key = _next(connection, parties.kh_kontrahent, _CARD.kh_Id)
            card = {
                "kh_Id": key,
                "kh_Symbol": symbol,
                "kh_IdGrupa": None if group is None else _named(connection, "group", group),
                "kh_IdBranza": None if industry is None else _named(connection, "industry", industry),
                "kh_KlientSklepuInternetowego": shop,
                "kh_Zablokowany": blocked,
                "kh_Jednorazowy": one_off,
            }
            connection.execute(insert(parties.kh_kontrahent), card)
            for kind in (SEAT, CORRESPONDENCE, DELIVERY):
                row: dict[str, Any] = {"adr_IdObiektu": key, "adr_TypAdresu": kind}
                if kind == SEAT:
                    row |= {"adr_Nazwa": f"Firma {symbol}", "adr_NIP": nip, "adr_Symbol": symbol}
                    row |= _place(city, street, house)
                row["adr_Id"] = _next(connection, parties.adr_ewid, _ADDRESS.adr_Id)
                connection.execute(insert(parties.adr_ewid), row)
            for trait in traits:
                _give(connection, key, trait)
            return key

    def move(self, symbol: str, city: str, street: str, house: str) -> None:
        """Another seat; the addresses of correspondence and delivery stay."""
        with self.engine.begin() as connection:
            self._seat(connection, symbol, **_place(city, street, house))

    def set_nip(self, symbol: str, nip: str) -> None:
        with self.engine.begin() as connection:
            self._seat(connection, symbol, adr_NIP=nip)

    def give(self, symbol: str, trait: str) -> None:
        """Give a trait; a new name goes into the dictionary first. Giving it twice leaves two rows."""
        with self.engine.begin() as connection:
            _give(connection, _key(connection, symbol), trait)

    def take(self, symbol: str, trait: str) -> None:
        with self.engine.begin() as connection:
            key, trait_id = _key(connection, symbol), _named(connection, "trait", trait)
            given = parties.kh_cecha_kh
            connection.execute(delete(given).where(_GIVEN.ck_IdKhnt == key, _GIVEN.ck_IdCecha == trait_id))

    def set_group(self, symbol: str, group: str | None) -> None:
        with self.engine.begin() as connection:
            self._card(connection, symbol, kh_IdGrupa=None if group is None else _named(connection, "group", group))

    def set_industry(self, symbol: str, industry: str | None) -> None:
        with self.engine.begin() as connection:
            key = None if industry is None else _named(connection, "industry", industry)
            self._card(connection, symbol, kh_IdBranza=key)

    def tick(self, symbol: str, *, shop: bool) -> None:
        """The mark of a customer of the internet shop."""
        with self.engine.begin() as connection:
            self._card(connection, symbol, kh_KlientSklepuInternetowego=shop)

    def block(self, symbol: str, *, blocked: bool = True) -> None:
        with self.engine.begin() as connection:
            self._card(connection, symbol, kh_Zablokowany=blocked)

    def rename(self, kind: str, name: str, new: str) -> None:
        """Rename a trait, a group or an industry (`kind`); its id stays."""
        table, ident, label = _DICTIONARIES[kind]
        with self.engine.begin() as connection:
            connection.execute(
                update(table).where(table.c[ident] == _named(connection, kind, name)).values({label: new})
            )

    def ids(self, kind: str) -> dict[str, str]:
        """Ids of a dictionary by name, as texts."""
        table, ident, label = _DICTIONARIES[kind]
        with self.engine.connect() as connection:
            return {row[1]: str(row[0]) for row in connection.execute(select(table.c[ident], table.c[label]))}

    def key(self, symbol: str) -> int:
        with self.engine.connect() as connection:
            return _key(connection, symbol)

    def delete(self, symbol: str) -> None:
        """Delete a customer for good, with addresses and traits."""
        with self.engine.begin() as connection:
            key = _key(connection, symbol)
            connection.execute(delete(parties.kh_cecha_kh).where(_GIVEN.ck_IdKhnt == key))
            own = (_ADDRESS.adr_IdObiektu == key, _ADDRESS.adr_TypAdresu.in_((SEAT, CORRESPONDENCE, DELIVERY)))
            connection.execute(delete(parties.adr_ewid).where(*own))
            connection.execute(delete(parties.kh_kontrahent).where(_CARD.kh_Id == key))

    def _card(self, connection: Connection, symbol: str, **values: Any) -> None:
        connection.execute(update(parties.kh_kontrahent).where(_CARD.kh_Id == _key(connection, symbol)).values(values))

    def _seat(self, connection: Connection, symbol: str, **values: Any) -> None:
        own = (_ADDRESS.adr_IdObiektu == _key(connection, symbol), _ADDRESS.adr_TypAdresu == SEAT)
        connection.execute(update(parties.adr_ewid).where(*own).values(values))


def _place(city: str, street: str, house: str) -> dict[str, str]:
    told = {"adr_Miejscowosc": city, "adr_Ulica": street, "adr_NrDomu": house}
    return {**told, "adr_Adres": whole_address(street, house, "")}


def _key(connection: Connection, symbol: str) -> int:
    found = connection.execute(select(_CARD.kh_Id).where(_CARD.kh_Symbol == symbol)).scalars().first()
    if found is None:
        raise KeyError(f"no customer has the symbol {symbol!r}")
    return int(found)


def _named(connection: Connection, kind: str, name: str) -> int:
    """The id of a dictionary's entry; a new name is entered first."""
    table, ident, label = _DICTIONARIES[kind]
    found = connection.execute(select(table.c[ident]).where(table.c[label] == name)).scalars().first()
    if found is not None:
        return int(found)
    key = _next(connection, table, table.c[ident])
    connection.execute(insert(table), {ident: key, label: name})
    return key


def _give(connection: Connection, key: int, trait: str) -> None:
    row = {"ck_IdKhnt": key, "ck_IdCecha": _named(connection, "trait", trait)}
    row["ck_Id"] = _next(connection, parties.kh_cecha_kh, _GIVEN.ck_Id)
    connection.execute(insert(parties.kh_cecha_kh), row)


def _next(connection: Connection, table: Table, ident: Any) -> int:
    """The next free id from the program's own counter, where it keeps one for the table."""
    counter = common.ins_ident.c
    highest = int(connection.execute(select(func.coalesce(func.max(ident), 0))).scalar_one())
    mine = counter.ido_nazwa == table.name
    counted = connection.execute(select(counter.ido_wartosc).where(mine)).scalar_one_or_none()
    if counted is None:
        return highest + 1
    key = max(int(counted), highest + 1)
    connection.execute(update(common.ins_ident).where(mine).values({counter.ido_wartosc: key + 1}))
    return key
