"""The contest's figures as tables, plain or Markdown."""

from collections.abc import Iterator, Sequence

from bench.peers.contest import TAKEN, Entry, Figures, Step

_DETAILS = ("", "CPU s", "wall s", "peak MB", "sent", "needless", "missed", "deletions missed", "refused", "exit")
_KILLED = "sent before the kill"


def table(rows: Sequence[Sequence[str]], *, markdown: bool) -> str:
    """Rows under their head; the first column to the left, the others to the right."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = [
        (" | " if markdown else "  ").join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    if not markdown:
        return "\n".join([lines[0], "-" * len(lines[0]), *(line.rstrip() for line in lines[1:])])
    rule = "|".join(["---", *["---:"] * (len(widths) - 1)])
    return "\n".join([f"| {lines[0]} |", f"|{rule}|", *(f"| {line} |" for line in lines[1:])])


def side_by_side(entries: Sequence[Entry], steps: Sequence[Step]) -> list[list[str]]:
    """CPU seconds, marked where something was missed or left behind, and who is ahead of those who got it right."""
    names = [entry.contender.name for entry in entries]
    rows = [["CPU s (! = not all that should have arrived did)", *names, "ahead"]]
    for place, step in enumerate(steps):
        figures = [entry.figures[place] for entry in entries]
        marked = [f"{one.run.cpu:.1f}{'' if _right(one) else ' !'}" for one in figures]
        rows.append([step.title, *marked, _ahead(names, figures)])
    rows.append(["lines a user wrote", *(str(entry.contender.lines()) for entry in entries), ""])
    return rows


def flaws(entries: Sequence[Entry], steps: Sequence[Step]) -> list[list[str]]:
    """What was missed, left standing, or sent although the shop held it already."""
    rows = [["items wrong", *(entry.contender.name for entry in entries)]]
    for place, step in enumerate(steps):
        rows.append([step.title, *(", ".join(_flaws(entry.figures[place])) or "-" for entry in entries)])
    return rows


def details(entries: Sequence[Entry], place: int) -> list[list[str]]:
    """One step in full."""
    killed = any(entry.figures[place].before_kill for entry in entries)
    rows = [[*_DETAILS, *([_KILLED] if killed else [])]]
    for entry in entries:
        one = entry.figures[place]
        counts = (one.sent, one.needless, one.missed, one.leftover, one.refused)
        took = (f"{one.run.cpu:.2f}", f"{one.run.wall:.2f}", f"{one.run.peak_mb:.0f}")
        last = [f"{one.before_kill:,}"] if killed else []
        rows.append([entry.contender.name, *took, *(f"{count:,}" for count in counts), str(one.run.code), *last])
    return rows


def refusals(entries: Sequence[Entry], steps: Sequence[Step]) -> list[list[str]]:
    """What became of the refused item and of its neighbours, once the shop takes it again."""
    rows = [["the refused item", "rivals told to log it and go on", "rivals told to stop"]]
    for entry in entries:
        told = []
        for on_refusal in ("skip", "stop"):
            place = next(at for at, one in enumerate(steps) if one.refuse and one.on_refusal == on_refusal)
            after = next(at for at, one in enumerate(steps) if at > place and one.title.startswith(TAKEN))
            told.append(_fate(entry.figures[place], entry.figures[after]))
        rows.append([entry.contender.name, *told])
    return rows


def _fate(refused: Figures, after: Figures) -> str:
    waiting = f"{refused.missed:,} others wait behind it" if refused.missed else "alone left out"
    then = "lost, though the shop would take it now" if after.missed else "arrives once taken"
    still = refused.missed - after.fixed
    return f"{waiting}; {then}" + (f"; {still:,} others still missing" if still > 0 else "")


def _flaws(one: Figures) -> Iterator[str]:
    counts = {"missed": one.missed, "still there": one.leftover, "needless": one.needless}
    yield from (f"{count:,} {name}" for name, count in counts.items() if count)


def _right(one: Figures) -> bool:
    return not one.missed and not one.leftover


def _ahead(names: Sequence[str], figures: Sequence[Figures]) -> str:
    """Least CPU among those who missed nothing and left nothing behind, with the distance to the next, or to us."""
    right = sorted((one.run.cpu, name) for name, one in zip(names, figures, strict=True) if _right(one))
    if not right:
        return "nobody"
    (best, first), *others = right
    if first != names[0]:
        return f"{first}, {figures[0].run.cpu / best:.1f}x"
    return f"{first}, {others[0][0] / best:.1f}x" if others else f"{first} alone"
