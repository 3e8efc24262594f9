"""Scripted misbehaviour: what goes wrong, where, and how many times."""

from threading import Lock
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from pomost.sandbox.http.texts import PROBLEMS

FaultKind = Literal[
    "status", "slow", "cut", "lost_before", "lost_after", "half_batch", "duplicate_page", "missing_page",
    "expired_cursor", "html", "truncated_json", "wrong_types", "refuse_item", "unknown_fields", "store_nothing",
    "previous_answer", "slow_upload", "corrupt_file", "rounding", "decimal_comma",
]  # fmt: skip

_LISTS = frozenset(
    {
        "regions", "unit-types", "products", "offers", "branches", "stocks", "customers", "segments", "orders",
        "order-statuses", "postal-codes", "groups", "prices", "discounts", "bundles", "payment-forms",
        "delivery-types", "payment-statuses", "availability-statuses", "order-sources", "sync-cursors",
    }
)  # fmt: skip
_WRITES = frozenset({"store_nothing", "refuse_item", "rounding"})
# A refusal or a delay does not replace the answer, so it may come together with a fault that does.
_DELAYS = frozenset({"slow", "slow_upload"})
_BESIDE = _DELAYS | {"refuse_item"}


class Fault(BaseModel):
    """One scripted fault; `times` null means for ever, `after` lets that many matching requests pass first.

    `over`: a delay only for batches of more items than that. `whole`: the previous answer brings its own request
    id, as over a connection that is one answer late. `step`: what prices are rounded to before they are kept.
    """

    model_config = ConfigDict(extra="forbid")

    kind: FaultKind
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] | None = None
    path_prefix: str = "/v1"
    times: Annotated[int, Field(ge=1)] | None = 1
    after: Annotated[int, Field(ge=0)] = 0
    status: Annotated[int, Field(ge=400, le=599)] = 503
    code: str | None = None
    retry_after: int | None = None
    seconds: Annotated[float, Field(ge=0, le=120)] = 1.0
    fraction: Annotated[float, Field(ge=0, lt=1)] = 0.5
    drop: bool = False
    product_id: str | None = None
    erp_id: str | None = None
    sha256: str | None = None
    fields: list[str] | None = None
    over: Annotated[int, Field(ge=0)] = 0
    whole: bool = False
    step: Annotated[str, Field(pattern=r"^[0-9]{1,12}(\.[0-9]{1,2})?$")] = "0.10"

    _used: int = PrivateAttr(default=0)
    _passed: int = PrivateAttr(default=0)

    @property
    def item(self) -> str | None:
        """The item a refusal is about, by the key its shop knows it under."""
        return self.product_id or self.erp_id

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
        match self.kind:
            case "duplicate_page" | "missing_page":
                return method == "GET" and path.rstrip("/").rsplit("/", 1)[1] in _LISTS
            case "expired_cursor":
                return with_cursor
            case "half_batch":
                return path.endswith(":batch")
            case "slow_upload" | "corrupt_file":
                return method == "PUT" and (self.sha256 is None or path.endswith(self.sha256))
        if self.over:
            return path.endswith(":batch")
        return method != "GET" or self.kind not in _WRITES

    def describe(self) -> dict[str, Any]:
        return {**self.model_dump(exclude_defaults=True), "used": self._used}


class Faults:
    """The script: requests take from it in the order it was written."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._script: list[Fault] = []

    def add(self, faults: list[Fault]) -> None:
        _check(faults)
        with self._lock:
            self._script.extend(faults)

    def clear(self) -> None:
        with self._lock:
            self._script.clear()

    def replace(self, faults: list[Fault]) -> None:
        """A new script in place of the old one; a faulty one leaves the old script standing."""
        _check(faults)
        with self._lock:
            self._script = list(faults)

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


def _check(faults: list[Fault]) -> None:
    for fault in faults:
        if fault.code is not None and fault.code not in PROBLEMS:
            raise ValueError(f"no problem is called {fault.code}")
        if fault.kind == "refuse_item" and fault.item is None:
            raise ValueError("refuse_item needs product_id or erp_id")
