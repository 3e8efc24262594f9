"""Segments of customers: where a customer belongs in the tree, and what of the tree changes (decision tables 4.3)."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from urllib.parse import quote, unquote

from pomost.model.change import Area, DropSegment, PutSegment, Subject
from pomost.model.customer import CustomerCard, Segment, SegmentSource
from pomost.model.policy import CustomerPolicy
from pomost.model.reason import Finding, Reason
from pomost.model.text import cleaned, tidy

_WORDS = {SegmentSource.GROUP: "grupa", SegmentSource.TRAIT: "cecha", SegmentSource.INDUSTRY: "branza"}
_SOURCES = {word: source for source, word in _WORDS.items()}
_LONGEST_NAME = 120

Names = Mapping[tuple[SegmentSource, str], str]
"""What people call a group, a trait or an industry, by its id."""


@dataclass(frozen=True, slots=True)
class SegmentDecision:
    """Key of the segment a customer belongs to, "" for none; None while the segment function is off."""

    key: str | None
    findings: tuple[Finding, ...] = ()


def segment_of(card: CustomerCard, policy: CustomerPolicy) -> SegmentDecision:
    """Follow the levels until the first that the card says nothing of, or says two things of."""
    if not policy.levels:
        return SegmentDecision(None)
    steps: list[str] = []
    for source in policy.levels:
        found = _values(card, source, policy)
        if len(found) > 1:
            ambiguous = Finding.of(Reason.SEGMENT_AMBIGUOUS, symbol=card.symbol, traits=", ".join(found))
            return SegmentDecision("/".join(steps), (ambiguous,))
        if not found:
            break
        steps.append(f"{_WORDS[source]}:{quote(found[0], safe='')}")
    return SegmentDecision("/".join(steps))


def _values(card: CustomerCard, source: SegmentSource, policy: CustomerPolicy) -> list[str]:
    match source:
        case SegmentSource.GROUP:
            return [card.group] if card.group else []
        case SegmentSource.INDUSTRY:
            return [card.industry] if card.industry else []
        case SegmentSource.TRAIT:
            return sorted(card.traits.intersection(policy.segment_traits))


def segment_tree(keys: Iterable[str], names: Names) -> dict[str, Segment]:
    """The segments behind these keys with everything above them, parents first."""
    every = {key: None for whole in keys for key in _upwards(whole)}
    return {key: _segment(key, names) for key in sorted(every, key=lambda key: (key.count("/"), key))}


def segment_changes(
    wanted: Mapping[str, Segment], held: Mapping[str, Segment], ours: AbstractSet[str]
) -> Iterator[PutSegment | DropSegment]:
    """Segments to make or rename, parents first, then those to drop, deepest first.

    `wanted`: everything somebody will be in; `held`: what the shop has now; `ours`: keys we made. What others made is
    never dropped, and renamed only where it stands under a key of ours.
    """
    for key, segment in wanted.items():
        if held.get(key) != segment:
            yield PutSegment(Subject(Area.CUSTOMER, key, segment.name), held.get(key), segment)
    gone = [held[key] for key in ours if key in held and key not in wanted]
    for segment in sorted(gone, key=lambda one: (-one.level, one.key)):
        yield DropSegment(Subject(Area.CUSTOMER, segment.key, segment.name), segment)


def _upwards(key: str) -> list[str]:
    steps = key.split("/") if key else []
    return ["/".join(steps[: place + 1]) for place in range(len(steps))]


def _segment(key: str, names: Names) -> Segment:
    above, _, last = key.rpartition("/")
    word, _, quoted = last.partition(":")
    source, ident = _SOURCES[word], unquote(quoted)
    name = tidy(cleaned(names.get((source, ident), "")))[:_LONGEST_NAME] or ident
    return Segment(key, name, above, key.count("/") + 1, source)
