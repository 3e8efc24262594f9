"""Documents of the ERP in memory: customer orders, once each, and how far they got."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pomost.model.change import RegisterOrder
from pomost.model.offer import PriceKind
from pomost.model.order import DocumentRef, OrderDocument, OrderDraft, OrderKey, Progress, Stage
from pomost.model.outcome import Done, Failed, Outcome
from pomost.model.reason import Finding, Reason


@dataclass(slots=True)
class Documents:
    """Documents by key. `refuses`: original numbers the ERP never takes; `reserved`: what open documents promise.

    `unsaved`: stages a reading without locks shows of work that is rolled back in the end. `counter`: ids given out.
    The lock is the ERP's own: looking for a document and saving one are a single step, whoever asks.
    """

    drafts: dict[int, OrderDraft] = field(default_factory=dict)
    stages: dict[int, Stage] = field(default_factory=dict)
    issued: dict[int, tuple[DocumentRef, ...]] = field(default_factory=dict)
    unsaved: dict[int, tuple[Stage, tuple[DocumentRef, ...]]] = field(default_factory=dict)
    refuses: set[str] = field(default_factory=set)
    counter: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def register(self, change: RegisterOrder) -> Outcome:
        draft = change.draft
        with self.lock:
            if refusal := self.refusal(change):
                return Failed(refusal)
            held = self.find([draft.identity]).get(draft.identity, ())
            own = next((one.ref for one in held if one.customer == draft.customer), None)
            if own is None and held:
                listed = ", ".join(str(one.ref) for one in held)
                return Failed(Finding.of(Reason.ORDER_NUMBER_TAKEN, documents=listed), retry=True)
            document = own or self.save(draft)
            return Done(str(document.id), document)

    def refusal(self, change: RegisterOrder) -> Finding | None:
        refused = change.draft.original_number in self.refuses
        return Finding.of(Reason.ERP_REFUSED, detail="on purpose") if refused else None

    def save(self, draft: OrderDraft) -> DocumentRef:
        self.counter += 1
        key = self.counter
        self.drafts[key] = draft
        self.stages[key] = Stage.RESERVED if draft.reserve else Stage.OPEN
        return _ref(key)

    def find(self, keys: Sequence[OrderKey]) -> Mapping[OrderKey, tuple[OrderDocument, ...]]:
        found: dict[OrderKey, tuple[OrderDocument, ...]] = {}
        held: dict[str, tuple[OrderDocument, ...]] = {}
        for key, draft in self.drafts.items():
            held[draft.original_number] = (*held.get(draft.original_number, ()), _document(key, draft))
        for one in keys:
            if one.original in held:
                found[one] = held[one.original]
        return found

    def progress(self, documents: Sequence[DocumentRef], *, committed: bool) -> Iterator[Progress]:
        for one in documents:
            draft = self.drafts.get(one.id)
            if draft is None:
                yield Progress(one, Stage.DELETED)
                continue
            dirty = None if committed else self.unsaved.get(one.id)
            stage, issued = dirty or (self.stages[one.id], self.issued.get(one.id, ()))
            yield Progress(one, stage, issued, draft.original_number, draft.customer)

    # The owner's hand

    def advance(self, key: int, stage: Stage, *issued: DocumentRef) -> None:
        """Somebody works on a document: realises it, issues others from it, or deletes it."""
        if stage is Stage.DELETED:
            self.drafts.pop(key, None)
            return
        self.stages[key], self.issued[key] = stage, issued

    def reserved(self, card: int, warehouse: str) -> int:
        """Base units open documents reserve of a card."""
        held = (draft for key, draft in self.drafts.items() if self.stages[key] is Stage.RESERVED)
        lines = (line for draft in held if draft.warehouse == warehouse for line in draft.lines)
        return sum(int(line.quantity) for line in lines if line.key == card)


def _document(key: int, draft: OrderDraft) -> OrderDocument:
    by_net = draft.counts_from is PriceKind.NET
    net, gross = (draft.total, None) if by_net else (None, draft.total)
    return OrderDocument(_ref(key), draft.customer, net, gross, draft.goods)


def _ref(key: int) -> DocumentRef:
    return DocumentRef("ZK", key, f"ZK {key}/MEM")
