"""The tree of product groups below a shop's root, put together from rows that may run in circles."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pomost.connectors.erp.optima.translation.values import Languages, Row, prose, text, unknown_language
from pomost.model.assortment import GroupEntry, Wording
from pomost.model.reason import Finding, Reason

_MAIN = 0
"""Number of the company's main group."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A group where it hangs in the tree: its row, the group above (None for the root), what is wrong with it."""

    row: Row
    parent: int | None
    trouble: tuple[Finding, ...] = ()


def tree(rows: Iterable[Row], root: int) -> dict[int, Branch]:
    """Groups reachable from the root, each once, where it is met first; empty when there is no such root.

    A group met again is either inside itself, which would never end, or stands in two places; it stays where it was.
    """
    below: defaultdict[int, list[Row]] = defaultdict(list)
    first: dict[int, Row] = {}
    for row in rows:
        number, parent, *_ = row
        first.setdefault(number, row)
        below[parent].append(row)
    if root not in first:
        return {}
    found = {root: Branch(first[root], None)}
    waiting = deque([root])
    while waiting:
        parent = waiting.popleft()
        for row in sorted(below[parent], key=lambda one: (one[4] is None, one[4] or 0, str(one[2]))):
            number = row[0]
            if number not in found:
                found[number] = Branch(row, parent)
                waiting.append(number)
            elif number != root or parent != root:
                known = found[number]
                found[number] = Branch(known.row, known.parent, (*known.trouble, _met_again(found, number, parent)))
    return dict(sorted(found.items()))


def in_rings(rows: Iterable[Row]) -> set[int]:
    """Groups nothing above leads out of: each is inside itself, or below one that is. The main group is its own."""
    above: dict[int, int] = {}
    for row in rows:
        above.setdefault(row[0], row[1])
    caught: dict[int, bool] = {_MAIN: False}
    for start in above:
        line: list[int] = []
        at = start
        while at in above and at not in caught and at not in line:
            line.append(at)
            at = above[at]
        caught |= dict.fromkeys(line, caught.get(at, at in above))
    return {key for key, ring in caught.items() if ring}


def _met_again(found: Mapping[int, Branch], number: int, parent: int) -> Finding:
    above: int | None = parent
    while above is not None:
        if above == number:
            return Finding.of(
                Reason.GROUP_INSIDE_ITSELF, group=text(found[number].row[2]), inside=text(found[parent].row[2])
            )
        above = found[above].parent
    return Finding.of(Reason.GROUP_TWICE, group=text(found[number].row[2]), other=text(found[parent].row[2]))


def group(
    row: Row, parent: int | None, texts: tuple[Row, ...], languages: Languages
) -> tuple[GroupEntry, tuple[Finding, ...]]:
    """A group with its texts; the shop's own language falls back on the name in the tree."""
    _, _, symbol, name, place = row
    found: dict[str, Wording] = {}
    findings = []
    for _, number, title, body, heading, words, about, link in texts:
        language = languages.named(number)
        if language is None:
            findings.append(unknown_language(number))
        elif text(title):
            found[language] = Wording(
                language,
                text(title),
                description=prose(body),
                meta_title=text(heading),
                meta_keywords=text(words),
                meta_description=text(about),
                slug=text(link),
            )
    if languages.own not in found:
        found = {languages.own: Wording(languages.own, text(name)), **found}
    return GroupEntry(text(symbol), parent, tuple(found.values()), place), tuple(findings)
