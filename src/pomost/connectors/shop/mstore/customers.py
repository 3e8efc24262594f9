"""Customers, segments and assignments of M/store (contract, sections 9, 10 and 17); no personal data is ever sent."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import pydantic

from pomost.connectors.shop.mstore import translation as to
from pomost.connectors.shop.mstore.api import ItemResult, MstoreApi, garbled
from pomost.connectors.shop.mstore.branches import Branches
from pomost.connectors.shop.mstore.lists import Lists
from pomost.connectors.shop.mstore.rows import AssignmentRow, CustomerRow, SegmentRow
from pomost.connectors.shop.mstore.versions import CHANGED, Item, Rows, Versions
from pomost.model.branch import Address
from pomost.model.change import Assign, DropSegment, PutSegment, Unassign
from pomost.model.customer import Segment, SegmentSource, ShopCustomer
from pomost.model.customer_change import AssignmentChange, SegmentChange
from pomost.model.outcome import Done, Failed, Outcome, Skipped
from pomost.model.reason import Finding, Reason
from pomost.model.text import alike
from pomost.ports.shop import CustomerPage

_CUSTOMERS, _SEGMENTS, _BATCH = "/v1/customers", "/v1/segments", "/v1/customer-assignments:batch"
_SOURCES = frozenset(source.value for source in SegmentSource)
_TRIES = 3
_CONFLICT, _GONE = 412, frozenset({404, 410})
_OK, _REFUSED = range(200, 300), range(400, 500)


class Segments:
    """The account's segments; the list is held, and what the shop answers to a write is noted in it."""

    def __init__(self, api: MstoreApi, lists: Lists) -> None:
        self._api = api
        self._lists = lists

    def rows(self, *, fresh: bool = False) -> dict[str, SegmentRow]:
        return self._lists.get(_SEGMENTS, self._read, fresh=fresh)

    def _read(self) -> dict[str, SegmentRow]:
        return {row.external_key: row for row in self._api.rows(_SEGMENTS, SegmentRow)}

    def nouns(self) -> list[Segment]:
        """Segments of a source we know; others are somebody else's."""
        return [
            Segment(row.external_key, row.name, row.parent_key or "", row.level, SegmentSource(row.source))
            for row in self.rows(fresh=True).values()
            if row.source in _SOURCES
        ]

    def send(self, change: SegmentChange) -> Outcome:
        """Write over the version there is now; somebody else's write in between is looked at again."""
        result = ItemResult(_CONFLICT)
        for _ in range(_TRIES):
            row = self.rows().get(change.target.id)
            path = f"{_SEGMENTS}/{quote(change.target.id, safe='')}"
            if isinstance(change, DropSegment):
                if row is None:
                    return Done("gone")
                result = self._api.delete(path, row.version)
            else:
                result = self._api.put(path, _segment_body(change), None if row is None else row.version)
            self._note(change, result)
            if result.status != _CONFLICT:
                break
        if isinstance(change, DropSegment):
            if result.status in _GONE:
                return Done("gone")
            if result.code == "segment-in-use":
                return Skipped(Finding.of(Reason.SEGMENT_IN_USE, segment=change.segment.name))
        return to.outcome(result, change)

    def _note(self, change: SegmentChange, result: ItemResult) -> None:
        """What the list holds once this was answered; it is asked for anew where the answer does not say."""
        if isinstance(change, DropSegment) and (result.status in _OK or result.status in _GONE):
            self.rows().pop(change.target.id, None)
            return
        if result.status in _REFUSED and result.status != _CONFLICT:
            return
        try:
            told = SegmentRow.model_validate(result.row)
        except pydantic.ValidationError:
            self._lists.forget(_SEGMENTS)
        else:
            self.rows()[told.external_key] = told


def _segment_body(change: PutSegment) -> dict[str, Any]:
    wanted = change.after
    parent = wanted.parent or None
    return {"name": wanted.name, "parent_key": parent, "level": wanted.level, "source": wanted.source.value}


def pages(api: MstoreApi, since: str) -> Iterator[CustomerPage]:
    """Pages of the list without its end; tombstones come only where something is asked for that changed."""
    params = (("updated_since", since), ("include_deleted", "true")) if since else ()
    for rows in api.pages(_CUSTOMERS, params):
        read = [_customer(raw) for raw in rows]
        yield CustomerPage(
            tuple(one for one in read if isinstance(one, ShopCustomer)),
            tuple(one.id for one in read if isinstance(one, CustomerRow)),
            tuple(one for one in read if isinstance(one, str)),
        )


def _customer(raw: Any) -> ShopCustomer | CustomerRow | str:
    """A customer, a row of one that is gone, or the id of one whose description cannot be read."""
    try:
        row = CustomerRow.model_validate(raw)
    except pydantic.ValidationError as error:
        ident = raw.get("id") if isinstance(raw, dict) else None
        if isinstance(ident, str) and ident:
            return ident
        raise garbled("customer") from error
    if row.deleted_at is not None:
        return row
    texts = (row.street, row.house_number, row.flat_number, row.postal_code, row.city)
    return ShopCustomer(row.id, row.nip or "", Address(*(text or "" for text in texts)), row.name or "")


class Assignments:
    """Links, branches and segments of customers."""

    def __init__(self, api: MstoreApi, branches: Branches, segments: Segments, versions: Versions) -> None:
        self._api = api
        self._branches = branches
        self._segments = segments
        self._versions = versions
        self._rows = Rows(self._write, one=self._version)
        self._refs: dict[str, str] = {}
        self._ours: frozenset[str] = frozenset()

    def forget(self) -> None:
        """The visit begins or ends."""
        self._rows.forget()
        self._refs.clear()

    def send(self, changes: Sequence[AssignmentChange], attempt: str) -> Iterator[Outcome]:
        """One outcome per change, in order; changes of one kind come together."""
        assigns = [change for change in changes if isinstance(change, Assign)]
        if not assigns:
            yield from (self._unassign(change) for change in changes if isinstance(change, Unassign))
            return
        items = [self._item(change) for change in assigns]
        sound = [item for item in items if not isinstance(item, Failed)]
        self._ours = frozenset(change.target.id for change in assigns if _overwrites(change))
        answered = self._versions.batch(_BATCH, sound, attempt, self._rows, self._still) if sound else ()
        results = iter(answered)
        for change, item in zip(assigns, items, strict=True):
            if isinstance(item, Failed):
                yield item
            else:
                yield self._told(change, item, next(results))

    def _item(self, change: Assign) -> dict[str, Any] | Failed:
        wanted = change.after
        branch = self._branches.ids().get(alike(wanted.branch))
        if branch is None:
            return Failed(Finding.of(Reason.BRANCH_NOT_IN_SHOP, branch=wanted.branch))
        item = {"customer_id": change.target.id, "recognised": True, "erp_customer_ref": str(wanted.key)}
        item["branch_id"] = branch
        if wanted.segment is None:
            return item
        row = self._segments.rows().get(wanted.segment) if wanted.segment else None
        if wanted.segment and row is None:
            return Failed(Finding.of(Reason.SEGMENT_NOT_IN_SHOP, segment=wanted.segment), retry=True)
        return {**item, "segment_id": None if row is None else row.id}

    def _told(self, change: Assign, item: Mapping[str, Any], result: ItemResult) -> Outcome:
        if result.code == "customer-already-assigned" and _overwrites(change):
            result = self._put(change, item)
        if result.code in {"customer-already-assigned", CHANGED.code}:
            held = self._held(change.target.id)
            return Failed(Finding.of(Reason.CUSTOMER_LINKED_ELSEWHERE, held="?" if held is None else held[0]))
        if result.code == "customer-unknown":
            return Failed(Finding.of(Reason.CUSTOMER_GONE))
        return to.outcome(result, change)

    def _put(self, change: Assign, item: Mapping[str, Any]) -> ItemResult:
        """Write one assignment over what is there, if it is ours to overwrite."""
        body = {name: value for name, value in item.items() if name != "customer_id"}
        result = ItemResult(_CONFLICT)
        for _ in range(_TRIES):
            held = self._held(change.target.id)
            ours = held is None or held[0] == body["erp_customer_ref"] or _overwrites(change)
            if not ours:
                return ItemResult(409, code="customer-already-assigned")
            result = self._api.put(_path(change.target.id), body, None if held is None else held[1])
            if result.status != _CONFLICT:
                break
        return result

    def _unassign(self, change: Unassign) -> Outcome:
        """Take back what is ours alone: a link somebody has made to another card since stays."""
        result = ItemResult(_CONFLICT)
        for _ in range(_TRIES):
            held = self._held(change.target.id)
            if held is None:
                return Done("gone")
            if change.before is not None and not change.again and held[0] != str(change.before.key):
                return Done("elsewhere")
            result = self._api.delete(_path(change.target.id), held[1])
            if result.status != _CONFLICT:
                break
        return Done("gone") if result.status in _GONE else to.outcome(result, change)

    def _write(self, item: Item, version: str | None, _: str) -> ItemResult:
        body = {name: value for name, value in item.items() if name != "customer_id"}
        return self._api.put(_path(str(item["customer_id"])), body, version)

    def _version(self, customer_id: str) -> str | None:
        held = self._held(customer_id)
        if held is not None:
            self._refs[customer_id] = held[0]
        return None if held is None else held[1]

    def _still(self, item: Item) -> bool:
        """Whether what the shop holds is ours to overwrite: over its version anybody's link would be taken."""
        customer = str(item["customer_id"])
        return customer in self._ours or self._refs.get(customer) in {None, item["erp_customer_ref"]}

    def _held(self, customer_id: str) -> tuple[str, str] | None:
        """The card a customer is linked with now, and the assignment's version."""
        row: AssignmentRow | None = self._api.row_or_none(_path(customer_id), AssignmentRow)
        return None if row is None else (row.erp_customer_ref, row.version)


def _overwrites(change: Assign) -> bool:
    """Whether a link to another card is ours: we made it, or may have."""
    return change.before is not None or change.again


def _path(customer_id: str) -> str:
    return f"{_CUSTOMERS}/{quote(customer_id, safe='')}/assignment"
