"""What the power cuts came to, as a table at the end of the tests."""

from collections import defaultdict
from collections.abc import Iterator

import pytest

CUT = "power cut"
_HEAD = ("database", "power cuts", "ERP changed back", "posts", "most items sent again", "seconds in one process")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    rows: defaultdict[str, list[tuple[bool, int, int, float]]] = defaultdict(list)
    for report in terminalreporter.getreports("passed"):
        for kind, back, posts, again in _cuts(report):
            rows[kind].append((back, posts, again, report.duration))
    for line in _table(rows) if rows else ():
        terminalreporter.write_line(line)


def _cuts(report: pytest.TestReport) -> list[tuple[str, bool, int, int]]:
    return [value for name, value in report.user_properties if name == CUT and report.when == "call"]  # type: ignore[misc]


def _table(rows: dict[str, list[tuple[bool, int, int, float]]]) -> Iterator[str]:
    yield f"| {' | '.join(_HEAD)} |"
    yield "|---" * len(_HEAD) + "|"
    for kind, found in sorted(rows.items()):
        backs, posts, again, seconds = zip(*found, strict=True)
        yield f"| {kind} | {len(found)} | {sum(backs)} | {sum(posts)} | {max(again)} | {sum(seconds):.0f} |"
