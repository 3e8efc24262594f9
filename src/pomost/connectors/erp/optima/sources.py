"""Where the entries of one area come from: streams of rows in key order, or a list small enough to be held."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import sqlalchemy as sa

from pomost.connectors.erp.optima.sql.tables import Statement, select
from pomost.connectors.erp.optima.translation.values import Groups, Row
from pomost.model.entry import Content, Reading
from pomost.model.reason import Finding
from pomost.transport.prints import fingerprint, grouped, reading_under
from pomost.transport.sql import SqlReader

Told = tuple[Content | None, tuple[Finding, ...]]
_END: tuple[float, tuple[Row, ...]] = (float("inf"), ())
_FOUND = 50


class Leading(Protocol):
    """Makes a statement; `keys`: limited to the bound list of that name."""

    def __call__(self, *, keys: bool) -> Statement: ...


class Beside(Protocol):
    """Makes statements of what stands beside, limited or not in the same way; None: nothing can."""

    def __call__(self, *, keys: bool) -> Sequence[Statement | None]: ...


class Source(Protocol):
    """One area of entries. Methods raise SqlFailure."""

    def scan(self) -> Iterator[tuple[int, bytes]]:
        """Key and fingerprint of every entry meant for the shop, in key order."""
        ...

    def read(self, keys: Sequence[int]) -> Iterator[Reading]:
        """These entries in full, in key order, meant or not."""
        ...

    def find(self, text: str) -> Sequence[int]:
        """Keys of entries whose label equals `text`."""
        ...


def bundles(
    reader: SqlReader, leading: Statement, beside: Sequence[Statement | None], given: Mapping[str, Any]
) -> Iterator[tuple[Row, Groups]]:
    """Each leading row with the rows beside it that have its key; all streams are in key order, the key comes first."""
    sides = [iter(()) if one is None else grouped(reader.stream(one, given)) for one in beside]
    heads: list[tuple[float, tuple[Row, ...]]] = [next(side, _END) for side in sides]
    last = None
    for piece in reader.stream(leading, given):
        for row in piece:
            key = row[0]
            if key == last:
                continue  # a join that found two: the first counts
            last = key
            groups = []
            for place, head in enumerate(heads):
                if head[0] < key:
                    side = sides[place]
                    while head[0] < key:
                        head = next(side, _END)  # noqa: PLW2901  (the head moves on)
                    heads[place] = head
                groups.append(head[1] if head[0] == key else ())
            yield row, tuple(groups)


def _everything(row: Row, groups: Groups) -> object:
    return row, groups


def beside_alone(_row: Row, groups: Groups) -> object:
    """Of what hangs on a product, only that is told; the product's own row is another area's business."""
    return groups


@dataclass(frozen=True, slots=True)
class Streamed:
    """Entries made of rows: `leading` has one per key, its label second; `beside` as many as there are.

    `told` makes content of them, `meant` says whether the shop is to have it, `printed` what the fingerprint is made
    of. `needs_rows`: without rows beside there is no entry.
    `depends`: what else `told` looks at, the same for all entries; where it changes, every fingerprint does.
    """

    reader: SqlReader
    leading: Leading
    told: Callable[[Row, Groups], Told]
    meant: Callable[[Row], bool]
    labelled: sa.ColumnElement[Any]
    key: sa.ColumnElement[Any]
    beside: Beside = lambda **_: ()
    printed: Callable[[Row, Groups], object] = _everything
    depends: object = None
    needs_rows: bool = False
    given: Callable[[], Mapping[str, Any]] = dict
    also: sa.ColumnElement[Any] | None = None

    def scan(self) -> Iterator[tuple[int, bytes]]:
        printed, under = self.printed, reading_under(self.depends)
        if self.needs_rows:
            (only,) = self.beside(keys=False)
            assert only is not None
            for key, rows in grouped(self.reader.stream(only, self.given())):
                yield key, fingerprint(printed((key,), (rows,)), under)
            return
        for row, groups in bundles(self.reader, self.leading(keys=False), self.beside(keys=False), self.given()):
            yield row[0], fingerprint(printed(row, groups), under)

    def read(self, keys: Sequence[int]) -> Iterator[Reading]:
        given, under = {**self.given(), "keys": sorted(keys)}, reading_under(self.depends)
        for row, groups in bundles(self.reader, self.leading(keys=True), self.beside(keys=True), given):
            content, findings = self.told(row, groups)
            meant = self.meant(row) and not (self.needs_rows and not groups[0])
            label = str(row[1] or "").strip() or f"#{row[0]}"
            print_ = fingerprint(self.printed(row, groups), under)
            yield Reading(int(row[0]), label, content, print_, meant, findings)

    def find(self, text: str) -> Sequence[int]:
        columns = [self.labelled, *([] if self.also is None else [self.also])]
        # A label is shown without the spaces around it, and they are looked for only where nothing else is found.
        return self._where(columns, text) or self._where([sa.func.ltrim(sa.func.rtrim(one)) for one in columns], text)

    def _where(self, columns: Sequence[sa.ColumnElement[Any]], text: str) -> Sequence[int]:
        same = sa.or_(*(one == text for one in columns))
        found = self.reader.rows(select(self.key).where(same).order_by(self.key))
        return [int(row[0]) for row in found[:_FOUND]]


@dataclass(frozen=True, slots=True)
class Listed:
    """Entries few enough to be held together: `load` reads them all."""

    load: Callable[[], Mapping[int, "Item"]]

    def scan(self) -> Iterator[tuple[int, bytes]]:
        for key, item in sorted(self.load().items()):
            if item.meant:
                yield key, item.print

    def read(self, keys: Sequence[int]) -> Iterator[Reading]:
        held = self.load()
        for key in sorted({*keys} & held.keys()):
            item = held[key]
            yield Reading(key, item.label, item.content, item.print, item.meant, item.findings)

    def find(self, text: str) -> Sequence[int]:
        return [key for key, item in sorted(self.load().items()) if item.label == text][:_FOUND]


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list, with the raw values its fingerprint is made of."""

    label: str
    content: Content
    raw: object
    meant: bool = True
    findings: tuple[Finding, ...] = field(default=())

    @property
    def print(self) -> bytes:
        return fingerprint(self.raw)
