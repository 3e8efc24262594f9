"""Every row of the decision table of 8 (orders, guards, files, codes) is quoted by a test: `Decision table 8.14`."""

import re
from pathlib import Path

ROWS = {f"8.{number}" for number in range(1, 28)}
TESTS = Path(__file__).parents[1]
_QUOTED = re.compile(r"[Dd]ecision tables? (8\.\d+)(?:-(8\.\d+))?((?:(?:,| and) 8\.\d+)*)")


def quoted(text: str) -> set[str]:
    found: set[str] = set()
    for first, last, more in _QUOTED.findall(text):
        numbers = [int(one.removeprefix("8.")) for one in (first, last or first)]
        found |= {f"8.{number}" for number in range(numbers[0], numbers[1] + 1)}
        found |= set(re.findall(r"8\.\d+", more))
    return found


def test_every_row_is_quoted_by_a_test() -> None:
    files = (file for file in TESTS.rglob("test_*.py") if file != Path(__file__))
    assert ROWS - set().union(*(quoted(file.read_text()) for file in files)) == set()


def test_quotes_are_read() -> None:
    assert quoted("Decision table 8.7 and 8.11: the deposit") == {"8.7", "8.11"}
    assert quoted("(decision tables 8.1-8.4)") == {"8.1", "8.2", "8.3", "8.4"}
    assert quoted("(decision tables 8.12, 8.13).") == {"8.12", "8.13"}
    assert quoted("part 7") == set()
