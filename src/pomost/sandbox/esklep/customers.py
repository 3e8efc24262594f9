"""Customers: cards of the ERP, accounts of the shop, and the link between the two (section 10)."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response
from msgspec import Struct

from pomost.sandbox.esklep.batch import Resource
from pomost.sandbox.esklep.call import Called, note
from pomost.sandbox.esklep.case import Case
from pomost.sandbox.esklep.fields import Key
from pomost.sandbox.esklep.listing import shown
from pomost.sandbox.esklep.records import Kept
from pomost.sandbox.esklep.sessions import work_in, writer
from pomost.sandbox.esklep.shapes import read
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.esklep.trade import Customer
from pomost.sandbox.http.call import answer, plain
from pomost.sandbox.http.paging import ListQuery, page
from pomost.sandbox.http.problems import Flaw, Problem

ANONYMOUS = "!NIEOKREŚLONY!"  # the code of the card that stands for buyers nobody knows
_PERSONAL = {
    "names": (), "nip": None, "nip_country": None, "address": None, "phone": None, "email": None, "logins": (),
    "consents": (), "attributes": (),
}  # fmt: skip


def _check(case: Case, item: Customer, stored: Kept[Customer] | None) -> Customer:
    shop = case.shop
    if item.code == ANONYMOUS:
        case.flaw("/code", "anonymous-card")
    if item.company and not item.nip and not item.anonymise:
        case.flaw("/nip", "required")
    if item.price_type_erp_id is not None and item.price_type_erp_id not in shop.price_types:
        case.flaw("/price_type_erp_id", "price-type-unknown")
    if item.payment_form_id is not None and shop.entry("payment-forms", item.payment_form_id) is None:
        case.flaw("/payment_form_id", "not-allowed-value")
    _check_logins(case, item, stored)
    case.attributes(item.attributes, "customer")
    if item.merged_into_erp_id is not None:
        target = shop.customer(item.merged_into_erp_id)
        if target is None or target.item.erp_id == item.erp_id:
            raise Problem("customer-unknown", Flaw("/merged_into_erp_id", "customer-unknown"))
    return msgspec.structs.replace(item, **_PERSONAL) if item.anonymise else item


def _check_logins(case: Case, item: Customer, stored: Kept[Customer] | None) -> None:
    own = {None if stored is None else stored.key}
    if item.merged_into_erp_id is not None:
        own.add(case.shop.accounts.get(item.merged_into_erp_id))
    for index, login in enumerate(item.logins):
        holder = case.shop.logins.get(login.email.casefold())
        if holder is not None and holder not in own:
            case.flaw(f"/logins/{index}/email", "login-taken")
    case.unique([login.email.casefold() for login in item.logins], "/logins/{}/email")
    if sum(login.default for login in item.logins) > 1:
        case.flaw("/logins", "several-defaults")


def note_customer(shop: Shop, old: Kept[Customer] | None, new: Kept[Customer]) -> None:
    if old is not None:
        for login in old.item.logins:
            if shop.logins.get(login.email.casefold()) == old.key:
                del shop.logins[login.email.casefold()]
        if old.item.group_erp_id is not None:
            shop.customer_groups[old.item.group_erp_id].discard(old.key)
    for login in new.item.logins:
        shop.logins[login.email.casefold()] = new.key
    if new.item.erp_id is not None:
        shop.accounts[new.item.erp_id] = new.key
    if new.item.group_erp_id is not None:
        shop.customer_groups[new.item.group_erp_id].add(new.key)
    target = shop.customer(new.item.merged_into_erp_id) if new.item.merged_into_erp_id else None
    if target is not None:
        _move(shop, new, target)


def _move(shop: Shop, gone: Kept[Customer], target: Kept[Customer]) -> None:
    """One customer becomes part of another: logins and the history of orders move."""
    known = {login.email.casefold() for login in target.item.logins}
    moved = tuple(
        msgspec.structs.replace(login, default=False)
        for login in gone.item.logins
        if login.email.casefold() not in known
    )
    emptied = msgspec.structs.replace(gone, item=msgspec.structs.replace(gone.item, logins=()), live=False)
    shop.customers.put(gone.key, emptied, gone.updated_at)
    grown = msgspec.structs.replace(
        target,
        item=msgspec.structs.replace(target.item, logins=(*target.item.logins, *moved)),
        updated_at=gone.updated_at,
    )
    shop.customers.put(target.key, grown, gone.updated_at)
    shop.logins.update({login.email.casefold(): target.key for login in grown.item.logins})
    for order in list(shop.orders):
        if order.customer.shop_id == gone.shop_id:
            customer = msgspec.structs.replace(order.customer, shop_id=target.shop_id, erp_id=target.item.erp_id)
            shop.orders.put(order.id, msgspec.structs.replace(order, customer=customer), gone.updated_at)


CUSTOMERS = Resource(
    name="customers",
    kind=Customer,
    keys=("erp_id",),
    prefix="cu",
    area="customers",
    shelf=lambda shop: shop.customers,
    check=_check,
    note=note_customer,
    alive=lambda item: item.merged_into_erp_id is None,
    find=lambda shop, key: shop.customer(key),
    slot=lambda _key, shop_id: shop_id,
)

router = APIRouter(tags=["customers"])


class CustomerQuery(ListQuery):
    origin: Literal["erp", "shop"] | None = None


class ErpLink(Struct, frozen=True, forbid_unknown_fields=True):
    erp_id: Key


@router.get("/v1/customers")
async def list_customers(call: Called, request: Request, query: Annotated[CustomerQuery, Query()]) -> Response:
    def keep(filters: dict[str, Any]) -> Callable[[Kept[Customer]], bool] | None:
        wanted = filters.get("origin")
        return None if wanted is None else lambda kept: kept.origin == wanted

    return page(call, request, query, call.shop.customers, keep=keep, show=shown)


@router.post("/v1/customers:batch", dependencies=[Depends(plain)])
async def batch_customers(call: Called, request: Request) -> Response:
    return await CUSTOMERS.run(call, request)


@router.put("/v1/customers/by-shop-id/{shop_id}/erp-link", dependencies=[Depends(plain)])
async def put_erp_link(call: Called, request: Request, shop_id: str) -> Response:
    """The link is made while orders come in, so a session for either area will do."""
    wish = await read(call, request, ErpLink)
    shop = call.shop
    with shop.writing() as moment:
        work_in(writer(shop, request.headers), "customers", "orders")
        account = shop.customers.get(shop_id)
        if account is None:
            raise Problem("customer-unknown")
        if account.item.erp_id not in {None, wish.erp_id} or shop.accounts.get(wish.erp_id, shop_id) != shop_id:
            raise Problem("customer-already-linked", Flaw("/erp_id", "customer-already-linked"))
        linked = account
        if account.item.erp_id is None and call.keep:
            linked = msgspec.structs.replace(
                account, item=msgspec.structs.replace(account.item, erp_id=wish.erp_id), updated_at=moment
            )
            CUSTOMERS.put(shop, account, linked)
            _tell_orders(shop, linked, moment)
    note(call, {"shop_id": shop_id, "erp_id": wish.erp_id}, "link", 200, "updated")
    return answer(shown(linked))


def _tell_orders(shop: Shop, linked: Kept[Customer], moment: str) -> None:
    """Orders of the account name its card from now on."""
    for order in list(shop.orders):
        if order.customer.shop_id == linked.shop_id:
            customer = msgspec.structs.replace(order.customer, erp_id=linked.item.erp_id)
            shop.orders.put(order.id, msgspec.structs.replace(order, customer=customer, updated_at=moment), moment)
