"""Documents of Subiekt GT read back: which orders are there already, and how far each of them got."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from pomost.connectors.erp.subiekt_gt import sql_of_documents as sql
from pomost.connectors.erp.subiekt_gt import translation as to
from pomost.model.order import DocumentRef, LineCard, OrderDocument, OrderKey, Progress, Stage
from pomost.model.totals import DocumentTotals
from pomost.ports.erp import ErpAge
from pomost.transport.sql import SqlReader

# Asked for every order: made once, so that their texts are.
_BY_NUMBER, _BY_ID, _GOODS = sql.orders_by_number(), sql.orders_by_id(), sql.goods_of_orders()
_CARDS, _UNITS, _COUNTERS, _VAT_SYMBOLS = sql.line_cards(), sql.more_units(), sql.counters(), sql.vat_symbols()
# Which way an order is tied to what realised it differs from database to database: all ways are looked at.
_ISSUED = (
    sql.issued_by_the_orders_own_link(),
    sql.issued_by_the_documents_link(),
    sql.issued_by_lines("ob_DokHanId"),
    sql.issued_by_lines("ob_DokMagId"),
)
_COMMITTED = {one: sql.committed(one) for one in (_BY_NUMBER, _BY_ID, _GOODS, *_ISSUED)}
_HOME = "PLN"
"""The currency `dok_WartNetto` and `dok_WartBrutto` are kept in, whatever the document's own."""
_VOID, _DONE, _RESERVED = 2, 8, 7  # dok_Status of a ZK; the other states are open
_PARTLY, _COMPLETELY = 1, 4  # bits of dok_StatusEx
_STAGES = {2: Stage.INVOICED, 21: Stage.RECEIPT, 11: Stage.DISPATCHED}


def find(reader: SqlReader, keys: Sequence[OrderKey]) -> Mapping[OrderKey, tuple[OrderDocument, ...]]:
    """Orders by their original number. The server compares broadly, an identity must not: equality is checked here.

    Documents that seem to be there are read once more as committed: one that is just being saved may be rolled back.
    """
    originals = {key.original for key in keys}
    seen = _numbered(reader, _BY_NUMBER, originals)
    rows = _numbered(reader, _COMMITTED[_BY_NUMBER], {_original(row[2]) for row in seen}) if seen else []
    goods = _goods(reader, [int(row[0]) for row in rows])
    found: defaultdict[str, list[OrderDocument]] = defaultdict(list)
    for ident, number, original, customer, net, gross, currency in rows:
        home = str(currency or _HOME).strip() == _HOME
        found[_original(original)].append(
            OrderDocument(
                ref=DocumentRef("ZK", int(ident), str(number or "").strip()),
                customer=int(customer or 0),
                net=to.money(net) if home else None,
                gross=to.money(gross) if home else None,
                goods=goods[int(ident)],
            )
        )
    return {key: tuple(found[key.original]) for key in keys if key.original in found}


def _numbered(reader: SqlReader, statement: sa.Select[Any], originals: AbstractSet[str]) -> list[Any]:
    rows = reader.rows(statement, {"numbers": sorted(originals)}) if originals else []
    return [row for row in rows if _original(row[2]) in originals]


def _original(value: Any) -> str:
    return str(value or "").rstrip()


def _goods(reader: SqlReader, keys: Sequence[int]) -> Mapping[int, dict[int, Decimal]]:
    found: defaultdict[int, dict[int, Decimal]] = defaultdict(dict)
    for order, card, quantity in reader.rows(_COMMITTED[_GOODS], {"keys": keys}) if keys else ():
        if card is not None:
            held = found[int(order)]
            held[int(card)] = held.get(int(card), Decimal(0)) + to.money(quantity)
    return found


def vat_symbols(reader: SqlReader) -> Mapping[str, str]:
    """Symbols of VAT rates by their ids."""
    return {str(ident): str(symbol or "").strip() for ident, symbol in reader.rows(_VAT_SYMBOLS)}


def by_symbol(totals: DocumentTotals, symbols: Mapping[str, str]) -> DocumentTotals:
    """Totals by the symbols of rates instead of their ids: rate 0, exempt and outside VAT differ in nothing else."""
    named = DocumentTotals.of((symbols.get(ident) or ident, share) for ident, share in totals.rates.items())
    return DocumentTotals(totals.whole, named.rates)


def age(reader: SqlReader) -> ErpAge:
    """The counters of the program's ids: an older copy of the database has smaller ones."""
    return ErpAge(counters={str(name).strip(): int(value) for name, value in reader.rows(_COUNTERS)})


def progress(reader: SqlReader, documents: Sequence[DocumentRef], *, committed: bool) -> Iterator[Progress]:
    """How far each got. A row that vanished was deleted: a ZK has no cancelled state."""
    if not documents:
        return
    wanted = {"keys": sorted({one.id for one in documents})}
    rows = {row[0]: row for row in reader.rows(_COMMITTED[_BY_ID] if committed else _BY_ID, wanted)}
    issued: defaultdict[int, dict[int, tuple[int, DocumentRef]]] = defaultdict(dict)
    if rows:
        for statement in _ISSUED:
            for order, ident, kind, number in reader.rows(_COMMITTED[statement] if committed else statement, wanted):
                ref = DocumentRef(sql.REALISING[kind], int(ident), str(number or "").strip())
                issued[order][int(ident)] = (kind, ref)
    for one in documents:
        held = issued.get(one.id, {}).values()
        ranks = list(sql.REALISING)
        told = sorted(held, key=lambda pair: (ranks.index(pair[0]), pair[1].id))
        row = rows.get(one.id)
        stage, refs = _stage(row, [kind for kind, _ in told]), tuple(ref for _, ref in told)
        yield Progress(one, stage, refs, *(() if row is None else (_original(row[4]), int(row[5] or 0))))


def _stage(row: Any, kinds: Sequence[int]) -> Stage:
    """The stage of one order; a part of it delivered is looked for before the whole of it."""
    if row is None:
        return Stage.DELETED
    status, more = int(row[2]), int(row[3] or 0)
    if more & _PARTLY:
        return Stage.PARTLY
    if status == _DONE or more & _COMPLETELY:
        return _STAGES[kinds[-1]] if kinds else Stage.REALISED
    if status == _VOID:
        return Stage.DELETED
    opened = Stage.RESERVED if status == _RESERVED else Stage.OPEN
    return Stage.PARTLY if kinds else opened


def line_cards(reader: SqlReader, symbols: Sequence[str], codes: Sequence[str]) -> Iterator[LineCard]:
    """Cards order lines may mean, with their additional units."""
    if not (symbols or codes):
        return
    # A blank fits every card without a code, and an empty list is no list for every server.
    wanted = {"symbols": [one for one in symbols if one] or [""], "codes": [one for one in codes if one] or ["-"]}
    rows = reader.rows(_CARDS, wanted)
    units: defaultdict[int, list[tuple[str, Any]]] = defaultdict(list)
    keys = [row[0] for row in rows]
    for start in range(0, len(keys), 500):
        for key, unit, size in reader.rows(_UNITS, {"keys": keys[start : start + 500]}):
            units[key].append((str(unit or "").strip(), to.money(size)))
    for key, symbol, code, blocked, unit, vat in rows:
        yield LineCard(
            key=int(key),
            symbol=str(symbol or "").strip(),
            ean=str(code or "").strip(),
            active=not blocked,
            base_unit=str(unit or "").strip(),
            vat=None if vat is None else str(vat).strip(),
            units=tuple(units.get(key, ())),
        )
