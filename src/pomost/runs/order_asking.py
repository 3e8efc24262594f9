"""What is asked of the ERP and the shop about orders, and what their answers mean for links and decisions."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from pomost.model.change import Acknowledge, RegisterOrder
from pomost.model.order import OrderDocument
from pomost.model.order_policy import OrderPolicy
from pomost.model.outcome import Done, Failed, Outcome
from pomost.model.reason import Finding, Weight
from pomost.model.sentences_of_runs import weight
from pomost.model.totals import DocumentTotals
from pomost.ports.fault import Fault
from pomost.rules.ordering import OrderDecision, held_against
from pomost.runs.order_desk import Decided
from pomost.runs.order_items import NOTICE, order_item, subject_of
from pomost.runs.session import StopAsked
from pomost.store.links import Link, LinkState
from pomost.store.unresolved import Item

_T = TypeVar("_T")


@dataclass(slots=True)
class Asked:
    """Documents asked of the ERP: their links in doubt, what was decided, and the batch they stand in."""

    links: Sequence[Link]
    decided: Sequence[Decided]
    number: int = 0

    @property
    def changes(self) -> list[RegisterOrder]:
        return [
            RegisterOrder(subject_of(link), one.decision.draft, one.decision.findings)
            for link, one in zip(self.links, self.decided, strict=True)
            if one.decision.draft is not None
        ]


@dataclass(slots=True)
class Told:
    """Documents the shop is told of, and the batch they stand in."""

    links: Sequence[Link]
    changes: Sequence[Acknowledge] = ()
    number: int = 0


def answers_of(ask: Callable[[], Iterator[_T]], tell: Callable[[int], None]) -> tuple[list[_T], Exception | None]:
    """Answers as far as they came, and what broke them off: a fault, or somebody's wish to stop at the next item."""
    answers: list[_T] = []
    try:
        for answer in ask():
            answers.append(answer)
            tell(len(answers))
    except (Fault, StopAsked) as ended:
        return answers, ended
    return answers, None


def rehearsed(one: Decided, answer: Finding | DocumentTotals | None, settings: OrderPolicy) -> Decided:
    """What the ERP's own dry run would refuse waits with its reason; what it comes to is held against the order."""
    match answer:
        case Finding():
            return replace(one, decision=OrderDecision(None, (answer,), one.decision.customer))
        case DocumentTotals():
            return replace(one, decision=held_against(one.decision, answer, settings))
        case None:
            return one


def registered(one: Decided, outcome: Outcome, settings: OrderPolicy) -> Decided:
    """The same with what the ERP says its document comes to."""
    if not isinstance(outcome, Done) or outcome.totals is None:
        return one
    return replace(one, decision=held_against(one.decision, outcome.totals, settings))


def found_again(one: Decided, document: OrderDocument, settings: OrderPolicy) -> Decided:
    """The same of a document that was there already."""
    if document.totals is None:
        return one
    return replace(one, decision=held_against(one.decision, document.totals, settings))


def notices(one: Decided) -> list[Item]:
    """What a person should look at though the document was made."""
    found = tuple(each for each in one.decision.findings if weight(each) is Weight.WARN)
    return [order_item(one.order.id, one.order.number, NOTICE, found)] if found else []


def answered(link: Link, outcome: Outcome) -> Link:
    """What is known of an order once the ERP answered, or did not."""
    match outcome:
        case Done(document=document) if document is not None:
            return replace(link, state=LinkState.LINKED, document=document)
        case Failed(retry=False):
            return unmade(link)
        case _:
            return link


def unmade(link: Link) -> Link:
    """The ERP made no document: the order waits; one whose lost document was to be made anew is as it was."""
    return replace(link, state=LinkState.WAITING if link.document is None else LinkState.ACKNOWLEDGED, attempt="")
