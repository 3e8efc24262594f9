"""Who saves documents in Subiekt GT: a writer, because nothing is ever written by SQL."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from pomost.model.change import RegisterOrder
from pomost.model.order import DocumentRef, OrderDraft
from pomost.model.outcome import Done, Failed, Outcome
from pomost.model.reason import Finding, Reason
from pomost.ports.fault import Rejected


class Writer(Protocol):
    """Saves customer orders (ZK).

    `register` first looks for a ZK with the draft's original number and gives that one if it is there; looking and
    saving are one step under an application lock of the ERP's own server, named by the company, for which a takeover
    waits. Raises Rejected where this draft is wrong and others may go on, Unavailable or Refused where nothing more
    can be tried; whether this draft was saved is then not known.
    """

    def register(self, draft: OrderDraft) -> DocumentRef: ...

    def close(self) -> None:
        """Give back the licence seat."""
        ...


def registered(writer: Writer, changes: Sequence[RegisterOrder]) -> Iterator[Outcome]:
    """One outcome per change, as soon as the writer has it."""
    for change in changes:
        try:
            document = writer.register(change.draft)
        except Rejected as fault:
            yield Failed(Finding.of(Reason.ERP_REFUSED, detail=fault.text.pl))
        else:
            yield Done(str(document.id), document)
