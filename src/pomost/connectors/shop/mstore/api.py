"""The wire of M/store: paging, conditional reading, batches, and problems turned into faults."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pydantic
import structlog

from pomost.model.text import Text
from pomost.ports.fault import Fault, Refused, Unavailable
from pomost.transport.http import Answer, HttpClient, HttpFailure

_log = structlog.get_logger("pomost.mstore")
_AGAIN = Text("Spróbuj ponownie za kilka minut.", "Try again in a few minutes.")
_OK = 300


class _Open(pydantic.BaseModel):
    """Fields we do not know are left alone: the contract adds fields inside a version."""

    model_config = pydantic.ConfigDict(extra="ignore")


class Limits(_Open):
    max_page: int = pydantic.Field(default=100, ge=1)
    max_batch: int = pydantic.Field(default=100, ge=1)


class Account(_Open):
    distributor_id: str
    name: str
    multi_branch: bool = False
    scopes: list[str] = []
    capabilities: list[str] = []
    limits: Limits = Limits()
    server_time: pydantic.AwareDatetime


class Named(_Open):
    """A region, an order status: id or code, and a name."""

    id: str = ""
    code: str = ""
    name: str


class UnitTypeRow(_Open):
    symbol: str
    name: str
    default: bool = False


class AddressRow(_Open):
    street: str | None = None
    house_number: str | None = None
    flat_number: str | None = None
    postal_code: str | None = None
    city: str | None = None
    country: str | None = None


class ContactRow(_Open):
    person: str | None = None
    email: str | None = None
    phone: str | None = None


class BranchRow(_Open):
    id: str
    external_id: str
    name: str
    region_id: str | None = None
    address: AddressRow | None = None
    contact: ContactRow | None = None
    active: bool = True
    version: str = ""


class CustomerRow(_Open):
    id: str
    nip: str | None = None
    name: str | None = None
    street: str | None = None
    house_number: str | None = None
    flat_number: str | None = None
    postal_code: str | None = None
    city: str | None = None
    deleted_at: str | None = None


class AssignmentRow(_Open):
    erp_customer_ref: str
    version: str = ""


class SegmentRow(_Open):
    id: str
    external_key: str
    name: str
    parent_key: str | None = None
    level: int = 1
    source: str = ""
    version: str = ""


class SalesUnitRow(_Open):
    id: str = ""
    type: str
    multiplier: int = pydantic.Field(ge=1)


class ProductRow(_Open):
    id: str
    ean: str = ""
    name: str = ""
    sales_units: list[SalesUnitRow] = []
    deleted_at: str | None = None


class OfferRow(_Open):
    product_id: str
    distributor_sku: str = ""
    sales_unit: SalesUnitRow | None = None
    sales_unit_id: str | None = None
    price: str | None = None
    price_kind: str | None = None
    currency: str | None = None
    vat_rate: str = ""
    min_quantity: int | None = None
    status: str = "active"


class StockRow(_Open):
    branch_id: str
    product_id: str
    quantity: int
    visible: bool | None = None
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class ItemResult:
    """The answer for one item of a batch; status 0: the shop said nothing of it."""

    status: int
    version: str = ""
    code: str = ""
    detail: str = ""


class MstoreApi:
    """Calls of the M/store contract, sections 0-10."""

    def __init__(self, client: HttpClient) -> None:
        self._client = client

    def account(self) -> Account:
        account: Account = self._one(Account, self._get("/v1/account"))
        return account

    def rows(self, path: str, model: type[pydantic.BaseModel], params: Mapping[str, str] | None = None) -> list[Any]:
        """A whole short list; a row nobody can read is a fault, for settings must not show half a list."""
        return [self._one(model, row) for page in self.pages(path, params or {}) for row in page]

    def row_or_none(self, path: str, model: type[pydantic.BaseModel]) -> Any:
        """One resource, or None where the shop has none."""
        raw = self.raw_or_none(path)
        return None if raw is None else self._one(model, raw)

    def raw_or_none(self, path: str) -> dict[str, Any] | None:
        """One resource as the shop wrote it, or None where it has none."""
        answer = self._client_get(path, ())
        return None if answer.status in {404, 410} else self._body(answer)

    def pages(self, path: str, params: Mapping[str, str], limit: int | None = None) -> Iterator[list[Any]]:
        """Raw rows page by page until the shop says there are no more. An expired cursor starts the list again.

        A page may come twice; a shop that gives the same page over and over would never let the list end.
        """
        cursor: str | None = ""
        restarts = repeats = 0
        last: list[Any] = []
        fixed = [*params.items(), *([("limit", str(limit))] if limit else [])]
        while cursor is not None:
            asked = [*fixed, ("cursor", cursor)] if cursor else fixed
            answer = self._client_get(path, asked)
            if answer.status == 410 and restarts < 3:  # noqa: PLR2004  (410 Gone: cursor-expired)
                cursor, restarts = "", restarts + 1
                continue
            body = self._body(answer)
            data, page = body.get("data"), body.get("page") or {}
            if not isinstance(data, list) or not isinstance(page, dict):
                raise garbled("page")
            repeats = repeats + 1 if data and data == last else 0
            if repeats > 2:  # noqa: PLR2004  (twice happens, four times is a circle)
                raise garbled("page")
            last = data
            yield data
            following = page.get("next_cursor") if page.get("has_more", bool(page.get("next_cursor"))) else None
            if following is not None and (following == cursor or not isinstance(following, str)):
                raise garbled("cursor")
            cursor = following

    def batch(self, path: str, items: Sequence[Mapping[str, Any]], attempt: str) -> list[ItemResult]:
        """POST a batch; one result per item. A batch refused as a whole is halved until the bad item stands alone."""
        key = str(uuid.uuid5(uuid.UUID(attempt), f"{path} {items[0]} {len(items)}"))
        answer = self._call(lambda: self._client.post(path, {"items": list(items)}, key=key))
        if answer.status in {400, 413, 422} and len(items) > 1:
            half = len(items) // 2
            return [*self.batch(path, items[:half], attempt), *self.batch(path, items[half:], attempt)]
        if answer.status in {400, 404, 409, 413, 422} and len(items) == 1:
            problem = answer.body if isinstance(answer.body, dict) else {}
            return [_problem(answer.status, problem)]
        return _results(self._body(answer).get("results"), len(items))

    def create(self, path: str, body: Mapping[str, Any], attempt: str) -> ItemResult:
        """POST one resource; the same attempt again gets the first answer again."""
        key = str(uuid.uuid5(uuid.UUID(attempt), f"{path} {body}"))
        return _result(self._call(lambda: self._client.post(path, body, key=key)))

    def put(self, path: str, body: Mapping[str, Any], version: str | None) -> ItemResult:
        """PUT one resource over the version last seen, or as a new one where there is none."""
        return _result(self._call(lambda: self._client.put(path, body, _over(version))))

    def patch(self, path: str, body: Mapping[str, Any], version: str) -> ItemResult:
        return _result(self._call(lambda: self._client.patch(path, body, _over(version))))

    def delete(self, path: str, version: str) -> ItemResult:
        return _result(self._call(lambda: self._client.delete(path, _over(version))))

    def _get(self, path: str) -> Any:
        return self._body(self._client_get(path, ()))

    def _client_get(self, path: str, params: Sequence[tuple[str, str]]) -> Answer:
        return self._call(lambda: self._client.get(path, params))

    def _call(self, ask: Any) -> Answer:
        try:
            answer: Answer = ask()
        except HttpFailure as failure:
            raise _unreachable(failure) from failure
        fault = _fault_of(answer)
        if fault is not None:
            raise fault
        return answer

    @staticmethod
    def _body(answer: Answer) -> dict[str, Any]:
        if answer.status >= _OK:
            problem = answer.body if isinstance(answer.body, dict) else {}
            raise _unexpected(answer.status, problem)
        if not isinstance(answer.body, dict):
            raise garbled("body")
        return answer.body

    @staticmethod
    def _one(model: type[Any], row: Any) -> Any:
        try:
            return model.model_validate(row)
        except pydantic.ValidationError as error:
            first = error.errors()[0]
            raise garbled(f"{model.__name__}.{'.'.join(str(part) for part in first['loc'])}") from error


def _over(version: str | None) -> dict[str, str]:
    """The condition of a write (contract, section 0): the ETag is the version, quoted; blank versions match any."""
    if version is None:
        return {"If-None-Match": "*"}
    return {"If-Match": f'"{version}"' if version else "*"}


def _result(answer: Answer) -> ItemResult:
    body = answer.body if isinstance(answer.body, dict) else {}
    if answer.status < _OK:
        return ItemResult(answer.status, str(body.get("version") or ""))
    return _problem(answer.status, body)


def garbled(where: str) -> Unavailable:
    return Unavailable(
        Text("M/store odpowiada niezrozumiale ({where}).", "M/store's answer cannot be read ({where}).").fill(
            where=where
        ),
        Text(
            "Spróbuj ponownie; jeśli się powtarza, zgłoś to M/store (kontakt@mstore.com.pl).",
            "Try again; if it recurs, report it to M/store (kontakt@mstore.com.pl).",
        ),
    )


def _results(results: Any, count: int) -> list[ItemResult]:
    found = [ItemResult(0)] * count
    if not isinstance(results, list):
        return found
    for row in results:
        index = row.get("index") if isinstance(row, dict) else None
        if not isinstance(index, int) or not 0 <= index < count or not isinstance(row.get("status"), int):
            _log.warning("batch result not understood", row=str(row)[:200])
            continue
        found[index] = _problem(row["status"], row.get("problem") or {}, str(row.get("version") or ""))
    return found


def _problem(status: int, problem: Any, version: str = "") -> ItemResult:
    if not isinstance(problem, dict):
        return ItemResult(status, version)
    details = [str(problem.get("detail") or problem.get("title") or "")]
    errors = problem.get("errors")
    flaws = [error for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []
    details += [f"{flaw.get('pointer', '')} {flaw.get('detail') or flaw.get('code') or ''}".strip() for flaw in flaws]
    return ItemResult(status, version, str(problem.get("code") or status), "; ".join(one for one in details if one))


def _fault_of(answer: Answer) -> Fault | None:
    match answer.status:
        case 401:
            return Refused(
                Text("M/store odrzucił klucz API.", "M/store refused the API key."),
                Text(
                    "Wklej aktualny klucz w zakładce Połączenie; nowy wyda kontakt@mstore.com.pl.",
                    "Paste the current key under Connection; kontakt@mstore.com.pl issues new ones.",
                ),
            )
        case 403:
            return Refused(
                Text("Klucz API nie ma prawa do tej operacji.", "The API key has no right to do this."),
                Text("Poproś M/store o klucz z pełnymi prawami.", "Ask M/store for a key with full rights."),
            )
        case 301 | 302 | 307 | 308:
            return Refused(
                Text(
                    "Adres M/store przekierowuje dalej; klucza nie wysłano.", "The address redirects; no key was sent."
                ),
                Text("Wpisz właściwy adres w zakładce Połączenie.", "Enter the right address under Connection."),
            )
        case status if status in {408, 425, 429} or status >= 500:  # noqa: PLR2004
            text = Text(
                "M/store chwilowo nie przyjmuje zapytań ({status}).", "M/store takes no requests now ({status})."
            )
            return Unavailable(text.fill(status=answer.status), _AGAIN)
        case _:
            return None


def _unexpected(status: int, problem: Mapping[str, Any]) -> Fault:
    code = problem.get("code") or status
    text = Text("M/store odpowiedział błędem {code}: {detail}", "M/store answered with error {code}: {detail}")
    advice = Text("Sprawdź adres API w zakładce Połączenie.", "Check the API's address under Connection.")
    return Refused(text.fill(code=code, detail=problem.get("detail") or problem.get("title") or ""), advice)


def _unreachable(failure: HttpFailure) -> Unavailable:
    if failure.kind == "garbled":
        return garbled("HTML" if "<" in failure.detail else "JSON")
    text = Text("M/store nie odpowiada ({kind}): {detail}", "M/store does not answer ({kind}): {detail}")
    advice = Text("Sprawdź adres i połączenie z internetem.", "Check the address and the internet connection.")
    return Unavailable(text.fill(kind=failure.kind, detail=failure.detail[:200]), advice)
