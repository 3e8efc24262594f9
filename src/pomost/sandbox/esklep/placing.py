"""The buyer's hand: orders placed, paid and edited, accounts registered (sections 12 and 16)."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from pomost.sandbox.esklep.basket import Basket, BasketWish, CouponWish, LineWish, count
from pomost.sandbox.esklep.customers import note_customer
from pomost.sandbox.esklep.fields import Email, Key, Line, Moment, Money2
from pomost.sandbox.esklep.orders_records import (
    Delivery,
    Order,
    OrderCustomer,
    OrderLine,
    Party,
    Payment,
    Point,
)
from pomost.sandbox.esklep.records import Kept
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.esklep.trade import Address, Customer, Login
from pomost.sandbox.http.moments import moment_text
from pomost.sandbox.http.problems import Problem, invalid_at

AWAITING_SHOP, AWAITING_PAYMENT = "awaiting_shop", "awaiting_payment_system"
SPLIT_PAYMENT_FROM = Decimal(15_000)
Kind = Literal["courier", "locker", "pickup", "own"]
DELIVERY_KINDS: dict[str, Kind] = {"1": "courier", "2": "locker", "3": "pickup", "4": "own"}


class OrderWish(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An order as a buyer places it: as a guest, or by `login`, `shop_id` or `customer_erp_id`."""

    lines: Annotated[tuple[LineWish, ...], Meta(min_length=1)]
    login: Email | None = None
    shop_id: Key | None = None
    customer_erp_id: Key | None = None
    buyer: Party | None = None
    recipient: Party | None = None
    document_wanted: Literal["receipt", "invoice"] = "receipt"
    remarks: Annotated[str, Meta(max_length=2048)] | None = None
    payment_form: Key = "1"
    due_days: int | None = None
    delivery_type: Key = "1"
    delivery_gross: Money2 = "0.00"
    requested_date: date | None = None
    point: Point | None = None
    coupon: CouponWish | None = None
    points_used: Annotated[int, Meta(ge=0)] = 0
    shop_percent: Money2 | None = None
    currency: str | None = None
    exchange_rate: Money2 = "1.00"
    price_basis: Literal["net", "gross"] | None = None
    source: str = "0"
    language: str | None = None
    number: Key | None = None
    status: str | None = None
    at: Moment | None = None
    attributes: tuple[dict[str, Any], ...] = ()
    consents: tuple[dict[str, Any], ...] = ()


class EditWish(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a buyer or the panel changes; what is absent stays. New lines are counted at today's prices."""

    lines: Annotated[tuple[LineWish, ...], Meta(min_length=1)] | None = None
    remarks: Annotated[str, Meta(max_length=2048)] | None = None
    recipient: Party | None = None
    status: str | None = None


class PayWish(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Without an amount, all that is left to pay."""

    amount: Money2 | None = None
    transaction_id: Line | None = None


class Registration(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    email: Email
    names: tuple[Line, ...]
    company: bool = False
    nip: Line | None = None
    nip_country: str | None = None
    address: Address | None = None
    phone: Line | None = None


def register(shop: Shop, wish: Registration) -> Kept[Customer]:
    """An account made in the shop: the ERP has no card for it yet."""
    if wish.email.casefold() in shop.logins:
        raise Problem("login-taken")
    shop_id = shop.next_id("cu")
    customer = Customer(
        code=shop_id,
        company=wish.company,
        names=wish.names,
        nip=wish.nip,
        nip_country=wish.nip_country,
        address=wish.address,
        phone=wish.phone,
        email=wish.email,
        blocked=False,
        logins=(Login(email=wish.email, name=" ".join(wish.names), phone=wish.phone, default=True),),
        stamp=0,
    )
    made = Kept(
        key=shop_id,
        shop_id=shop_id,
        item=customer,
        stamp=0,
        live=True,
        updated_at=moment_text(shop.now()),
        origin="shop",
    )
    shop.customers.put(shop_id, made, made.updated_at)
    note_customer(shop, None, made)
    return made


def buyer_of(
    shop: Shop, login: str | None = None, shop_id: str | None = None, erp_id: str | None = None
) -> Kept[Customer] | None:
    """Who a call speaks of; None is a guest."""
    if login is not None:
        shop_id = shop.logins.get(login.casefold(), "")
    found = (
        shop.customers.get(shop_id) if shop_id is not None else shop.customer(erp_id) if erp_id is not None else None
    )
    if found is None and (shop_id, erp_id) != (None, None):
        raise Problem("customer-unknown")
    return found


def may_log_in(customer: Kept[Customer], login: str) -> bool:
    """Withdrawn customers and blocked logins are kept out."""
    one = next((one for one in customer.item.logins if one.email.casefold() == login.casefold()), None)
    return customer.live and one is not None and one.active


def place(shop: Shop, wish: OrderWish) -> Order:
    buyer = buyer_of(shop, wish.login, wish.shop_id, wish.customer_erp_id)
    if wish.login is not None and buyer is not None and not may_log_in(buyer, wish.login):
        raise invalid_at("/login", "not-allowed-value")
    now = wish.at or shop.now()
    basket = count(shop, _basket_wish(wish), buyer, now)
    party = wish.buyer or _party(buyer)
    serial, moment = shop.next_number("or"), moment_text(now)
    order_id = shop.spelt_id("or", serial)
    order = Order(
        id=order_id,
        number=wish.number or f"ES/{serial}/{shop.local_day(now).year}",
        status="",
        version=1,
        placed_at=moment,
        updated_at=moment,
        source=_code(shop, "order-sources", wish.source, "/source"),
        customer=_customer(buyer, party),
        buyer=party,
        recipient=wish.recipient or party,
        document_wanted=wish.document_wanted,
        remarks=wish.remarks,
        payment=_payment(shop, wish, buyer),
        delivery=_delivery(shop, wish, basket, wish.recipient or party),
        points_earned=0,
        points_used=0,
        points_value=Decimal(0),
        coupons=(),
        currency=basket.currency,
        exchange_rate=Decimal(wish.exchange_rate),
        price_basis=basket.price_basis,
        totals=basket.totals,
        attributes=wish.attributes,
        consents=wish.consents,
        language=wish.language or shop.settings.default_language,
        split_payment=False,
        acknowledgement=None,
        lines=(),
        wishes=msgspec.to_builtins(wish),
    )
    waiting = AWAITING_PAYMENT if order.payment.online else AWAITING_SHOP
    status = _code(shop, "order-statuses", wish.status or waiting, "/status")
    order = msgspec.structs.replace(_filled(shop, order, basket), status=status)
    shop.orders.put(order.id, order, moment)
    return order


def pay(shop: Shop, order: Order, wish: PayWish) -> Order:
    """Money came in; an order that waited for the payment system now waits for the shop. This is no edit."""
    moment = moment_text(shop.now())
    due = order.totals.to_pay
    paid = order.payment.paid_amount + (Decimal(wish.amount) if wish.amount else due - order.payment.paid_amount)
    status = "none" if not paid else "partial" if paid < due else "paid" if paid == due else "overpaid"
    payment = msgspec.structs.replace(
        order.payment,
        status=status,
        paid_amount=paid,
        paid_at=moment,
        transaction_id=wish.transaction_id or f"TR-{order.id}",
    )
    waiting = order.status == AWAITING_PAYMENT and paid >= due
    return _put(shop, order, moment, payment=payment, status=AWAITING_SHOP if waiting else order.status)


def edit(shop: Shop, order: Order, wish: EditWish) -> Order:
    """A change by the buyer or in the panel raises the version: whoever read the order must read it again."""
    moment = moment_text(shop.now())
    changes: dict[str, Any] = {"version": order.version + 1}
    if wish.remarks is not None:
        changes["remarks"] = wish.remarks
    if wish.recipient is not None:
        changes["recipient"] = wish.recipient
    if wish.status is not None:
        changes["status"] = _code(shop, "order-statuses", wish.status, "/status")
    if wish.lines is not None:
        kept = msgspec.convert({**order.wishes, "lines": msgspec.to_builtins(wish.lines)}, OrderWish)
        buyer = buyer_of(shop, None, order.customer.shop_id)
        order = _filled(shop, order, count(shop, _basket_wish(kept), buyer, shop.now()))
        changes["wishes"] = msgspec.to_builtins(kept)
    return _put(shop, order, moment, **changes)


def _put(shop: Shop, order: Order, moment: str, **changes: Any) -> Order:
    made = msgspec.structs.replace(order, **changes, updated_at=moment)
    shop.orders.put(made.id, made, moment)
    return made


def _basket_wish(wish: OrderWish) -> BasketWish:
    return BasketWish(
        lines=wish.lines,
        currency=wish.currency,
        price_basis=wish.price_basis,
        coupon=wish.coupon,
        delivery_gross=wish.delivery_gross,
        points_used=wish.points_used,
        shop_percent=wish.shop_percent,
    )


def _filled(shop: Shop, order: Order, basket: Basket) -> Order:
    """The order with what its basket came to."""
    return msgspec.structs.replace(
        order,
        points_earned=basket.points_earned,
        points_used=basket.points_used,
        points_value=basket.points_value,
        coupons=basket.coupons,
        totals=basket.totals,
        lines=basket.lines,
        split_payment=(
            order.customer.company and basket.totals.gross >= SPLIT_PAYMENT_FROM and _flagged(shop, basket.lines)
        ),
    )


def _flagged(shop: Shop, lines: tuple[OrderLine, ...]) -> bool:
    products = (shop.products.get(line.product_erp_id or "") for line in lines)
    return any(product is not None and product.item.split_payment for product in products)


def _code(shop: Shop, dictionary: str, code: str, pointer: str) -> str:
    if shop.entry(dictionary, code) is None:
        raise invalid_at(pointer, "not-allowed-value")
    return code


def _party(buyer: Kept[Customer] | None) -> Party:
    if buyer is None:
        return Party()
    item = buyer.item
    address = {} if item.address is None else msgspec.structs.asdict(item.address)
    return Party(
        names=item.names, nip=item.nip, nip_country=item.nip_country, phone=item.phone, email=item.email, **address
    )


def _customer(buyer: Kept[Customer] | None, party: Party) -> OrderCustomer:
    if buyer is None:
        return OrderCustomer(kind="guest", company=bool(party.nip))
    return OrderCustomer(kind="registered", shop_id=buyer.shop_id, erp_id=buyer.item.erp_id, company=buyer.item.company)


def _payment(shop: Shop, wish: OrderWish, buyer: Kept[Customer] | None) -> Payment:
    entry = shop.entry("payment-forms", wish.payment_form)
    if entry is None:
        raise invalid_at("/payment_form", "not-allowed-value")
    due = wish.due_days if wish.due_days is not None or buyer is None else buyer.item.payment_days
    return Payment(form_id=entry.code, form_name=entry.name, online=bool(entry.online), due_days=due)


def _delivery(shop: Shop, wish: OrderWish, basket: Basket, party: Party) -> Delivery:
    entry = shop.entry("delivery-types", wish.delivery_type)
    if entry is None:
        raise invalid_at("/delivery_type", "not-allowed-value")
    kind = DELIVERY_KINDS.get(entry.code, "courier")
    if kind == "locker" and wish.point is None:
        raise invalid_at("/point", "required")
    return Delivery(
        type_id=entry.code,
        name=entry.name,
        kind=kind,
        requested_date=wish.requested_date,
        address=party,
        point=wish.point,
        **basket.delivery,
    )
