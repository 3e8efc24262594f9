"""Scripted misbehaviour: what goes wrong, where, and how many times."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from threading import Lock
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from pomost.sandbox.http.texts import PROBLEMS

FaultKind = Literal[
    "status", "slow", "cut", "lost_before", "lost_after", "half_batch", "duplicate_page", "missing_page",
    "expired_cursor", "html", "truncated_json", "wrong_types", "refuse_item", "unknown_fields", "store_nothing",
    "previous_answer", "slow_upload", "corrupt_file", "rounding", "decimal_comma", "short_amounts", "other_times",
    "empty", "hold", "job", "unordered_results", "no_price_ends_area",
]  # fmt: skip

_LISTS = frozenset(
    {
        "regions", "unit-types", "products", "offers", "branches", "stocks", "customers", "segments", "orders",
        "order-statuses", "postal-codes", "groups", "prices", "discounts", "bundles", "payment-forms",
        "delivery-types", "payment-statuses", "availability-statuses", "order-sources", "sync-cursors",
    }
)  # fmt: skip
_OF_LISTS = frozenset({"duplicate_page", "missing_page"})
_OF_FILES = frozenset({"slow_upload", "corrupt_file"})
# How the address of a request ends for a fault to strike it.
_ENDS = {
    "half_batch": ":batch",
    "job": ":batch",
    "unordered_results": ":batch",
    "no_price_ends_area": "/products:batch",
}
_WRITES = frozenset({"store_nothing", "refuse_item", "rounding"})
# A refusal or a delay does not replace the answer, so it may come together with a fault that does.
_DELAYS = frozenset({"slow", "slow_upload", "hold"})
_BESIDE = _DELAYS | {"refuse_item"}
# What an item can be named by, in either shop.
_KEYS = ("product_id", "customer_id", "order_id", "external_id", "external_key", "erp_id")


class Fault(BaseModel):
    """One scripted fault; `times` null means for ever, `after` lets that many matching requests pass first.

    `over`: a delay only for batches of more items than that. `whole`: the previous answer brings its own request
    id, as over a connection that is one answer late. `step`: what prices are rounded to before they are kept.

    `hold` keeps a request waiting until the script is cleared or replaced (at most `seconds`, two minutes if not
    told), so that a test need not race a clock. `job` answers a batch with 202: its job runs for `polls` questions,
    each answered with `retry_after` if that is told, and does its work only then; `at_once` has it done already.
    `as_date` tells `Retry-After` as an HTTP date. `empty` is a 200 without a body after the work was done.
    `unordered_results` gives a batch's results back to front: their `index` counts, not their place. `short_amounts`
    leaves out zeros behind the point, `other_times` does so in times and writes `+00:00` for `Z`: other spellings of
    the same answer. `refuse_item` names what is refused by one of its keys, and `pointer` the field that is blamed.
    `no_price_ends_area` refuses a published product without a price and everything of the products area behind it,
    until the session ends.
    """

    model_config = ConfigDict(extra="forbid")

    kind: FaultKind
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] | None = None
    path_prefix: str = "/v1"
    times: Annotated[int, Field(ge=1)] | None = 1
    after: Annotated[int, Field(ge=0)] = 0
    status: Annotated[int, Field(ge=400, le=599)] = 503
    code: str | None = None
    retry_after: Annotated[int, Field(ge=0)] | None = None
    as_date: bool = False
    polls: Annotated[int, Field(ge=0)] = 1
    at_once: bool = False
    seconds: Annotated[float, Field(ge=0, le=120)] | None = None
    fraction: Annotated[float, Field(ge=0, lt=1)] = 0.5
    drop: bool = False
    product_id: str | None = None
    customer_id: str | None = None
    order_id: str | None = None
    external_id: str | None = None
    external_key: str | None = None
    erp_id: str | None = None
    pointer: str | None = None
    sha256: str | None = None
    fields: list[str] | None = None
    over: Annotated[int, Field(ge=0)] = 0
    whole: bool = False
    step: Annotated[str, Field(pattern=r"^[0-9]{1,12}(\.[0-9]{1,2})?$")] = "0.10"

    _used: int = PrivateAttr(default=0)
    _passed: int = PrivateAttr(default=0)
    _over: asyncio.Event = PrivateAttr(default_factory=asyncio.Event)

    @property
    def item(self) -> str | None:
        """The item a refusal is about, by the key its shop knows it under."""
        return next((found for name in _KEYS if (found := getattr(self, name)) is not None), None)

    async def wait(self) -> None:
        """As long as a delay lasts."""
        if self.kind != "hold":
            await asyncio.sleep(1.0 if self.seconds is None else self.seconds)
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._over.wait(), 120.0 if self.seconds is None else self.seconds)

    def release(self) -> None:
        """Let go whoever is held; called where the shop's own loop runs."""
        self._over.set()

    @property
    def spent(self) -> bool:
        return self.times is not None and self._used >= self.times

    def take(self) -> bool:
        """Use the fault once, unless it is used up or still lets requests pass."""
        if self.spent:
            return False
        if self._passed < self.after:
            self._passed += 1
            return False
        self._used += 1
        return True

    def concerns(self, method: str, path: str, *, with_cursor: bool) -> bool:
        if self.spent or (self.method is not None and self.method != method) or not path.startswith(self.path_prefix):
            return False
        return self._fits(method, path, with_cursor=with_cursor)

    def _fits(self, method: str, path: str, *, with_cursor: bool) -> bool:
        if self.kind == "expired_cursor":
            return with_cursor
        if self.kind in _OF_LISTS:
            return method == "GET" and path.rstrip("/").rsplit("/", 1)[1] in _LISTS
        if self.kind in _OF_FILES:
            return method == "PUT" and (self.sha256 is None or path.endswith(self.sha256))
        if self.over or self.kind in _ENDS:
            return path.endswith(_ENDS.get(self.kind, ":batch")) or (self.kind == "unordered_results" and _is_job(path))
        return method != "GET" or self.kind not in _WRITES

    def describe(self) -> dict[str, Any]:
        return {**self.model_dump(exclude_defaults=True), "used": self._used}


def _is_job(path: str) -> bool:
    return path.startswith("/v1/jobs/")


class Faults:
    """The script: requests take from it in the order it was written. `foreign` kinds are none of this shop's."""

    def __init__(self, foreign: Iterable[FaultKind] = ()) -> None:
        self._lock = Lock()
        self._foreign = frozenset(foreign)
        self._script: list[Fault] = []

    def add(self, faults: list[Fault]) -> None:
        self._check(faults)
        with self._lock:
            self._script.extend(faults)

    def clear(self) -> None:
        self.replace([])

    def replace(self, faults: list[Fault]) -> None:
        """A new script in place of the old one; a faulty one leaves the old script standing."""
        self._check(faults)
        with self._lock:
            old, self._script = self._script, list(faults)
        for fault in old:
            fault.release()

    def listed(self) -> list[dict[str, Any]]:
        with self._lock:
            return [fault.describe() for fault in self._script]

    def strike(self, method: str, path: str, *, with_cursor: bool) -> tuple[Fault | None, Fault | None, list[Fault]]:
        """For one request: the fault that shapes its answer, its delay, and the products refused in it."""
        with self._lock:
            near = [fault for fault in self._script if fault.concerns(method, path, with_cursor=with_cursor)]
            shaping = next((fault for fault in near if fault.kind not in _BESIDE and fault.take()), None)
            delay = next((fault for fault in near if fault.kind in _DELAYS and fault.take()), None)
        return shaping, delay, [fault for fault in near if fault.kind == "refuse_item"]

    def _check(self, faults: list[Fault]) -> None:
        for fault in faults:
            if fault.kind in self._foreign:
                raise ValueError(f"this shop plays no {fault.kind}")
            if fault.code is not None and fault.code not in PROBLEMS:
                raise ValueError(f"no problem is called {fault.code}")
            if fault.kind == "refuse_item" and fault.item is None:
                raise ValueError(f"refuse_item needs one of {', '.join(_KEYS)}")
