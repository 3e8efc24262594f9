"""Somebody's desk in the company: whose hand writes, in which books, by which habits."""

from dataclasses import dataclass
from datetime import datetime

from pomost.sandbox.sfera.books import Books
from pomost.sandbox.sfera.locks import Holder
from pomost.sandbox.sfera.paper import Paper, Pricing
from pomost.sandbox.sfera.script import Habits


@dataclass(slots=True)
class Desk:
    books: Books
    habits: Habits
    operator: int
    holder: Holder

    def pricing(self, paper: Paper) -> Pricing:
        keeps_value = self.habits.line_value == "kept"
        return Pricing(self.habits.price_places, by_net=paper.by_net, keeps_value=keeps_value)

    def now(self) -> datetime:
        """The day of the habits with the clock's time."""
        clock = datetime.now().astimezone()
        return self.habits.day().replace(hour=clock.hour, minute=clock.minute, second=clock.second)


def operator_names(books: Books) -> dict[str, int]:
    """Active users by the name the login window shows."""
    found = books.rows("SELECT uz_Id, uz_Imie, uz_Nazwisko FROM pd_Uzytkownik WHERE uz_Status = 1 ORDER BY uz_Id")
    return {f"{row['uz_Imie']} {row['uz_Nazwisko']}".strip(): row["uz_Id"] for row in found}
