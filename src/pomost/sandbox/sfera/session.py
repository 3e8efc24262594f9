"""One started program: its process, the desk its operator works at, and the warehouse it is in."""

from dataclasses import dataclass

from pomost.sandbox.sfera import locks
from pomost.sandbox.sfera.books import Books
from pomost.sandbox.sfera.desk import Desk
from pomost.sandbox.sfera.program import Program


@dataclass(slots=True)
class Session:
    program: Program
    desk: Desk
    warehouse: int

    @property
    def books(self) -> Books:
        return self.desk.books

    def lock(self, object_kind: int, key: int) -> None:
        """Lock a record for edit."""
        with self.books.saving():
            locks.take(self.books, self.desk.holder, object_kind, key, self.desk.now())

    def unlock(self, object_kind: int, key: int) -> None:
        with self.books.saving():
            locks.give_back(self.books, self.desk.holder, object_kind, key)

    def end(self) -> None:
        """Give all locks back and close the program."""
        with self.books.saving():
            locks.clear(self.books, self.desk.holder)
        self.books.close()
        self.program.close()
