"""Every sentence of the manual of Subiekt GT - M/store that states a rule; run as a module it prints the count."""

from collections import Counter

from tests.manual import connection_and_branches, goods, orders_and_customers, prices_and_stocks, units
from tests.manual.rows import Row

TITLE = "manual Subiekt GT - M/store"
NOT_YET, APART = "not yet: ", "does not apply: "

# In the order of the manual.
ROWS: tuple[Row, ...] = (
    connection_and_branches.ROWS + goods.ROWS + units.ROWS + prices_and_stocks.ROWS + orders_and_customers.ROWS
)


def count_line(rows: tuple[Row, ...] = ROWS) -> str:
    """How many sentences there are, how many are shown, and what the others wait for, the most frequent first."""
    waiting = Counter(row.reason.removeprefix(NOT_YET) for row in rows if row.reason and row.reason.startswith(NOT_YET))
    apart = sum(1 for row in rows if row.reason and row.reason.startswith(APART))
    shown = sum(1 for row in rows if row.proof)
    parts = [f"{len(rows)} rule sentences", f"{shown} shown by tests"]
    if waiting:
        listed = ", ".join(f"{what} {count}" for what, count in waiting.most_common())
        parts.append(f"{waiting.total()} not yet ({listed})")
    if apart:
        parts.append(f"{apart} not applicable")
    return f"{TITLE}: {', '.join(parts)}"


if __name__ == "__main__":
    print(count_line())
