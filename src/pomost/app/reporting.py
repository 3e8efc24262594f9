"""What the journal and the inbox remember, turned into plain values for the doors."""

from collections.abc import Callable
from dataclasses import dataclass

from pomost.app.results import Change, ErrorGroup, ErrorItem, RunReport
from pomost.model.change import Area, fields_of, kind_of
from pomost.model.change import Change as PlannedChange
from pomost.model.outcome import Outcome
from pomost.model.reason import Reason
from pomost.model.text import Text
from pomost.ports.checking import CheckStep
from pomost.ports.erp import ErpConnector
from pomost.ports.fault import Fault, Refused
from pomost.ports.shop import ShopConnector
from pomost.rules.guard import Stop
from pomost.runs.channel import Channel
from pomost.runs.hearing import take_as_read
from pomost.runs.offer import Ended
from pomost.runs.rollback import release
from pomost.store.journal import Journal
from pomost.store.models import Run
from pomost.store.packing import unpack_findings
from pomost.store.unresolved import Inbox, Item


def ended(end: Ended, *, left_alone: int = 0) -> RunReport:
    """The report of a run that just ended."""
    return _report(end.run, left_alone=left_alone)


def runs(channel: str, limit: int) -> list[RunReport]:
    return [_report(row) for row in Journal(channel).runs(limit)]


def run(channel: str, number: int) -> RunReport:
    return _report(found_run(channel, number))


def shown(row: Run, change: PlannedChange, outcome: Outcome | None, alarm: str = "") -> Change:
    """One change as people read it."""
    return Change(
        run=row.pk,
        at=row.started,
        kind=kind_of(change),
        symbol=change.target.label,
        product_id=change.target.id,
        fields=tuple(fields_of(change)),
        why=change.why,
        alarm=alarm,
        outcome=outcome,
    )


def errors(channel: str, reason: str, limit: int) -> list[ErrorGroup]:
    inbox = Inbox(channel)
    groups = [(name, count) for name, count in inbox.by_reason() if not reason or name == reason]
    return [
        ErrorGroup(name, count, tuple(error_item(item) for item in inbox.items(name, limit)) if reason else ())
        for name, count in groups
    ]


@dataclass(frozen=True, slots=True)
class ErrorsPage:
    """Some items of one reason, by symbol. `next`: what the next page is asked by, blank at the end."""

    reason: str
    count: int
    items: tuple[ErrorItem, ...]
    next: str


def errors_page(channel: str, reason: str, search: str, after: str, limit: int) -> ErrorsPage:
    """A page of what is unresolved for one reason. Raises Refused for a mark that is none."""
    inbox = Inbox(channel)
    try:
        items, following = inbox.page(reason, after, limit, search)
    except ValueError as error:
        raise no_such_page() from error
    return ErrorsPage(reason, dict(inbox.by_reason()).get(reason, 0), tuple(map(error_item, items)), following)


def no_such_page() -> Refused:
    return Refused(
        Text("Nie ma takiej strony listy.", "There is no such page of the list."),
        Text("Wróć na początek listy.", "Go back to the beginning of the list."),
    )


def error_item(item: Item) -> ErrorItem:
    told = (item.key, item.symbol, item.part, item.findings, item.since, item.runs, item.retry)
    return ErrorItem(*told, area=item.area, subject=item.subject)


def retry(channel: Channel, reason: str, symbol: str) -> int:
    """Make unresolved cards and customers due, release held cards, and take what was only told of orders as read."""
    items = [one for one in channel.inbox.items(reason, limit=1_000_000) if symbol in {"", one.symbol, one.subject}]
    customers = {item.subject for item in items if item.area is Area.CUSTOMER}
    if customers:
        channel.customers.unsettle()
    chosen = {item.key for item in items if item.area is Area.OFFER}
    channel.sightings.make_due(chosen)
    if channel.shop.can.entries:
        return len(items)  # what of entries is unresolved is decided again in every run
    released = 0 if reason else release(channel, list(channel.erp.find(symbol)) if symbol else None)
    told = {item.subject for item in items if item.findings[0].reason is Reason.OFFER_WITHOUT_CARD}
    channel.inbox.clear_subjects(Area.OFFER, told)
    orders = {item.subject for item in items if item.area is Area.ORDER}
    take_as_read(channel, orders)
    return len(chosen) + len(customers) + len(orders) + released


def checked(connect: Callable[[], ErpConnector | ShopConnector]) -> list[CheckStep]:
    """The steps of one side's check; a side that cannot even be opened says so in its own name."""
    try:
        side = connect()
    except Fault as fault:
        return [failed_step(Text("Otwarcie połączenia", "Opening the connection"), fault)]
    try:
        return list(side.check())
    finally:
        side.close()


def failed_step(name: Text, fault: Fault) -> CheckStep:
    return CheckStep(name, passed=False, found=fault.text, advice=fault.advice)


def found_run(channel: str, number: int) -> Run:
    row = Journal(channel).run(number)
    if row is None:
        text = Text("Nie ma synchronizacji nr {number}.", "There is no run {number}.").fill(number=number)
        raise Refused(text, Text("Zobacz listę (pomost history).", "See the list (pomost history)."))
    return row


def _report(row: Run, left_alone: int = 0) -> RunReport:
    request = row.request
    stops = [Stop.of(one) for one in row.stops]
    return RunReport(
        number=row.pk,
        channel=row.channel_id,
        state=row.state,
        started=row.started,
        ended=row.ended,
        owner=row.owner,
        host=row.host,
        parts=tuple(request.get("parts", ())),
        full=bool(request.get("full")),
        checksum=row.checksum,
        counts=dict(row.counts),
        stops=tuple(stop.why for stop in stops),
        findings=unpack_findings(bytes(row.told)),
        fault=None if row.fault is None else Text(row.fault["pl"], row.fault["en"]),
        approved_by=row.approved_by,
        rollback_of=request.get("rollback_of"),
        left_alone=left_alone,
    )
