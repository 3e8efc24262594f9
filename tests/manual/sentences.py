"""Every sentence of the two manuals that states a rule; run as a module it prints the counts."""

from collections import Counter
from dataclasses import dataclass

from tests.manual import (
    connection_and_branches,
    goods,
    optima_esklep,
    orders_and_customers,
    prices_and_stocks,
    units,
)
from tests.manual.rows import Row

NOT_YET, APART = "not yet: ", "does not apply: "


@dataclass(frozen=True, slots=True)
class Manual:
    """One manual: its sections and sentences, both in its own order."""

    title: str
    sections: tuple[str, ...]
    rows: tuple[Row, ...]


FIRST = Manual(
    "manual Subiekt GT - M/store",
    (
        *("Ustawienia", "Połączenie", "Oddziały", "Towary", "Towary 1", "Towary 2", "Towary 3", "Towary 4"),
        *("Towary 4.1", "Towary 4.2", "Towary 4.3", "Towary 4.4", "Ceny", "Stany", "Zamówienia", "Kontrahenci", "Inne"),
    ),
    connection_and_branches.ROWS + goods.ROWS + units.ROWS + prices_and_stocks.ROWS + orders_and_customers.ROWS,
)
SECOND = Manual("manual Comarch ERP Optima - e-Sklep", optima_esklep.SECTIONS, optima_esklep.ROWS)
MANUALS = (FIRST, SECOND)


def count_line(manual: Manual) -> str:
    """How many sentences there are, how many are shown, and what the others wait for, the most frequent first."""
    waiting = Counter(
        row.reason.removeprefix(NOT_YET) for row in manual.rows if row.reason and row.reason.startswith(NOT_YET)
    )
    apart = sum(1 for row in manual.rows if row.reason and row.reason.startswith(APART))
    shown = sum(1 for row in manual.rows if row.proof)
    parts = [f"{len(manual.rows)} rule sentences", f"{shown} shown by tests"]
    if waiting:
        listed = ", ".join(f"{what} {count}" for what, count in waiting.most_common())
        parts.append(f"{waiting.total()} not yet ({listed})")
    if apart:
        parts.append(f"{apart} not applicable")
    return f"{manual.title}: {', '.join(parts)}"


if __name__ == "__main__":
    for one in MANUALS:
        print(count_line(one))
