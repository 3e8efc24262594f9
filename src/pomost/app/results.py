"""What operations answer: plain values that every door can show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from pomost.model.change import FieldChange
from pomost.model.order import DocumentRef
from pomost.model.outcome import Outcome
from pomost.model.reason import Finding
from pomost.model.text import Language, Text
from pomost.ports.checking import CheckStep
from pomost.ports.fault import Refused, Unavailable


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a settings document: where, what, and what would be right.

    `hides`: what stands there may be a secret, so no page or message shows it again.
    """

    path: str
    text: Text
    hides: bool = False


class SettingsWrong(Refused):
    """A settings document cannot be used; all problems at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(
            Text("Ustawienia zawierają błędy.", "The settings hold mistakes."),
            Text("Popraw wymienione miejsca; niczego nie zapisano.", "Correct the places named; nothing was saved."),
        )
        self.problems = tuple(problems)

    def say(self, language: Language) -> str:
        lines = [f"  {problem.path}: {problem.text.into(language)}" for problem in self.problems]
        return "\n".join([super().say(language), *lines])


class SettingsMoved(Refused):
    """Somebody saved the settings of a channel after they were opened for a change; nothing of the change was kept."""

    def __init__(self, number: int, author: str, at: datetime) -> None:
        text = Text(
            "Ustawienia zapisał w międzyczasie {author} (wersja {number}).",
            "{author} has saved the settings meanwhile (version {number}).",
        )
        super().__init__(
            text.fill(author=author or "?", number=number),
            Text("Porównaj zmiany i zapisz ponownie.", "Compare the changes and save again."),
        )
        self.number, self.author, self.at = number, author, at


class SwitchedOff(Refused):
    """The channel is switched off, so nothing is sent."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Text("Kanał „{name}” jest wyłączony.", "The channel “{name}” is switched off.").fill(name=name),
            Text(
                "Sprawdź połączenie i włącz go (pomost switch {name} --on).",
                "Check the connection and switch it on (pomost switch {name} --on).",
            ).fill(name=name),
        )


class StoreFault(Unavailable):
    """Pomost's own data cannot be opened."""


class UnknownChannel(Refused):
    """There is no channel of this name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        listed = ", ".join(known) or "-"
        super().__init__(
            Text("Nie ma kanału „{name}”.", "There is no channel “{name}”.").fill(name=name),
            Text("Kanały: {known}.", "Channels: {known}.").fill(known=listed),
        )


@dataclass(frozen=True, slots=True)
class RunReport:
    """One run for people: its state, counts by name (`done.publish`, `reason.EAN_NOT_IN_SHOP`...), and what waits."""

    number: int
    channel: str
    state: str
    started: datetime
    ended: datetime | None
    owner: str
    host: str
    parts: tuple[str, ...]
    full: bool
    checksum: str
    counts: Mapping[str, int]
    stops: tuple[Text, ...] = ()
    findings: tuple[Finding, ...] = ()
    fault: Text | None = None
    approved_by: str = ""
    rollback_of: int | None = None
    left_alone: int = 0

    @property
    def seconds(self) -> float | None:
        """How long it took, None while it goes on."""
        return None if self.ended is None else (self.ended - self.started).total_seconds()

    @property
    def failed(self) -> int:
        return sum(count for name, count in self.counts.items() if name.startswith("failed."))

    @property
    def refused(self) -> tuple[str, ...]:
        """Parts that were asked for and that the settings do not allow."""
        return tuple(name.removeprefix("refused.") for name in sorted(self.counts) if name.startswith("refused."))

    @property
    def needs_a_person(self) -> bool:
        """Whether something was left undone that will not come right by itself, or may not."""
        told = ("stale", "lacking", "went_back")
        return bool(self.failed or self.refused or any(self.counts.get(name) for name in told))

    @property
    def planned(self) -> int:
        return sum(count for name, count in self.counts.items() if name.startswith("plan."))

    @property
    def done(self) -> int:
        return sum(count for name, count in self.counts.items() if name.startswith("done."))


@dataclass(frozen=True, slots=True)
class Change:
    """One planned or sent change, field by field, with its reasons and what became of it."""

    run: int
    at: datetime
    kind: str
    symbol: str
    product_id: str
    fields: tuple[FieldChange, ...]
    why: tuple[Finding, ...]
    alarm: str = ""
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The steps of both sides' checks and what is wrong with the settings."""

    erp: tuple[CheckStep, ...]
    shop: tuple[CheckStep, ...]
    settings: tuple[Finding, ...] = ()

    @property
    def passed(self) -> bool:
        return all(step.passed for step in (*self.erp, *self.shop)) and bool(self.erp) and bool(self.shop)


@dataclass(frozen=True, slots=True)
class ErrorItem:
    """One unresolved thing: of a card, or of whatever `subject` is the id of in its `area`."""

    key: int
    symbol: str
    part: str
    findings: tuple[Finding, ...]
    since: datetime | None
    runs: int
    retry: bool
    area: str = "offer"
    subject: str = ""


@dataclass(frozen=True, slots=True)
class ErrorGroup:
    """Everything unresolved for one reason."""

    reason: str
    count: int
    items: tuple[ErrorItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """One product's trail of the seven verbs: qualified? identified? unit? price? stock? known? change? outcome."""

    key: int
    symbol: str
    name: str
    ean: str
    verdict: str
    unit_rule: str
    matches: tuple[str, ...]
    findings: tuple[Finding, ...]
    erp: Mapping[str, str]
    wanted: Mapping[str, str]
    known: Mapping[str, str]
    shelf: Mapping[str, str]
    trail: tuple[Change, ...] = ()
    unresolved: tuple[ErrorItem, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class NearCustomer:
    """A card of the ERP a customer of the shop may have been meant to be, and what keeps the two apart."""

    key: int
    symbol: str
    name: str
    nip: str
    place: str
    apart: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CustomerExplanation:
    """One customer's trail: identified? qualified? branch? segment? known? change? outcome; and what is near."""

    id: str
    nip: str
    place: str
    fate: str
    card: Mapping[str, str]
    findings: tuple[Finding, ...]
    wanted: Mapping[str, str]
    known: Mapping[str, str]
    change: tuple[FieldChange, ...]
    near: tuple[NearCustomer, ...] = ()
    trail: tuple[Change, ...] = ()
    unresolved: tuple[ErrorItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Unrecognised:
    """A customer of the shop nobody was found for, with what is near in the ERP."""

    id: str
    nip: str
    place: str
    near: tuple[NearCustomer, ...]


@dataclass(frozen=True, slots=True)
class CustomersReport:
    """How the shop's customers stand: listed, recognised, assigned by branch, and why others are not."""

    listed: int
    recognised: int
    assigned: Mapping[str, int]
    in_doubt: int
    reasons: Mapping[str, int]
    unrecognised: tuple[Unrecognised, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order on both sides. `state`: how far the way into the ERP is; `status` is the shop's, `stage` the ERP's.

    `seen`: the ERP was asked just now; otherwise `stage` is what it was when last told. `why`: what it waits for, or
    what its document should be looked at for.
    """

    number: str
    order_id: str
    placed_at: datetime
    branch: str
    gross: Decimal
    currency: str
    state: str
    status: str
    document: DocumentRef | None = None
    stage: str = ""
    documents: tuple[DocumentRef, ...] = ()
    seen: bool = False
    why: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderLineView:
    """A line as ordered, and the lines of the document it becomes or became."""

    name: str
    sku: str
    ean: str
    ordered: str
    becomes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderCandidate:
    """A document under an order's number that may be its own: whom it is for, what it comes to, and of what it is."""

    document: DocumentRef
    payer: str
    net: Decimal | None
    gross: Decimal | None
    goods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrderExplanation:
    """One order's life: what the shop says now, what became of it or why it waits, and what follows for its status.

    `candidates`: documents a person may say are the order's, where it waits for that.
    """

    row: OrderRow
    shop: Mapping[str, str]
    document: Mapping[str, str]
    lines: tuple[OrderLineView, ...]
    findings: tuple[Finding, ...]
    next_statuses: tuple[str, ...]
    trail: tuple[Change, ...] = ()
    unresolved: tuple[ErrorItem, ...] = field(default=())
    candidates: tuple[OrderCandidate, ...] = ()
