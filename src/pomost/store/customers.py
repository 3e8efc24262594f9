"""The mirror of the shop's customers: what recognition compares, and whom each was last recognised as."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from pomost.model.branch import Address
from pomost.model.customer import ShopCustomer
from pomost.model.nip import nip_digits
from pomost.store import sql
from pomost.store.models import Channel, MirroredCustomer

_CHUNK = 5000
_COLUMNS = "customer_id, nip, city, street, house_number, key"
_SELECT = f"SELECT {_COLUMNS} FROM store_mirroredcustomer WHERE channel_id = %s"  # noqa: S608  (no outside text)
_UPSERT = """
INSERT INTO store_mirroredcustomer (channel_id, customer_id, nip, city, street, house_number, key, seen)
VALUES (%s, %s, %s, %s, %s, %s, NULL, TRUE)
ON CONFLICT (channel_id, customer_id) DO UPDATE SET nip = excluded.nip, city = excluded.city,
  street = excluded.street, house_number = excluded.house_number, seen = TRUE
"""
_SEEN = "UPDATE store_mirroredcustomer SET seen = TRUE WHERE channel_id = %s AND NOT seen AND customer_id IN ({keys})"


@dataclass(frozen=True, slots=True)
class Mirrored:
    """A customer of the shop and the key of the card it was last recognised as, None for none."""

    customer: ShopCustomer
    key: int | None


class ShopCustomers:
    """One channel's mirror. Whatever changes in it unsettles the customers: they are decided about again."""

    def __init__(self, channel: str) -> None:
        self._channel = channel

    def cursor(self) -> str:
        return Channel.objects.values_list("customer_cursor", flat=True).get(name=self._channel)

    def store(
        self,
        customers: Sequence[ShopCustomer],
        gone: Sequence[str] = (),
        unreadable: Sequence[str] = (),
        cursor: str | None = None,
    ) -> int:
        """Keep a page; the number of customers that changed. `unreadable` ones stay as they were known."""
        with transaction.atomic():
            rows = {one.id: _row(one) for one in customers}
            found = sql.rows_in(_SELECT + " AND customer_id IN ({keys})", [self._channel], rows)
            held = {row[0]: tuple(row[:5]) for row in found}
            changed = [row for ident, row in rows.items() if held.get(ident) != row]
            sql.run_many(_UPSERT, [(self._channel, *row) for row in changed])
            sql.run_in(_SEEN, [self._channel], [*held, *unreadable])
            left = self._remove(gone)
            if changed or left:
                self.unsettle()
            if cursor is not None:
                Channel.objects.filter(name=self._channel).update(customer_cursor=cursor)
            return len(changed) + left

    def start_over(self) -> None:
        """Before a full reading: whoever is not met again by its end is gone from the shop."""
        MirroredCustomer.objects.filter(channel_id=self._channel).update(seen=False)
        Channel.objects.filter(name=self._channel).update(customer_cursor="")

    def finish(self) -> int:
        """After a full reading that came to its end: who was not met is gone. Returns how many."""
        with transaction.atomic():
            left = MirroredCustomer.objects.filter(channel_id=self._channel, seen=False).delete()[0]
            if left:
                self.unsettle()
            return left

    def all(self) -> Iterator[Mirrored]:
        """Everybody, in the database's order of their ids."""
        last = ""
        statement = _SELECT + " AND customer_id > %s ORDER BY customer_id LIMIT %s"
        while chunk := sql.rows(statement, [self._channel, last, _CHUNK]):
            yield from map(_mirrored, chunk)
            last = chunk[-1][0]

    def of(self, ids: Iterable[str]) -> dict[str, Mirrored]:
        found = sql.rows_in(_SELECT + " AND customer_id IN ({keys})", [self._channel], set(ids))
        return {row[0]: _mirrored(row) for row in found}

    def with_nip(self, nip: str) -> list[Mirrored]:
        """Customers with these digits, in the order of their ids."""
        digits = nip_digits(nip)
        rows = sql.rows(_SELECT + " AND nip = %s", [self._channel, digits]) if digits else []
        return [_mirrored(row) for row in sorted(rows, key=lambda row: str(row[0]))]

    def count(self) -> int:
        return MirroredCustomer.objects.filter(channel_id=self._channel).count()

    def recognised(self) -> int:
        return MirroredCustomer.objects.filter(channel_id=self._channel, key__isnull=False).count()

    def recognise(self, found: Sequence[tuple[str, int | None]]) -> None:
        """Note whom customers are recognised as now."""
        statement = "UPDATE store_mirroredcustomer SET key = %s WHERE channel_id = %s AND customer_id = %s"
        sql.run_many(statement, [(key, self._channel, ident) for ident, key in found])

    def settled(self) -> str:
        """Fingerprint of the inputs for which everything was carried out, "" for none."""
        return Channel.objects.values_list("customers_settled", flat=True).get(name=self._channel)

    def settle(self, fingerprint: str) -> None:
        Channel.objects.filter(name=self._channel).update(customers_settled=fingerprint)

    def unsettle(self) -> None:
        """Something is to be sent, or has changed: the next run decides about everybody."""
        Channel.objects.filter(name=self._channel).exclude(customers_settled="").update(customers_settled="")

    def _remove(self, ids: Sequence[str]) -> int:
        left = 0
        for piece in sql.pieces(ids):
            rows = MirroredCustomer.objects.filter(channel_id=self._channel, customer_id__in=piece)
            left += rows.delete()[0]
        return left


def _row(one: ShopCustomer) -> tuple[str, ...]:
    place = one.address
    return (one.id, nip_digits(one.nip)[:40], place.city, place.street, place.house_number)


def _mirrored(row: Sequence[object]) -> Mirrored:
    ident, nip, city, street, house, key = row
    address = Address(street=str(street), house_number=str(house), city=str(city))
    assert key is None or isinstance(key, int)
    return Mirrored(ShopCustomer(str(ident), str(nip), address), key)
