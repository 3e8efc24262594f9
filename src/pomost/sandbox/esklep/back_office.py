"""Calls only a sandbox has: orders placed, prices asked, the clock, the faults, the journal (section 16)."""

from collections import Counter
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Query, Request, Response
from msgspec import Meta, Struct
from pydantic import TypeAdapter

from pomost.sandbox.esklep.case import Case
from pomost.sandbox.esklep.fields import Key, Moment
from pomost.sandbox.esklep.files import damage
from pomost.sandbox.esklep.listing import shown
from pomost.sandbox.esklep.orders import told
from pomost.sandbox.esklep.placing import EditWish, OrderWish, PayWish, Registration, edit, pay, place, register
from pomost.sandbox.esklep.quoting import QuoteWish, answer_quote
from pomost.sandbox.esklep.records import Kept
from pomost.sandbox.esklep.settings import Entry
from pomost.sandbox.esklep.shapes import decoded, flaw_of, read_own
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.esklep.state import PARTS, state_of
from pomost.sandbox.esklep.sweep import RESOURCES
from pomost.sandbox.http.access import ApiKey
from pomost.sandbox.http.call import answer
from pomost.sandbox.http.faults import Fault, Faults
from pomost.sandbox.http.moments import moment_text
from pomost.sandbox.http.problems import Problem, invalid_at

UNPROCESSABLE = 422
_SCRIPT: TypeAdapter[list[Fault]] = TypeAdapter(list[Fault])


class ClockWish(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A time to set (null: the real one again) or seconds to let pass; a frozen clock stands until it is set anew."""

    now: Moment | None = None
    advance_s: Annotated[float, Meta(ge=0)] | None = None
    frozen: bool = False


class PanelWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Content somebody makes in the shop's own panel; the ERP has no key for it."""

    kind: str
    item: dict[str, Any]


class DictionaryWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Other codes in one dictionary, in place of those it has."""

    name: str
    entries: tuple[Entry, ...]


class KeyWish(Struct, frozen=True, forbid_unknown_fields=True):
    key: Key
    revoked: bool = False


def back_office(shop: Shop, faults: Faults) -> APIRouter:
    router = APIRouter(prefix="/v1/sandbox", include_in_schema=False)
    _orders(router, shop)
    _settings(router, shop, faults)
    _faults(router, shop, faults)
    _windows(router, shop)
    return router


def _orders(router: APIRouter, shop: Shop) -> None:
    @router.post("/orders")
    async def place_order(request: Request) -> Response:
        wish = await read_own(request, OrderWish)
        with shop.lock:
            return answer(told(place(shop, wish)), 201)

    @router.post("/orders/{order_id}/pay")
    async def pay_order(request: Request, order_id: str) -> Response:
        wish = decoded(await request.body() or b"{}", PayWish)
        with shop.lock:
            return answer(told(pay(shop, shop.order(order_id), wish)))

    @router.post("/orders/{order_id}/edit")
    async def edit_order(request: Request, order_id: str) -> Response:
        wish = await read_own(request, EditWish)
        with shop.lock:
            return answer(told(edit(shop, shop.order(order_id), wish)))

    @router.post("/accounts")
    async def register_account(request: Request) -> Response:
        wish = await read_own(request, Registration)
        with shop.lock:
            return answer(shown(register(shop, wish)), 201)

    @router.post("/quote")
    async def ask_quote(request: Request) -> Response:
        wish = await read_own(request, QuoteWish)
        with shop.lock:
            return answer(answer_quote(shop, wish))


def _settings(router: APIRouter, shop: Shop, faults: Faults) -> None:
    @router.get("/settings")
    async def read_settings() -> Response:
        return answer(shop.settings)

    @router.put("/settings")
    async def change_settings(request: Request) -> Response:
        """What is absent stays; `reset` brings the first settings back."""
        changes = await read_own(request, dict[str, Any])
        try:
            with shop.lock:
                return answer(shop.change_settings(changes))
        except msgspec.ValidationError as error:
            flaw = flaw_of(str(error))
            raise Problem("validation-failed", flaw) from None

    @router.put("/dictionaries")
    async def change_dictionary(request: Request) -> Response:
        """The codes of a shop are its own, read at the start of each run; `reset` brings the first ones back."""
        wish = await read_own(request, DictionaryWish)
        if wish.name not in shop.dictionaries:
            raise invalid_at("/name", "not-allowed-value")
        with shop.lock:
            shop.dictionaries[wish.name] = wish.entries
        return answer(wish)

    @router.put("/clock")
    async def set_clock(request: Request) -> Response:
        wish = await read_own(request, ClockWish)
        with shop.lock:
            shop.set_clock(wish.now, wish.advance_s, frozen=wish.frozen)
            return answer({"now": moment_text(shop.now()), "frozen": shop.frozen_at is not None})

    @router.post("/keys")
    async def change_key(request: Request) -> Response:
        """Another key of this shop, or an end to one."""
        wish = await read_own(request, KeyWish)
        shop.keys[wish.key] = ApiKey(wish.key, revoked=wish.revoked)
        return answer(wish)

    @router.post("/panel")
    async def make_content(request: Request) -> Response:
        wish = await read_own(request, PanelWish)
        with shop.lock:
            return answer(_made_in_panel(shop, wish), 201)

    @router.post("/reset")
    async def reset() -> Response:
        """The shop as it opened; the journal's numbers go on."""
        with shop.lock:
            shop.empty()
            shop.journal.clear()
            faults.clear()
        return Response(status_code=204)


def _made_in_panel(shop: Shop, wish: PanelWish) -> dict[str, Any]:
    resource = next((one for one in RESOURCES if one.name == wish.kind), None)
    if resource is None:
        raise invalid_at("/kind", "not-allowed-value")
    shop_id, moment = shop.next_id(resource.prefix), moment_text(shop.now())
    own_key = {"erp_id": f"panel:{shop_id}"} if resource.keys == ("erp_id",) else {}
    item = decoded(msgspec.json.encode({"stamp": 0, **wish.item, **own_key}), resource.kind)
    case = Case(shop, moment)
    item = resource.check(case, item, None)
    case.settle()
    kept = Kept(
        key=resource.key_of(item),
        shop_id=shop_id,
        item=item,
        stamp=resource.version_of(item) or 0,
        live=resource.alive(item),
        updated_at=moment,
        origin="panel",
    )
    resource.put(shop, None, kept)
    return {**shown(kept), "key": kept.key}


def _faults(router: APIRouter, shop: Shop, faults: Faults) -> None:
    @router.put("/faults")
    async def script_faults(request: Request) -> Response:
        """A list of faults, or `{"faults": [...]}`, in place of the script so far; an empty list ends all trouble."""
        given = await read_own(request, Any)
        try:
            script = _SCRIPT.validate_python(given.get("faults") if isinstance(given, dict) else given)
            faults.replace(script)
        except ValueError as error:
            return answer({"errors": [str(error)]}, UNPROCESSABLE)
        with shop.lock:
            stored = [one for one in script if one.kind == "corrupt_file" and one.sha256 in shop.blobs]
            damage(shop, [one.sha256 for one in stored if one.sha256 is not None and one.take()])
        return answer({"faults": faults.listed()})

    @router.get("/faults")
    async def list_faults() -> Response:
        return answer({"faults": faults.listed()})


def _windows(router: APIRouter, shop: Shop) -> None:
    @router.get("/state")
    async def read_state(only: Annotated[list[Literal[PARTS]] | None, Query()] = None) -> Response:  # type: ignore[valid-type]
        return answer(state_of(shop, only or PARTS))

    @router.get("/journal")
    async def read_journal(since: Annotated[int, Query(ge=0)] = 0) -> Response:
        """Every call in order, and how many there were of each: `calls` by method and template of the address."""
        entries = shop.journal.since(since)
        calls = Counter(f"{entry.method} {entry.route or entry.path}" for entry in entries)
        return answer({"entries": entries, "calls": calls, "last": shop.journal.last})

    @router.delete("/journal")
    async def clear_journal() -> Response:
        shop.journal.clear()
        return Response(status_code=204)
