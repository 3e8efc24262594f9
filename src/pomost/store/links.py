"""Links: which document of the ERP an order of the shop became, and how far both got."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum

from pomost.model.order import DocumentRef, Order, Stage
from pomost.store import sql
from pomost.store.channels import neighbours
from pomost.store.models import Channel, OrderLink

_COLUMNS = (
    *("order_id", "shop", "number", "branch", "gross", "currency", "placed_at", "state", "document_kind"),
    *("document_id", "document_number", "content", "attempt", "status", "stage", "reported", "follow", "closed"),
    *("original", "customer"),
)
_NAMES = ", ".join(_COLUMNS)
_PLACES = ", ".join(["%s"] * (len(_COLUMNS) + 2))
_KEPT = ", ".join(f"{name} = excluded.{name}" for name in (*_COLUMNS[1:], "met"))
_UPSERT = f"""
INSERT INTO store_orderlink (channel_id, {_NAMES}, met) VALUES ({_PLACES})
ON CONFLICT (channel_id, order_id) DO UPDATE SET {_KEPT},
  answer = CASE WHEN excluded.document_id <> 0 THEN NULL ELSE store_orderlink.answer END
"""  # noqa: S608  (names of our own columns only)
_SELECT = f"SELECT {_NAMES}, answer FROM store_orderlink WHERE channel_id = %s"  # noqa: S608
_OWNERS = "SELECT document_id, channel_id, order_id FROM store_orderlink WHERE document_id IN ({keys})"
_OF_OTHERS = """
SELECT DISTINCT link.order_id FROM store_orderlink link
  JOIN store_channel other ON other.name = link.channel_id
  JOIN store_channel ours ON ours.shop = other.shop AND ours.shop_account = other.shop_account
WHERE ours.name = %s AND other.name <> %s AND link.document_id <> 0 AND link.order_id IN ({keys})
"""
_PIECE = 500


class LinkState(StrEnum):
    """How far the way into the ERP is gone."""

    WAITING = "waiting"  # for a reason a person must mend
    DOUBT = "doubt"  # asked of the ERP, not answered: whether there is a document nobody knows
    LINKED = "linked"  # there is a document, and the shop was not told yet
    ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True, slots=True)
class Link:
    """One order. `document` None: there is none, or nobody knows (DOUBT). Other fields as in `OrderLink`."""

    order_id: str
    shop: str
    number: str
    branch: str
    gross: Decimal
    currency: str
    placed_at: datetime
    state: LinkState
    document: DocumentRef | None = None
    content: bytes = b""
    attempt: str = ""
    status: str = ""
    stage: str = ""
    reported: str = ""
    follow: bool = False
    closed: bool = False
    original: str = ""
    customer: int = 0
    answer: int | None = None

    @classmethod
    def of(cls, order: Order, shop: str, state: LinkState) -> "Link":
        """A new link of an order as it is now; an amount no column holds is kept as nought."""
        gross = order.gross if abs(order.gross) < 10**15 else Decimal(0)
        return cls(
            order.id, shop, order.number[:200], order.branch, gross, order.currency[:10], order.placed_at, state,
            status=order.status,
        )  # fmt: skip


class Links:
    """One channel's orders."""

    def __init__(self, channel: str) -> None:
        self._channel = channel

    def of(self, order_ids: Iterable[str]) -> dict[str, Link]:
        found = sql.rows_in(_SELECT + " AND order_id IN ({keys})", [self._channel], set(order_ids))
        return {row[0]: _link(row) for row in found}

    def of_numbers(self, shop: str, numbers: Iterable[str]) -> dict[str, set[str]]:
        """Ids of the orders with these numbers under this mark, by number: the shop may give a number twice."""
        found: dict[str, set[str]] = {}
        statement = """SELECT number, order_id FROM store_orderlink
            WHERE channel_id = %s AND shop = %s AND number IN ({keys})"""
        for number, order_id in sql.rows_in(statement, [self._channel, shop], set(numbers)):
            found.setdefault(number, set()).add(order_id)
        return found

    def owners(self, documents: Iterable[int]) -> dict[int, set[tuple[str, str]]]:
        """Channel and id of the orders these documents are linked to, in any channel into the company, by document."""
        wanted = {one for one in documents if one > 0}
        channels = {self._channel, *neighbours(self._channel)} if wanted else set()
        found: dict[int, set[tuple[str, str]]] = {}
        for document, channel, order_id in sql.rows_in(_OWNERS, [], wanted):
            if channel in channels:
                found.setdefault(document, set()).add((channel, order_id))
        return found

    def answer(self, order_id: str, document: int) -> None:
        """A person said which document is the order's: its id, or 0 for a new one. The next run acts on it."""
        OrderLink.objects.filter(channel_id=self._channel, order_id=order_id).update(answer=document)

    def put(self, links: Sequence[Link], run: int) -> None:
        """Keep links as they are now, met by this run; what a person answered stays until there is a document."""
        sql.run_many(_UPSERT, [_row(self._channel, link, run) for link in links])

    def of_others(self, order_ids: Iterable[str]) -> set[str]:
        """Those of these orders that another channel of this store, at the same account, has a document of."""
        return {row[0] for row in sql.rows_in(_OF_OTHERS, [self._channel, self._channel], set(order_ids))}

    def in_state(self, *states: LinkState) -> list[Link]:
        marks = ", ".join(["%s"] * len(states))
        statement = f"{_SELECT} AND NOT closed AND state IN ({marks}) ORDER BY placed_at, order_id"
        return [_link(row) for row in sql.rows(statement, [self._channel, *states])]

    def open(self, *, ended: bool = False) -> Iterator[list[Link]]:
        """Links with a document of which something may still be told, in pieces; they may be changed in between.

        With `ended` also those nothing more was expected of, but for documents known to be deleted.
        """
        last = ""
        order = f'order_id COLLATE "{sql.bytewise()}"'
        chosen = f"stage <> '{Stage.DELETED}'" if ended else "NOT closed"
        statement = f"{_SELECT} AND {chosen} AND document_id <> 0 AND {order} > %s ORDER BY {order} LIMIT {_PIECE}"
        while piece := [_link(row) for row in sql.rows(statement, [self._channel, last])]:
            yield piece
            last = piece[-1].order_id

    def forget_waiting(self, run: int) -> list[str]:
        """Orders that waited and were not met by this run: they left the wanted status. Returns their ids."""
        gone = OrderLink.objects.filter(channel_id=self._channel, state=LinkState.WAITING, met__lt=run)
        ids = list(gone.values_list("order_id", flat=True))
        gone.delete()
        return ids

    def read(self, order_id: str, content: bytes, status: str) -> None:
        """A person has seen what was ordered and in which status it is; a run may be at work on the rest."""
        rows = OrderLink.objects.filter(channel_id=self._channel, order_id=order_id)
        rows.update(content=content, reported=status)

    def unfollow(self) -> None:
        """Statuses are not sent back now: when they are again, what happened in between is not reported."""
        OrderLink.objects.filter(channel_id=self._channel, closed=False, follow=True).update(follow=False)

    def cursor(self) -> str:
        return Channel.objects.values_list("orders_cursor", flat=True).get(name=self._channel)

    def keep_cursor(self, cursor: str) -> None:
        Channel.objects.filter(name=self._channel).update(orders_cursor=cursor)

    def find(self, text: str) -> list[Link]:
        """By number, id or number of the document."""
        where = " AND (number = %s OR order_id = %s OR document_number = %s) ORDER BY placed_at"
        return [_link(row) for row in sql.rows(_SELECT + where, [self._channel, text, text, text])]

    def page(self, states: Sequence[LinkState], text: str, after: str, limit: int) -> tuple[list[Link], str]:
        """Orders, the newest first, and the mark the next page begins after ("": the last).

        `text`: the beginning of a number, id or number of the document. Raises ValueError for a mark that is none.
        """
        where: list[str] = []
        told: list[object] = [self._channel]
        if states:
            where.append(f"state IN ({', '.join(['%s'] * len(states))})")
            told += states
        if text:
            where.append(
                "(order_id = %s OR LOWER(number) LIKE %s ESCAPE '!' OR LOWER(document_number) LIKE %s ESCAPE '!')"
            )
            beginning = _literal(text.lower()) + "%"
            told += [text, beginning, beginning]
        if after:
            moment, _, ident = after.partition(" ")
            placed = datetime.fromisoformat(moment)
            where.append("(placed_at < %s OR (placed_at = %s AND order_id > %s))")
            told += [placed, placed, ident]
        chosen = "".join(f" AND {one}" for one in where)
        statement = f"{_SELECT}{chosen} ORDER BY placed_at DESC, order_id LIMIT %s"
        found = [_link(row) for row in sql.rows(statement, [*told, limit + 1])]
        last = found[limit - 1] if len(found) > limit else None
        return found[:limit], "" if last is None else f"{last.placed_at.isoformat()} {last.order_id}"


def _row(channel: str, link: Link, run: int) -> tuple[object, ...]:
    document = link.document or DocumentRef("", 0, "")
    return (
        *(channel, link.order_id, link.shop, link.number, link.branch, link.gross, link.currency, link.placed_at),
        *(link.state.value, document.kind, document.id, document.number, link.content, link.attempt, link.status),
        *(link.stage, link.reported, link.follow, link.closed, link.original, link.customer, run),
    )


def _link(row: tuple[object, ...]) -> Link:
    order_id, shop, number, branch, gross, currency, placed_at, state, kind, key, document_number = row[:11]
    content, attempt, status, stage, reported, follow, closed, original, customer, answer = row[11:]
    assert isinstance(key, int)
    assert isinstance(customer, int)
    assert answer is None or isinstance(answer, int)
    return Link(
        order_id=str(order_id),
        shop=str(shop),
        number=str(number),
        branch=str(branch),
        gross=Decimal(str(gross)).quantize(Decimal("0.01")),
        currency=str(currency),
        placed_at=_moment(placed_at),
        state=LinkState(str(state)),
        document=DocumentRef(str(kind), key, str(document_number)) if key else None,
        content=bytes(content),  # type: ignore[call-overload]
        attempt=str(attempt),
        status=str(status),
        stage=str(stage),
        reported=str(reported),
        follow=bool(follow),
        closed=bool(closed),
        original=str(original),
        customer=customer,
        answer=answer,
    )


def _literal(text: str) -> str:
    """A text in which LIKE sees nothing but itself."""
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _moment(value: object) -> datetime:
    """PostgreSQL gives moments, SQLite the text they were kept as."""
    found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
