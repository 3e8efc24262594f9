"""The wire of M/store: paging, conditional reading, batches, and problems turned into faults."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pydantic
import structlog

from pomost.connectors.shop.mstore.rows import Account
from pomost.model.text import Text
from pomost.ports.fault import Fault, Refused, Unavailable
from pomost.transport.http import TOO_SLOW, Answer, HttpClient, HttpFailure

_log = structlog.get_logger("pomost.mstore")
_AGAIN = Text("Spróbuj ponownie za kilka minut.", "Try again in a few minutes.")
_OK = 300
_MOST = 500  # rows of a page and items of a batch, whatever a shop allows (contract, section 0)
_SPLITTABLE = 10  # a shop too slow for fewer items than this is not there


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
        self._page = 0
        self._before: frozenset[str] = frozenset()
        self.largest = _MOST
        """Items the shop is known to be quick enough for at once; learnt from batches it was too slow for."""

    def account(self) -> Account:
        """The account; from then on lists are asked for in pages as large as it allows."""
        account: Account = self._one(Account, self._get("/v1/account"))
        self._page = min(_MOST, account.limits.max_page)
        return account

    def rows(self, path: str, model: type[pydantic.BaseModel], params: Sequence[tuple[str, str]] = ()) -> Iterator[Any]:
        """A list row by row; one nobody can read is a fault, for settings must not show half a list."""
        return (self._one(model, row) for page in self.pages(path, params) for row in page)

    def row_or_none(self, path: str, model: type[pydantic.BaseModel]) -> Any:
        """One resource, or None where the shop has none."""
        raw = self.raw_or_none(path)
        return None if raw is None else self._one(model, raw)

    def raw_or_none(self, path: str) -> dict[str, Any] | None:
        """One resource as the shop wrote it, or None where it has none."""
        answer = self._client_get(path, ())
        return None if answer.status in {404, 410} else self._body(answer)

    def pages(self, path: str, params: Sequence[tuple[str, str]] = (), limit: int = 0) -> Iterator[list[Any]]:
        """Raw rows page by page until the shop says there are no more. An expired cursor starts the list again.

        A page has `limit` rows, or as many as the account allows.

        A page may come twice; a shop that gives the same page over and over would never let the list end.
        """
        cursor: str | None = ""
        restarts = repeats = 0
        last: list[Any] = []
        size = min(limit, self._page) if limit and self._page else limit or self._page
        fixed = [*params, *([("limit", str(size))] if size else [])]
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
        """POST a batch; one result per item.

        A batch refused as a whole is halved until the bad item stands alone, one the shop is too slow for until it is
        not. Halves are new requests: what the shop may still be doing of the whole is done again, which is no harm.
        """
        key = str(uuid.uuid5(uuid.UUID(attempt), f"{path} {items[0]} {len(items)}"))
        answer = self._post(path, items, key)
        half = len(items) // 2
        if answer is None:
            self.largest = half
        if half and (answer is None or answer.status in {400, 413, 422}):
            return [*self.batch(path, items[:half], attempt), *self.batch(path, items[half:], attempt)]
        assert answer is not None
        if answer.status in {400, 404, 409, 413, 422} and len(items) == 1:
            problem = answer.body if isinstance(answer.body, dict) else {}
            return [_problem(answer.status, problem)]
        names, before = [_name_of(item) for item in items], self._before
        self._before = frozenset(names)
        return _results(self._body(answer).get("results"), names, before)

    def _post(self, path: str, items: Sequence[Mapping[str, Any]], key: str) -> Answer | None:
        """The answer, or None where the shop was too slow and the batch is large enough to be sent in halves."""
        splittable = len(items) >= _SPLITTABLE
        try:
            answer = self._client.post(path, {"items": list(items)}, key=key, splittable=splittable)
        except HttpFailure as failure:
            if splittable and failure.kind == "timeout":
                return None
            raise _unreachable(failure) from failure
        return None if splittable and answer.status in TOO_SLOW else _usable(answer)

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
        return _usable(answer)

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


def _usable(answer: Answer) -> Answer:
    fault = _fault_of(answer)
    if fault is not None:
        raise fault
    return answer


def _name_of(item: Mapping[str, Any]) -> str:
    """What a result calls its item: the item's keys (contract, sections 0 and 17)."""
    return "/".join(str(item[name]) for name in ("branch_id", "product_id") if name in item)


def _results(results: Any, names: Sequence[str], before: frozenset[str]) -> list[ItemResult]:
    """Results by index. An answer that speaks of other items, or of more, is another request's: all stays in doubt.

    Ids are opaque, so one is held against the answer only when it names another item of this batch or of the one
    `before`; an item told of twice, each time differently, is in doubt too. A stock may go by its product's id alone.
    """
    silent = ItemResult(0)
    found = [silent] * len(names)
    told: set[int] = set()
    others = before | set(names)
    for row in results if isinstance(results, list) else ():
        index = row.get("index") if isinstance(row, dict) else None
        if not isinstance(index, int) or not isinstance(row.get("status"), int):
            _log.warning("batch result not understood", row=str(row)[:200])
            continue
        own = {names[index], names[index].rpartition("/")[2]} if 0 <= index < len(names) else set()
        if not own or (row.get("id") in others and row.get("id") not in own):
            _log.warning("batch answered with other items", row=str(row)[:200], items=len(names))
            return [silent] * len(names)
        result = _problem(row["status"], row.get("problem") or {}, str(row.get("version") or ""))
        found[index] = result if index not in told or found[index] == result else silent
        told.add(index)
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
        case status if status in {408, 425, 429} or status >= 500 or _under_way(answer):  # noqa: PLR2004
            text = Text(
                "M/store chwilowo nie przyjmuje zapytań ({status}).", "M/store takes no requests now ({status})."
            )
            return Unavailable(text.fill(status=answer.status), _AGAIN)
        case _:
            return None


def _under_way(answer: Answer) -> bool:
    """The shop is still at work on the very same request, sent before: whether it will take effect nobody knows."""
    return isinstance(answer.body, dict) and answer.body.get("code") == "idempotency-in-progress"


def _unexpected(status: int, problem: Mapping[str, Any]) -> Fault:
    code = problem.get("code") or status
    text = Text("M/store odpowiedział błędem {code}: {detail}", "M/store answered with error {code}: {detail}")
    advice = Text("Sprawdź adres API w zakładce Połączenie.", "Check the API's address under Connection.")
    return Refused(text.fill(code=code, detail=problem.get("detail") or problem.get("title") or ""), advice)


def _unreachable(failure: HttpFailure) -> Unavailable:
    if failure.kind == "late":
        return garbled("X-Request-Id")
    if failure.kind == "garbled":
        return garbled("HTML" if "<" in failure.detail else "JSON")
    text = Text("M/store nie odpowiada ({kind}): {detail}", "M/store does not answer ({kind}): {detail}")
    advice = Text("Sprawdź adres i połączenie z internetem.", "Check the address and the internet connection.")
    return Unavailable(text.fill(kind=failure.kind, detail=failure.detail[:200]), advice)
