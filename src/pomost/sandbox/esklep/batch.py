"""Batches of offer data: stamps, sessions, results and warnings, the same for every resource (sections 0, 2, 15)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Generic, Literal, TypeVar

import msgspec
from fastapi import Request, Response
from msgspec import Meta, Struct

from pomost.sandbox.esklep.call import Call, note
from pomost.sandbox.esklep.case import Case
from pomost.sandbox.esklep.fields import Key, Moment, Stamp
from pomost.sandbox.esklep.records import Kept, Owner
from pomost.sandbox.esklep.session import AreaWork, Session
from pomost.sandbox.esklep.sessions import work_in, writer
from pomost.sandbox.esklep.settings import Limits
from pomost.sandbox.esklep.shapes import decoded
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.esklep.trade import Who
from pomost.sandbox.http.call import answer
from pomost.sandbox.http.collection import Collection
from pomost.sandbox.http.problems import Flaw, Problem, invalid

T = TypeVar("T")
NO_PRICE = "product-has-no-price"
CursorText = Annotated[str, Meta(min_length=1, max_length=500)]


class Envelope(Struct, Generic[T], frozen=True, forbid_unknown_fields=True):
    items: list[T]
    cursor_after: CursorText | None = None


class Head(Struct, frozen=True, gc=False, kw_only=True):
    """What of an item decides how it is treated; the rest of it is not looked at."""

    op: Literal["upsert", "withdraw", "keep"] = "upsert"
    erp_id: Key | None = None
    product_erp_id: Key | None = None
    price_type_erp_id: Key | None = None
    warehouse_erp_id: Key | None = None
    owner: Owner | None = None
    who: Who | None = None
    stamp: Stamp | None = None
    as_of: Moment | None = None


def ignored_in(index: int, ignore: Callable[[str], None]) -> Callable[[str], None]:
    """Where fields are told that one item of a batch has and nobody knows."""
    return lambda pointer: ignore(f"/items/{index}{pointer}")


def _same(item: T) -> T:
    return item


@dataclass(frozen=True, kw_only=True)
class Resource(Generic[T]):
    """One kind of offer data: its record, its keys, where it is kept, and what is asked of an item."""

    name: str
    kind: type[T]
    keys: tuple[str, ...]
    prefix: str
    area: str
    shelf: Callable[[Shop], Collection[Kept[T]]]
    check: Callable[[Case, T, Kept[T] | None], T]
    note: Callable[[Shop, Kept[T] | None, Kept[T]], None] = lambda _shop, _old, _new: None
    alive: Callable[[T], bool] = lambda _: True
    taken_off: Callable[[T], T] = _same
    # An item that shows nothing anyway (a stock of nought): there is nothing of it to withdraw.
    idle: Callable[[T], bool] = lambda _: False
    order: Callable[[list[Any]], Iterable[int]] = lambda items: range(len(items))
    most: Callable[[Limits], int] = lambda limits: limits.max_batch
    version_of: Callable[[Any], int | None] = lambda item: item.stamp
    stamped: bool = True
    stamp_field: str = "stamp"
    # Where an item's own words decide its area (discounts), or its key is not the one it is kept under (customers).
    area_of: Callable[[Any, Kept[T] | None], str | None] | None = None
    areas: tuple[str, ...] = ()
    find: Callable[[Shop, str], Kept[T] | None] | None = None
    slot: Callable[[str, str], str] = lambda key, _shop_id: key

    @cached_property
    def _fast(self) -> msgspec.json.Decoder[Envelope[T]]:
        return msgspec.json.Decoder(Envelope[self.kind])  # type: ignore[name-defined]  # a type known at run time

    def read(self, body: bytes, most: int, ignore: Callable[[str], None]) -> tuple[list[Any], str | None]:
        """Sound upserts as records, other ops as heads, faulty items as problems; all at once where all are sound."""
        try:
            envelope: Envelope[Any] = self._fast.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError):
            envelope = decoded(body, Envelope[msgspec.Raw], ignore)
        if len(envelope.items) > most:
            raise Problem("payload-too-large")
        items = [
            self._one(item, ignored_in(index, ignore)) if isinstance(item, msgspec.Raw) else item
            for index, item in enumerate(envelope.items)
        ]
        return items, envelope.cursor_after

    def _one(self, raw: msgspec.Raw, ignore: Callable[[str], None]) -> Any:
        head: Head | None = None
        try:
            head = decoded(raw, Head, ignore)
            return decoded(raw, self.kind, ignore) if head.op == "upsert" else head
        except Problem as problem:
            return Faulty(head or _bare(raw), problem)

    def key_of(self, head: Any) -> str:
        parts = [getattr(head, name) for name in self.keys]
        missing = [Flaw(f"/{name}", "required") for name, part in zip(self.keys, parts, strict=True) if part is None]
        if missing:
            raise invalid(*missing)
        return "\x1f".join(f"{part.kind}:{part.erp_id}" if isinstance(part, Owner) else part for part in parts)

    def subject_of(self, head: Any) -> str | None:
        """Whom an item is about, as a script of faults names it."""
        found = getattr(head, self.keys[0])
        return found.erp_id if isinstance(found, Owner) else found

    def named(self, head: Any) -> dict[str, Any]:
        found = {name: getattr(head, name) for name in self.keys}
        return {name: msgspec.to_builtins(value) for name, value in found.items() if value is not None}

    def stored(self, shop: Shop, key: str) -> Kept[T] | None:
        return self.find(shop, key) if self.find else self.shelf(shop).get(key)

    def mark(self, key: str) -> str:
        """The key among a session's marks: one area may hold several resources."""
        return f"{self.name}\x1f{key}"

    def put(self, shop: Shop, old: Kept[T] | None, new: Kept[T]) -> None:
        self.shelf(shop).put(new.key, new, new.updated_at)
        self.note(shop, old, new)

    def withdraw(self, shop: Shop, kept: Kept[T], moment: str, head: Any = None) -> None:
        """Take an item off; `head` is the op that asked for it, whose stamp the item then has. A sweep has none."""
        item, stamp = self.taken_off(kept.item), None
        if head is not None and (stamp := self.version_of(head)) is not None:
            item = msgspec.structs.replace(item, **{self.stamp_field: getattr(head, self.stamp_field)})  # type: ignore[type-var]  # every kind is a record
        gone = msgspec.structs.replace(
            kept, item=item, live=False, stamp=kept.stamp if stamp is None else stamp, updated_at=moment
        )
        self.put(shop, kept, gone)

    async def run(self, call: Call, request: Request) -> Response:
        body = await request.body()
        with call.shop.writing() as moment:
            return answer({"results": Run(self, call, request, moment).done(body)})


@dataclass(frozen=True, slots=True)
class Faulty:
    """An item that is refused as it stands; its head is kept, for the shop has seen its key all the same."""

    head: Any
    problem: Problem

    @property
    def op(self) -> str:
        return str(self.head.op)


def _bare(raw: msgspec.Raw) -> Head:
    """The head of an item whose head is faulty itself: whatever of the key can be read."""
    try:
        fields = msgspec.json.decode(raw)
    except msgspec.DecodeError:
        fields = None
    sound = {}
    for name, value in fields.items() if isinstance(fields, dict) else ():
        if name in Head.__struct_fields__ and name != "op":
            try:
                msgspec.convert({name: value}, Head)
            except msgspec.ValidationError:
                continue
            sound[name] = value
    return msgspec.convert(sound, Head)


class Run(Generic[T]):
    """One batch on its way through a session."""

    def __init__(self, resource: Resource[T], call: Call, request: Request, moment: str) -> None:
        self.resource, self.call, self.shop, self.moment = resource, call, call.shop, moment
        self.session: Session = writer(call.shop, request.headers)
        if resource.area_of is None:
            work_in(self.session, resource.area)
        self.areas: set[str] = set()

    def done(self, body: bytes) -> list[dict[str, Any]]:
        items, cursor = self.resource.read(body, self.resource.most(self.shop.settings.limits), self.call.ignored)
        # By script, a shop may break down in the middle: the second half of the batch is then not even looked at.
        end = len(items) // 2 if self.call.has("half_batch") else len(items)
        results: list[dict[str, Any]] = [{}] * len(items)
        for index in self.resource.order(items):
            results[index] = self._result(index, items[index], broken=index >= end)
        if cursor is not None:
            self._move(cursor)
        return results

    def _result(self, index: int, item: Any, *, broken: bool) -> dict[str, Any]:
        head = item.head if isinstance(item, Faulty) else item
        told = {"index": index, **self.resource.named(head)}
        case = Case(self.shop, self.moment)
        try:
            result, shop_id = self._treat(Faulty(head, Problem("maintenance")) if broken else item, head, case)
        except Problem as problem:
            note(self.call, self.resource.named(head), item.op, problem.status, problem.code)
            return {**told, "status": problem.status, "problem": self.call.problem(problem)}
        note(self.call, self.resource.named(head), item.op, 200, result)
        told |= {"status": 200, "result": result}
        if shop_id is not None:
            told["shop_id"] = shop_id
        if case.warnings:
            told["warnings"] = case.told(self.call.language)
        return told

    def _treat(self, item: Any, head: Any, case: Case) -> tuple[str, str | None]:
        resource, work = self.resource, None
        try:
            key = self._key(item, head)
            stored = resource.stored(self.shop, key)
            work = self._work(head, stored)
            work.saw(resource.mark(key))
            work.refuse_if_over(NO_PRICE)
            if self.call.refusals:
                self.call.refuse(resource.subject_of(head), f"/{resource.keys[0]}")
            if isinstance(item, Faulty):
                raise item.problem
            if item.op == "keep":
                result = self._keep(work)
            elif item.op == "withdraw":
                result = self._withdraw(work, head, stored)
            else:
                result = self._upsert(work, item, stored, key, case)
        except Problem:
            if work is None and resource.area_of is None:
                work = work_in(self.session, resource.area)
            if work is not None:
                work.counts["rejected"] += 1
            raise
        work.counts[result] += 1
        known = resource.stored(self.shop, key)
        return result, None if known is None else known.shop_id

    def _key(self, item: Any, head: Any) -> str:
        try:
            return self.resource.key_of(head)
        except Problem:
            if isinstance(item, Faulty):  # a key that is misspelt was sent: what is wrong with it says more
                raise item.problem from None
            raise

    def _work(self, head: Any, stored: Kept[T] | None) -> AreaWork:
        resource = self.resource
        area = resource.area if resource.area_of is None else resource.area_of(head, stored)
        if area is None and head.op == "withdraw":  # what the shop never saw lies in no area: any of its own will do
            area = next((one for one in resource.areas if one in self.session.areas), None)
        if area is None:
            raise invalid(Flaw("/who", "required"))
        work = work_in(self.session, area)
        self.areas.add(area)
        return work

    def _keep(self, work: AreaWork) -> str:
        if not work.full:
            raise Problem("keep-needs-full", Flaw("/op", "keep-needs-full"))
        return "kept"

    def _withdraw(self, work: AreaWork, head: Any, stored: Kept[T] | None) -> str:
        version = self.resource.version_of(head)
        if version is None and self.resource.stamped:
            raise invalid(Flaw(f"/{self.resource.stamp_field}", "required"))
        if stored is None:
            return "unchanged"
        self._refuse_stale(work, version, stored)
        if not stored.live or (version is not None and version == stored.stamp and not work.full):
            return "unchanged"
        if self.call.keep:
            self.resource.withdraw(self.shop, stored, self.moment, head)
        return "withdrawn"

    def _upsert(self, work: AreaWork, item: T, stored: Kept[T] | None, key: str, case: Case) -> str:
        resource = self.resource
        version, alive = resource.version_of(item), resource.alive(item)
        if stored is not None:
            self._refuse_stale(work, version, stored)
            # An equal stamp is believed, whatever the content, and also where the shop itself has withdrawn the item.
            same = stored.stamp == version
            if version is None:
                same = stored.item == item and stored.live == alive
            if same and not work.full:
                return "unchanged"
        item = resource.check(case, item, stored)
        case.settle()
        if self.call.has("no_price_ends_area") and any(flaw.code == NO_PRICE for flaw in case.warnings):
            work.over = True
            raise Problem(NO_PRICE)
        if self.call.keep:
            shop_id = stored.shop_id if stored else self.shop.next_id(resource.prefix)
            kept = Kept(
                key=stored.key if stored else resource.slot(key, shop_id),
                shop_id=shop_id,
                item=item,
                stamp=version or 0,
                live=alive,
                updated_at=self.moment,
                origin=stored.origin if stored else "erp",
            )
            resource.put(self.shop, stored, kept)
        if stored is None:
            return "created"
        return "withdrawn" if stored.live and not alive else "updated"

    def _refuse_stale(self, work: AreaWork, version: int | None, stored: Kept[T]) -> None:
        reset = work.full and self.session.reset_stamps
        if version is not None and version < stored.stamp and not reset:
            raise Problem("stale-item", Flaw(f"/{self.resource.stamp_field}", "stale-item"))

    def _move(self, cursor: str) -> None:
        """The client tells how far it is; only a commit will confirm it."""
        static = {self.resource.area} if self.resource.area_of is None else self.areas
        for area in static:
            moved = self.shop.cursors[area]
            moved.sent_cursor, moved.sent_at, moved.session_id = cursor, self.moment, self.session.id
