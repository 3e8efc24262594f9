"""Orders of M/store (contract, sections 11, 12, 17): read, acknowledged, and moved to other statuses."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from urllib.parse import quote

import pydantic

from pomost.connectors.shop.mstore.api import ItemResult, MstoreApi, garbled
from pomost.connectors.shop.mstore.branches import Branches
from pomost.connectors.shop.mstore.lists import Lists
from pomost.connectors.shop.mstore.translation import outcome
from pomost.connectors.shop.mstore.versions import Item, Rows, Versions
from pomost.model.branch import Address
from pomost.model.change import Acknowledge, SetStatus
from pomost.model.offer import PriceKind
from pomost.model.order import Buyer, DocumentRef, Order, OrderLine, OrderStatus, Permit, Stage
from pomost.model.outcome import Failed, Outcome
from pomost.model.reason import Finding, Reason
from pomost.model.text import Text
from pomost.model.unit import SalesUnit
from pomost.ports.fault import Rejected
from pomost.ports.shop import OrderPage

_ORDERS, _CHANGES, _STATUSES = "/v1/orders", "/v1/order-status-changes:batch", "/v1/order-statuses"
_GONE, _CONFLICT = 404, 409
_ID = re.compile(r"[0-9]{1,18}")
_TRIGGERS = {
    Stage.OPEN: "zk_created",
    Stage.RESERVED: "zk_created",
    Stage.PARTLY: "zk_partially_fulfilled",
    Stage.REALISED: "zk_fulfilled",
    Stage.DISPATCHED: "wz_issued",
    Stage.RECEIPT: "pa_issued",
    Stage.INVOICED: "fs_issued",
    Stage.DELETED: "zk_cancelled",
}


def _text(value: object) -> object:
    """Amounts and moments come as text; a number in their place would be read as something else."""
    if value is None or isinstance(value, str):
        return value
    raise ValueError("should be text")


_Amount = Annotated[Decimal, pydantic.BeforeValidator(_text)]
_Moment = Annotated[pydantic.AwareDatetime, pydantic.BeforeValidator(_text)]


class _Open(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra="ignore")


class _Buyer(_Open):
    nip: str | None = None
    name: str | None = None
    street: str | None = None
    house_number: str | None = None
    flat_number: str | None = None
    postal_code: str | None = None
    city: str | None = None


class _Delivery(_Buyer):
    requested_date: date | None = None
    method: str | None = None


class _Payment(_Open):
    method: str | None = None
    due_days: int | None = None
    paid: bool = False


class _Unit(_Open):
    type: str
    multiplier: int = pydantic.Field(ge=1)


class _Line(_Open):
    line_id: str
    product_id: str
    ean: str | None = None
    distributor_sku: str | None = None
    name: str | None = None
    sales_unit: _Unit
    quantity: int
    unit_price: _Amount
    price_kind: Literal["net", "gross"]
    vat_rate: str
    line_net: _Amount
    line_vat: _Amount
    line_gross: _Amount
    deposit_total: _Amount | None = None


class _Acknowledgement(_Open):
    erp_document_type: str
    erp_document_number: str
    erp_document_id: str


class _Order(_Open):
    id: str
    number: str
    status: str
    branch_id: str
    customer_id: str
    buyer: _Buyer
    delivery: _Delivery | None = None
    payment: _Payment | None = None
    remarks: str | None = None
    currency: str
    total_net: _Amount
    total_vat: _Amount
    total_gross: _Amount
    placed_at: _Moment
    updated_at: _Moment
    version: str = ""
    acknowledgement: _Acknowledgement | None = None
    lines: list[_Line]


class _Status(_Open):
    code: str
    name: str = ""
    final: bool = False
    allowed_next: list[str] = []


class _Licence(_Open):
    category: str
    valid_to: date
    point_of_sale: str | None = None


class _Licensed(_Open):
    licences: list[_Licence] = []


class _Demanding(_Open):
    requires_licence: str | None = None


class Orders:
    """The account's orders."""

    def __init__(self, api: MstoreApi, branches: Branches, lists: Lists, versions: Versions) -> None:
        self._api = api
        self._branches = branches
        self._lists = lists
        self._versions = versions
        self._rows = Rows(self._change, one=self._version)

    def forget(self) -> None:
        """The visit begins or ends."""
        self._rows.forget()

    def statuses(self) -> list[OrderStatus]:
        return self._lists.get(_STATUSES, self._read_statuses, fresh=True)

    def pages(self, params: dict[str, str], *, permits: bool) -> Iterator[OrderPage]:
        """All orders asked for, in pages as large as the account allows."""
        asked = _Permits(self._api) if permits else None
        for rows in self._api.pages(_ORDERS, [*params.items()]):
            yield self._page(rows, asked)

    def waiting(self, status: str, size: int, *, permits: bool) -> Iterator[OrderPage]:
        """Orders in a status no document was told of; those that were are passed over unread.

        The list comes in pages as large as the account allows, for mostly nothing waits. The first `size` of a page are
        given as they stand there; the others are given so many at a time, and each is read anew just before: a buyer
        may have changed it while those before it were dealt with.
        """
        asked = _Permits(self._api) if permits else None
        for rows in self._api.pages(_ORDERS, [("status", status)]):
            left = [row for row in rows if not _acknowledged(row)]
            for start in range(0, max(len(left), 1), size):
                piece = left[start : start + size]
                if start:
                    again = [self._anew(row) for row in piece]
                    piece = [row for row in again if row and row.get("status") == status and not _acknowledged(row)]
                yield self._page(piece, asked)

    def _page(self, rows: Sequence[Any], asked: "_Permits | None") -> OrderPage:
        read = [self._read(row) for row in rows]
        orders = [one for one in read if isinstance(one, Order)]
        return OrderPage(
            tuple(orders if asked is None else map(asked.told, orders)),
            tuple(one for one in read if isinstance(one, tuple)),
        )

    def _read_statuses(self) -> list[OrderStatus]:
        rows = self._api.rows(_STATUSES, _Status)
        return [OrderStatus(row.code, row.name or row.code, row.final, tuple(row.allowed_next)) for row in rows]

    def one(self, order_id: str, *, permits: bool) -> Order | None:
        row = self._api.raw_or_none(_path(order_id))
        if row is None:
            return None
        order = self._read(row)
        if isinstance(order, tuple):
            raise Rejected(
                Text("Zamówienia {number} nie da się odczytać.", "Order {number} cannot be read.").fill(
                    number=order[1]
                ),
                Text("Zgłoś jego numer operatorowi sklepu.", "Report its number to the shop."),
            )
        return _Permits(self._api).told(order) if permits else order

    def acknowledge(self, change: Acknowledge, attempt: str) -> Outcome:
        """Tie an order to its document, once and for all; the same document again does no harm."""
        body = {
            "erp_document_type": change.document.kind,
            "erp_document_number": change.document.number,
            "erp_document_id": str(change.document.id),
            "imported_at": change.at.isoformat().replace("+00:00", "Z"),
        }
        result = self._api.create(f"{_path(change.target.id)}/acknowledgements", body, attempt)
        if result.status == _GONE:
            return Failed(Finding.of(Reason.ORDER_GONE))
        if result.status == _CONFLICT and result.code == "order-already-acknowledged":
            order = self.one(change.target.id, permits=False)
            other = None if order is None else order.acknowledged
            return Failed(Finding.of(Reason.ORDER_ACKNOWLEDGED_OTHERWISE, other=other, document=change.document))
        return outcome(result, change)

    def change_statuses(self, changes: Sequence[SetStatus], attempt: str) -> Iterator[Outcome]:
        """One batch; steps of one order follow each other in it."""
        items = [_status_item(change) for change in changes]
        results = self._versions.batch(_CHANGES, items, attempt, self._rows)
        yield from (outcome(result, change) for result, change in zip(results, changes, strict=True))

    def _change(self, item: Item, version: str | None, attempt: str) -> ItemResult:
        body = {name: value for name, value in item.items() if name != "order_id"}
        return self._api.create(f"{_path(str(item['order_id']))}/status-changes", body, attempt, version)

    def _anew(self, raw: Any) -> Mapping[str, Any] | None:
        """An order of the list as it is now, None where it is gone. Raises Unavailable without even an id."""
        ident = raw.get("id") if isinstance(raw, dict) else None
        if not isinstance(ident, str) or not ident:
            raise garbled("order")
        return self._api.raw_or_none(_path(ident))

    def _version(self, order_id: str) -> str | None:
        row = self._api.raw_or_none(_path(order_id))
        return None if row is None else str(row.get("version") or "") or None

    def _read(self, raw: Any) -> Order | tuple[str, str]:
        """An order, or id and number of one nobody can read. Raises Unavailable without even an id."""
        try:
            row = _Order.model_validate(raw)
        except pydantic.ValidationError as error:
            ident = raw.get("id") if isinstance(raw, dict) else None
            if isinstance(ident, str) and ident:
                return ident, str(raw.get("number") or ident)
            raise garbled("order") from error
        return _order(row, self._branches.names())


class _Permits:
    """Permits of buyers and demands of products, each asked for once in a reading."""

    def __init__(self, api: MstoreApi) -> None:
        self._api = api
        self._buyers: dict[str, tuple[Permit, ...]] = {}
        self._products: dict[str, str] = {}

    def told(self, order: Order) -> Order:
        if order.customer_id not in self._buyers:
            row = self._api.row_or_none(f"/v1/customers/{quote(order.customer_id, safe='')}", _Licensed)
            held = [] if row is None else row.licences
            self._buyers[order.customer_id] = tuple(
                Permit(one.category, one.valid_to, one.point_of_sale or "") for one in held
            )
        for line in order.lines:
            if line.product_id not in self._products:
                row = self._api.row_or_none(f"/v1/products/{quote(line.product_id, safe='')}", _Demanding)
                self._products[line.product_id] = "" if row is None else row.requires_licence or ""
        lines = tuple(replace(line, permit=self._products[line.product_id]) for line in order.lines)
        return replace(order, permits=self._buyers[order.customer_id], lines=lines)


def _path(order_id: str) -> str:
    return f"{_ORDERS}/{quote(order_id, safe='')}"


def _acknowledged(raw: Any) -> bool:
    return isinstance(raw, dict) and bool(raw.get("acknowledgement"))


def _order(row: _Order, branches: dict[str, str]) -> Order:
    delivery, payment = row.delivery, row.payment or _Payment()
    return Order(
        id=row.id,
        number=row.number,
        status=row.status,
        branch=branches.get(row.branch_id, ""),
        customer_id=row.customer_id,
        buyer=Buyer(row.buyer.nip or "", row.buyer.name or "", _address(row.buyer)),
        currency=row.currency,
        net=row.total_net,
        tax=row.total_vat,
        gross=row.total_gross,
        placed_at=row.placed_at,
        updated_at=row.updated_at,
        version=row.version,
        lines=tuple(_line(line) for line in row.lines),
        remarks=row.remarks or "",
        delivery=None if delivery is None or not delivery.city else _address(delivery),
        requested_date=None if delivery is None else delivery.requested_date,
        delivery_method="" if delivery is None else delivery.method or "",
        payment_method=payment.method or "",
        payment_days=payment.due_days,
        paid=payment.paid,
        acknowledged=None if row.acknowledgement is None else _document(row.acknowledgement),
    )


def _address(row: _Buyer) -> Address:
    parts = (row.street, row.house_number, row.flat_number, row.postal_code, row.city)
    return Address(*(part or "" for part in parts))


def _line(row: _Line) -> OrderLine:
    return OrderLine(
        id=row.line_id,
        product_id=row.product_id,
        ean=row.ean or "",
        sku=row.distributor_sku or "",
        name=row.name or "",
        unit=SalesUnit(row.sales_unit.type, row.sales_unit.multiplier),
        quantity=row.quantity,
        unit_price=row.unit_price,
        price_kind=PriceKind(row.price_kind),
        vat=row.vat_rate,
        net=row.line_net,
        tax=row.line_vat,
        gross=row.line_gross,
        deposit=row.deposit_total,
    )


def _document(row: _Acknowledgement) -> DocumentRef:
    """What the shop was told; an id that is no number is none of ours, and its document is known by number alone."""
    key = int(row.erp_document_id) if _ID.fullmatch(row.erp_document_id) else -1
    return DocumentRef(row.erp_document_type, key, row.erp_document_number)


def _status_item(change: SetStatus) -> dict[str, Any]:
    item: dict[str, Any] = {
        "order_id": change.target.id,
        "status": change.after,
        "trigger": _TRIGGERS[change.stage],
        "occurred_at": change.at.isoformat().replace("+00:00", "Z"),
    }
    if change.document is not None:
        item["document"] = {"type": change.document.kind, "number": change.document.number}
    return item
