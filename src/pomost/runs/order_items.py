"""Orders in the inbox: the parts an order may wait for or be looked at for, and pieces of them."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from pomost.model.change import Area, Subject
from pomost.model.reason import Finding
from pomost.store.links import Link
from pomost.store.unresolved import Item

_T = TypeVar("_T")
WAITS, NOTICE, TOLD = "order", "notice", "acknowledge"
"""Why it waits, what its document should be looked at for, telling the shop."""
EDITED, CLOSED = "edited", "closed"
"""Changed by the buyer, or ended by the shop, after the document was made."""
DOCUMENT, STATUS = "document", "status"
"""Its document is gone or not surely its own any more; a status the shop did not take."""


def order_item(order_id: str, number: str, part: str, findings: tuple[Finding, ...], *, retry: bool = False) -> Item:
    return Item(0, part, number, "", findings, retry, area=Area.ORDER, subject=order_id)


def subject_of(link: Link) -> Subject:
    return Subject(Area.ORDER, link.order_id, link.number)


def pieces(items: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
