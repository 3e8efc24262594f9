"""Customers of Subiekt GT: the card with the address of its seat, and its traits, streamed side by side."""

from collections.abc import Iterator, Sequence
from typing import Any

from pomost.connectors.erp.subiekt_gt import sql
from pomost.model.branch import Address
from pomost.model.customer import CustomerCard
from pomost.transport.prints import fingerprint, grouped
from pomost.transport.sql import SqlReader

Row = tuple[Any, tuple[int, ...]]
"""A raw row of `sql.customers` and the ids of its traits, in order, each once."""


def rows(reader: SqlReader, traits: Sequence[int], keys: Sequence[int] | None = None) -> Iterator[Row]:
    """Rows in key order, each customer once. Raises SqlFailure."""
    wanted = None if keys is None else {"keys": sorted(keys)}
    chosen = keys is not None
    marks = _marks(reader, traits, wanted) if traits else iter(())
    marked, given = next(marks, (None, ()))
    last = None
    for piece in reader.stream(sql.customers(keys=chosen), wanted):
        for row in piece:
            key = row[0]
            if key == last:
                continue  # two seats of one customer: the first counts
            last = key
            while marked is not None and marked < key:
                marked, given = next(marks, (None, ()))
            yield row, given if marked == key else ()


def _marks(
    reader: SqlReader, traits: Sequence[int], wanted: dict[str, list[int]] | None
) -> Iterator[tuple[int | None, tuple[int, ...]]]:
    stream = reader.stream(sql.customer_traits(traits, keys=wanted is not None), wanted)
    for key, group in grouped(stream):
        # Nothing keeps a trait from being given twice.
        yield key, tuple(dict.fromkeys(row[1] for row in group))


def card(row: Row) -> CustomerCard:
    """The customer behind a row. What was made anonymous keeps no tax number, so that it never matches anybody."""
    raw, traits = row
    key, symbol, name, nip, street, house, flat, code, city, group, industry, shop, blocked, one_off = raw
    texts = [str(value or "").strip() for value in (street, house, flat, code, city)]
    bare = str(symbol or "").strip()
    return CustomerCard(
        key=int(key),
        symbol=bare,
        name=str(name or "").strip(),
        nip="" if bare and not bare.strip("*") else str(nip or "").strip(),
        address=Address(*texts),
        group=None if group is None else str(group),
        industry=None if industry is None else str(industry),
        traits=frozenset(map(str, traits)),
        shop_flag=bool(shop),
        blocked=bool(blocked),
        one_off=bool(one_off),
        print=fingerprint(row),
    )
