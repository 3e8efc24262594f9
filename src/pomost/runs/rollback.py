"""Rollback: a plan made from what an earlier run recorded, after which its items are held until a person frees them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pomost.model.change import Amend, Kind, OfferChange, Publish, SetStock, Withdraw, kind_of
from pomost.model.known import Known
from pomost.model.offer import Basis
from pomost.model.outcome import Done
from pomost.model.request import RunRequest
from pomost.model.text import Text
from pomost.ports.fault import Refused
from pomost.runs.applying import apply
from pomost.runs.channel import Channel
from pomost.runs.offer import Ended, told
from pomost.runs.session import Progress, Session, quiet
from pomost.runs.visiting import visiting
from pomost.runs.went_back import refuse_if_gone_back
from pomost.store.journal import State
from pomost.store.models import Run


@dataclass(frozen=True, slots=True)
class Undone:
    """The rollback's own run, and how many changes were left because something later changed them again."""

    ended: Ended
    left_alone: int


def rollback(channel: Channel, number: int, by: str, request: RunRequest, progress: Progress = quiet) -> Undone:
    """Undo cards and prices of a finished run; branches and customers stay. Raises Refused without it.

    Stock is never rolled back: it is counted anew, as the ERP has it now, in the unit that stands after the undo.
    """
    if channel.shop.can.entries:
        raise Refused(
            Text(
                "Synchronizacji z takim sklepem nie można jeszcze cofnąć.",
                "Runs with such a shop cannot be rolled back yet.",
            ),
            Text(
                "Przywróć dane w ERP i uruchom synchronizację jeszcze raz.",
                "Put the data back in the ERP and run again.",
            ),
        )
    with visiting(channel, request, progress) as held:
        found = channel.journal.run(number)
        if found is None or found.state not in {State.DONE, State.WAITING, State.BROKEN}:
            raise Refused(
                Text("Nie ma zakończonej synchronizacji nr {number}.", "There is no finished run {number}.").fill(
                    number=number
                ),
                Text("Sprawdź numer (pomost history).", "Check the number (pomost history)."),
            )
        if not channel.journal.batch_heads(found):
            raise Refused(
                Text(
                    "Szczegóły tej synchronizacji nie są już przechowywane albo nic nie wysłała.",
                    "This run's details are no longer kept, or it sent nothing.",
                ),
                Text("Cofnąć można tylko ostatnie synchronizacje.", "Only recent runs can be rolled back."),
            )
        refuse_if_gone_back(channel, held)
        undone = _undo(channel, held, found, by, request)
        return replace(undone, ended=told(channel, held, undone.ended))


def _undo(channel: Channel, held: Session, undone: Run, by: str, request: RunRequest) -> Undone:
    facts = {**request.as_facts(), "rollback_of": undone.pk}
    channel.journal.supersede(State.PLANNED, State.WAITING)
    run = channel.journal.begin(facts, held.owner, held.host, channel.clock(), channel.settings_version)
    inverse: list[OfferChange] = []
    left_alone = 0
    for batch in channel.journal.batches(undone):
        answered = zip(batch.changes, batch.outcomes or (), strict=False)
        done = [one for one, outcome in answered if isinstance(outcome, Done)]
        # Branches and customers stay: what they hang on in the ERP would bring them back at once.
        changes = [one for one in done if isinstance(one, Publish | Amend | Withdraw)]
        known = channel.ledger.known(change.target.product_id for change in changes)
        for change in changes:
            steps = list(_inverse(change, known.get(change.target.product_id), channel.policy.stock.basis))
            inverse += steps
            left_alone += 0 if steps else 1
    run.counts = {f"plan.{kind}": sum(kind_of(one) is kind for one in inverse) for kind in Kind}
    run.save()
    size = channel.shop.can.batch
    for place, start in enumerate(range(0, len(inverse), size), 1):
        channel.journal.add(run, place, "rollback", "", inverse[start : start + size])
    channel.ledger.hold((change.target.product_id for change in inverse), held=True)
    applied = apply(channel, held, run, approved_by=by)
    channel.sightings.make_due({change.target.key for change in inverse})  # their stock goes on in the next run
    return Undone(Ended(applied.run, findings=applied.findings), left_alone)


def _inverse(change: OfferChange, known: Known | None, basis: Basis) -> Iterator[OfferChange]:
    """The change back, if the shop still holds what the run made of it."""
    if known is None:
        return
    match change:
        case Publish(target=target, offer=offer):
            if known.published and known.owned and known.offer == offer:
                yield Withdraw(target, offer, known.branches, basis=basis)
        case Amend(target=target, before=before, after=after):
            if known.published and before is not None and known.offer == after:
                yield Amend(target, after, before)
        case Withdraw(target=target, before=before):
            if not known.published and before is not None:
                yield Publish(target, before)
        case SetStock():
            return


def release(channel: Channel, keys: list[int] | None = None) -> int:
    """Free held items so that the next run decides about them again. Returns how many."""
    held = channel.ledger.held_cards()
    chosen = held if keys is None else [key for key in held if key in set(keys)]
    standing = channel.ledger.known_by_card(chosen)
    channel.ledger.hold((known.product_id for group in standing.values() for known in group), held=False)
    channel.sightings.make_due(chosen)
    return len(chosen)
