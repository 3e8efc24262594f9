"""An ERP put back from a copy: noticed before anything is sent, and asked about until a person answers."""

from datetime import UTC

from pomost.model.change import Kind
from pomost.model.reason import Finding, Reason
from pomost.ports.erp import ErpAge
from pomost.rules.guard import Alarm, Stop
from pomost.rules.restored import went_back
from pomost.runs.channel import Channel
from pomost.runs.guarding import Planned, finish_plan, standing
from pomost.runs.planning import Draft
from pomost.store.journal import State
from pomost.store.models import Run


def erp_went_back(channel: Channel) -> tuple[bool, tuple[Finding, ...]]:
    """Whether the ERP was put back to an earlier state and no person has agreed to go on from there, and what says so.

    Once asked, it is asked until a person answers: work in the restored company soon makes it look as new as before.
    """
    last = channel.journal.last_planned()
    asked = last is not None and not last.approved_by and is_restored(last)
    now = _age(channel)
    newest, deletions, counters = channel.journal.erp_seen()
    # Deletions excuse a newest change that went back, but not while a person is being asked.
    back = went_back(ErpAge(newest, None if asked else deletions, counters), now)
    if back is None and not asked:
        channel.journal.note_erp(now.newest or newest, now.deletions, now.counters)
    told = () if back is None else (Finding.of(Reason.ERP_WENT_BACK, now=back[0], before=back[1]),)
    return asked or back is not None, told


def note_erp(channel: Channel) -> None:
    """A person agreed to go on from the ERP as it is now."""
    now = _age(channel)
    channel.journal.note_erp(now.newest, now.deletions, now.counters)


def is_restored(run: Run) -> bool:
    """Whether a plan waits whole because the ERP was put back."""
    return any(stop["alarm"] == Alarm.RESTORED for stop in run.stops)


def all_waits(draft: Draft, stops: tuple[Stop, ...], *, send: bool) -> Planned:
    """Close a plan nothing of which is sent before a person has seen it."""
    channel, run = draft.channel, draft.book.run
    planned = sum(size for kind, size in channel.journal.sizes(run)[0].items() if kind != Kind.KEEP)
    others = tuple(one for one in stops if one.alarm is not Alarm.RESTORED)
    plan = finish_plan(draft, (*others, Stop(Alarm.RESTORED, planned, 0, standing(channel)[0])))
    if send:
        run.state = State.WAITING
        run.save()
    return plan


def _age(channel: Channel) -> ErpAge:
    """By the ERP's own clock, which is compared with itself alone."""
    age = channel.erp.age()
    return ErpAge(age.newest and age.newest.replace(tzinfo=UTC), age.deletions, age.counters)
