"""The sandbox's own doors, outside /v1 and without a key: faults, state, journal and the owner's hand."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter

from pomost.sandbox.http.call import answer
from pomost.sandbox.http.faults import Fault, Faults
from pomost.sandbox.http.problems import Problem
from pomost.sandbox.mstore.shop import Shop
from pomost.sandbox.mstore.state import state_of

ACTIONS = (
    "add_product", "change_product", "remove_product", "add_region", "add_unit_type", "add_branch", "add_customer",
    "change_customer", "remove_customer", "place_order", "change_order", "set_order_status", "hide_in_panel",
    "set_stock_in_panel", "set_price_in_panel", "change_offer_in_panel", "advance_clock", "issue_key", "revoke_key",
    "change_rate", "narrow_key", "name_scopes", "demand_versions", "change_capabilities", "change_limits",
    "tell_waits_as_dates", "announce_end", "spell_ids", "finish_jobs", "forget_jobs", "remove_region",
    "put_order_status",
)  # fmt: skip
UNPROCESSABLE = 422


def _known(action: str) -> str:
    if action not in ACTIONS:
        raise ValueError("the owner knows no such errand")
    return action


class Errand(BaseModel):
    """One of the owner's methods by name, with its arguments by name."""

    model_config = ConfigDict(extra="forbid")

    action: Annotated[str, AfterValidator(_known)]
    arguments: dict[str, Any] = Field(default_factory=dict)


_SCRIPT: TypeAdapter[list[Fault]] = TypeAdapter(list[Fault])
_ERRANDS: TypeAdapter[list[Errand]] = TypeAdapter(list[Errand])


def back_office(shop: Shop, faults: Faults) -> APIRouter:
    router = APIRouter(prefix="/sandbox", include_in_schema=False)
    _script_door(router, faults)
    _windows(router, shop)

    @router.post("/owner")
    async def act(errands: Annotated[Any, Body()]) -> Response:
        """One errand, or a list done in order; the result of each is what the method gives back."""
        alone = isinstance(errands, dict)
        try:
            results = [_do(shop, errand) for errand in _ERRANDS.validate_python([errands] if alone else errands)]
        except Problem as problem:
            return _refused(f"{problem.code}: {', '.join(flaw.pointer for flaw in problem.flaws)}")
        except (TypeError, ValueError, KeyError) as error:
            return _refused(f"{type(error).__name__}: {error}")
        return answer({"result": results[0]} if alone else {"results": results})

    return router


def _script_door(router: APIRouter, faults: Faults) -> None:
    @router.post("/faults")
    async def add_faults(script: Annotated[Any, Body()]) -> Response:
        """A list of faults, or `{"faults": [...]}`."""
        try:
            faults.add(_SCRIPT.validate_python(script.get("faults") if isinstance(script, dict) else script))
        except ValueError as error:
            return _refused(str(error))
        return answer({"faults": faults.listed()})

    @router.get("/faults")
    async def list_faults() -> Response:
        return answer({"faults": faults.listed()})

    @router.delete("/faults")
    async def clear_faults() -> Response:
        faults.clear()
        return Response(status_code=204)


def _windows(router: APIRouter, shop: Shop) -> None:
    @router.get("/state")
    async def read_state() -> Response:
        return answer(state_of(shop))

    @router.get("/journal")
    async def read_journal(since: Annotated[int, Query(ge=0)] = 0) -> Response:
        return answer({"entries": shop.journal.since(since), "last": shop.journal.last})

    @router.delete("/journal")
    async def clear_journal() -> Response:
        shop.journal.clear()
        return Response(status_code=204)


def _refused(reason: str) -> Response:
    return answer({"errors": [reason]}, UNPROCESSABLE)


def _do(shop: Shop, errand: Errand) -> Any:
    return getattr(shop, errand.action)(**errand.arguments)
