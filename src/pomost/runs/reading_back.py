"""Reading back: after a run, whether the shop shows a sample of what it confirmed, and if not, what else it lost."""

import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import islice

import structlog

from pomost.model.change import Amend, Change, Kind, OfferChange, Publish, SetStock, Target, Withdraw, kind_of
from pomost.model.outcome import Done, Outcome
from pomost.model.reason import Finding, Reason
from pomost.model.text import Text
from pomost.ports.fault import Fault
from pomost.ports.shop import ShelfItem
from pomost.rules.echo import Misfit, lost, misfit
from pomost.runs.channel import Channel
from pomost.runs.session import Session
from pomost.store.database import one_transaction
from pomost.store.models import Run
from pomost.store.unresolved import Item

_log = structlog.get_logger("pomost.reading_back")
_READING = Text("Sprawdzanie, co sklep zachował", "Reading back what the shop kept")
_PIECE = 500
SENT = "sent"
_OFFER = (Publish, Amend, SetStock, Withdraw)  # other areas are compared with the shop in every run
_WATCHED = 100  # products caught before are looked at again, as many as this besides the sample


def part_of(change: Change) -> str:
    """The inbox part a change belongs to: of a card a stock per branch or the offer, of anything else what was sent."""
    if not isinstance(change.target, Target):
        return SENT
    return f"stock:{change.after.branch}" if isinstance(change, SetStock) else "offer"


@dataclass(frozen=True, slots=True)
class _Heard:
    """A batch that was answered: when it was sent (`time.monotonic`), and its first and last confirmed change."""

    number: int
    sent: float
    first: OfferChange
    last: OfferChange

    @property
    def ends(self) -> tuple[OfferChange, ...]:
        return (self.first,) if self.first is self.last else (self.first, self.last)


@dataclass(slots=True)
class ReadBack:
    """What the shop confirmed in one run, as far as it is needed to look at a sample of it afterwards."""

    channel: Channel
    session: Session
    run: Run
    approved: bool
    heard: list[_Heard] = field(default_factory=list)
    watched: list[tuple[float, OfferChange]] = field(default_factory=list)
    caught: frozenset[int] = frozenset()

    @classmethod
    def of(cls, channel: Channel, session: Session, run: Run, *, approved: bool) -> "ReadBack":
        caught = {item.key for item in channel.inbox.items(Reason.NOT_KEPT, _WATCHED)}
        return cls(channel, session, run, approved, caught=frozenset(caught))

    def hear(self, number: int, sent: float, outcomes: Sequence[tuple[Change, Outcome]]) -> None:
        """Note a batch that was answered; `sent`: the reading of `time.monotonic` before it left."""
        confirmed = [change for change, outcome in outcomes if isinstance(outcome, Done) and isinstance(change, _OFFER)]
        if confirmed:
            self.heard.append(_Heard(number, sent, confirmed[0], confirmed[-1]))
            seen = (change for change in confirmed if change.target.key in self.caught)
            self.watched += [(sent, change) for change in islice(seen, _WATCHED - len(self.watched))]

    def check(self) -> tuple[Finding, ...]:
        """Look at the sample; what the shop does not show becomes a named reason and is due again.

        A shop that lost one thing is looked at in every batch. That one cannot be read now is told: the run is done.
        """
        size = self.channel.policy.guard.read_back
        if not size or not self.heard or not self.channel.shop.can.shelf:
            return ()
        found: dict[OfferChange, Misfit] = {}
        told: tuple[Finding, ...] = ()
        try:
            found.update(self._look_about(size))  # what came before a fault stays in it
        except Fault as fault:
            _log.warning("not read back", fault=fault.text.en)
            told = (Finding.of(Reason.READ_BACK_FAILED),)
        self._record(found)
        return told

    def _look_about(self, size: int) -> Iterator[tuple[OfferChange, Misfit]]:
        """What is wrong with the sample, and if something was lost, with everything; what was seen last counts."""
        found = self._look(self._sample(size))
        yield from found
        if any(one.lost for _, one in found):
            yield from self._look_everywhere()

    def _sample(self, size: int) -> list[tuple[float, OfferChange]]:
        """The last change of so many batches, evenly chosen; of stock the last batch alone: it is the least to read."""
        offers = [one for one in self.heard if kind_of(one.last) is not Kind.STOCK]
        stocks = [one for one in self.heard if kind_of(one.last) is Kind.STOCK][-1:]
        step = max(1, -(-len(offers) // size))
        chosen = [(one.sent, one.last) for one in offers[::-1][::step]]
        return [*self.watched, *chosen, *((one.sent, change) for one in stocks for change in one.ends)]

    def _look_everywhere(self) -> Iterator[tuple[OfferChange, Misfit]]:
        """Both ends of every batch; a batch that lost both is lost, one that lost one is looked at whole."""
        for start in range(0, len(self.heard), _PIECE // 2):
            piece = self.heard[start : start + _PIECE // 2]
            at_ends = self._look([(one.sent, change) for one in piece for change in one.ends])
            gone = {change for change, one in at_ends if one.lost}
            for one in piece:
                missing = gone.intersection(one.ends)
                if missing:
                    yield from self._whole(one, unread=len(missing) == len(one.ends))
            yield from at_ends  # after the batch as a whole, for it was seen and not inferred

    def _whole(self, heard: _Heard, *, unread: bool) -> Iterator[tuple[OfferChange, Misfit]]:
        batch = self.channel.journal.load(self.run, heard.number)
        pairs = zip(batch.changes, batch.outcomes or (), strict=False)
        confirmed = [change for change, outcome in pairs if isinstance(outcome, Done) and isinstance(change, _OFFER)]
        if self.approved and kind_of(heard.last) is Kind.STOCK:
            # An approved plan sends fresh quantities in place of those it was seen with: what is held nobody knows.
            yield from ((change, replace(lost(change), held=None)) for change in confirmed)
        elif unread:
            yield from ((change, lost(change)) for change in confirmed)
        else:
            yield from self._look([(heard.sent, change) for change in confirmed])

    def _look(self, chosen: Sequence[tuple[float, OfferChange]]) -> list[tuple[OfferChange, Misfit]]:
        found: list[tuple[OfferChange, Misfit]] = []
        for start in range(0, len(chosen), _PIECE):
            self.session.tell(_READING, start, len(chosen))
            piece = chosen[start : start + _PIECE]
            ids = list(dict.fromkeys(change.target.product_id for _, change in piece))
            stocks = [at for at, change in piece if isinstance(change, SetStock)]
            lately = timedelta(seconds=time.monotonic() - min(stocks)) if stocks else None
            shelf = {item.product_id: item for item in self.channel.shop.shelf(ids, lately)}
            found += _misfits((change for _, change in piece), shelf.get)
        return found

    def _record(self, found: dict[OfferChange, Misfit]) -> None:
        """What the shop holds instead is what it is known to hold; what nobody knows is in doubt."""
        if not found:
            return
        channel, run = self.channel, self.run
        missing = {change: one for change, one in found.items() if one.lost}
        held = [one.held for one in missing.values() if one.held is not None]
        numbers = dict(run.counts)
        for change in missing:
            for name, by in ((f"done.{kind_of(change)}", -1), (f"failed.{kind_of(change)}", 1), ("unkept", 1)):
                numbers[name] = numbers.get(name, 0) + by
        with one_transaction():
            self.session.confirm()
            channel.ledger.record(held, [Done()] * len(held), "")
            unknown = [change for change, one in missing.items() if one.held is None]
            channel.ledger.doubt(unknown, str(uuid.uuid4()))
            channel.inbox.put([_item(change, one) for change, one in found.items()], channel.clock())
            run.counts = {name: count for name, count in numbers.items() if count}
            channel.journal.note(run)


def _misfits(
    changes: Iterable[OfferChange], shown: Callable[[str], ShelfItem | None]
) -> Iterator[tuple[OfferChange, Misfit]]:
    for change in changes:
        one = misfit(change, shown(change.target.product_id))
        if one is not None:
            yield change, one


def _item(change: OfferChange, one: Misfit) -> Item:
    target = change.target
    return Item(target.key, part_of(change), target.symbol, target.product_id, (one.finding,), retry=one.lost)
