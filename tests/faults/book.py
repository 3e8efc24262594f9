"""The shop's journal read as a book: how often each offer and stock was written, and how often it became another."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pomost.sandbox.http.journal import JournalEntry, WrittenItem

Page = tuple[str, ...]
"""An offer or a stock: the path it is written at and what names it there."""


@dataclass
class Book:
    """What every page says now, and what happened to it since the book was opened.

    `written`: writes the shop took and did (an answer repeated by its key is none). `turned`: writes after which
    the page said something else; when the ERP was read is no part of what it says.
    """

    pages: dict[Page, dict[str, Any]] = field(default_factory=dict)
    written: Counter[Page] = field(default_factory=Counter)
    turned: Counter[Page] = field(default_factory=Counter)

    def read(self, entries: Iterable[JournalEntry]) -> "Book":
        for entry in entries:
            for item in () if entry.replayed else entry.items:
                if item.status == 200:
                    self._write(page_of(entry, item), item.fields)
        return self

    def reopened(self) -> "Book":
        """A book that says the same, and in which nothing happened yet."""
        return Book(dict(self.pages))

    def _write(self, page: Page, fields: dict[str, Any]) -> None:
        before = self.pages.get(page, {})
        after = before | {name: value for name, value in fields.items() if name != "as_of"}
        self.written[page] += 1
        self.turned[page] += before != after
        self.pages[page] = after

    @property
    def repeated(self) -> Counter[Page]:
        """Writes that changed nothing."""
        return self.written - self.turned


def page_of(entry: JournalEntry, item: WrittenItem) -> Page:
    return (entry.path, *(value for _, value in sorted(item.key.items())))


def products_of(entries: Sequence[JournalEntry]) -> set[str]:
    return {item.key["product_id"] for entry in entries for item in entry.items}
