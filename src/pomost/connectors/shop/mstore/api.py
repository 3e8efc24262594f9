"""The wire of M/store: paging, conditional reading, batches, and problems turned into faults."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pydantic

from pomost.connectors.shop.mstore.rows import Account
from pomost.model.text import Text
from pomost.ports.fault import Fault, Forbidden, Refused, Unavailable
from pomost.transport.batches import WHOLE_BATCH, Batches, Names, detail_of
from pomost.transport.http import Answer, HttpClient, HttpFailure
from pomost.transport.paging import Paging

_KEYS = ("product_id", "customer_id", "order_id")
_AGAIN = Text("Spróbuj ponownie za kilka minut.", "Try again in a few minutes.")
_OK, _ACCEPTED = 300, 202
_FORBIDDEN = 403
_OF_EACH = frozenset({_FORBIDDEN, 428})  # what refuses a batch as a whole, and would refuse each half of it too
_MOST = 500  # rows of a page and items of a batch, whatever a shop allows (contract, section 0)


@dataclass(frozen=True, slots=True)
class ItemResult:
    """The answer for one item of a batch, or one resource; status 0: the shop said nothing of it.

    `row`: the resource as it stands now, where the shop told it.
    """

    status: int
    version: str = ""
    code: str = ""
    detail: str = ""
    row: Mapping[str, Any] = field(default_factory=dict)


class MstoreApi:
    """Calls of the M/store contract, sections 0-10."""

    def __init__(self, client: HttpClient) -> None:
        self._client = client
        self._page = 0
        self._batches = Batches(client, _MOST)

    @property
    def largest(self) -> int:
        """Items the shop is known to be quick enough for at once."""
        return self._batches.largest

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

    def pages(self, path: str, params: Sequence[tuple[str, str]] = ()) -> Iterator[list[Any]]:
        """Raw rows page by page until the shop says there are no more. An expired cursor starts the list again.

        A page has as many rows as the account allows.
        """
        paging = Paging(garbled)
        restarts = 0
        fixed = [*params, *([("limit", str(self._page))] if self._page else [])]
        while paging.cursor is not None:
            answer = self._client_get(path, [*fixed, ("cursor", paging.cursor)] if paging.cursor else fixed)
            if answer.status == 410 and restarts < 3:  # noqa: PLR2004  (410 Gone: cursor-expired)
                paging.start_again()
                restarts += 1
                continue
            yield paging.take(self._body(answer))

    def batch(self, path: str, items: Sequence[Mapping[str, Any]], attempt: str) -> list[ItemResult]:
        """POST a batch; one result per item."""
        results: list[ItemResult] = []
        try:
            for part, answer in self._batches.post(path, items, attempt):
                results += self._results(part, _writable(answer))
        except HttpFailure as failure:
            raise _unreachable(failure) from failure
        return results

    def _results(self, items: Sequence[Mapping[str, Any]], answer: Answer) -> list[ItemResult]:
        if answer.status in _OF_EACH or (answer.status in {*WHOLE_BATCH, 404, 409} and len(items) == 1):
            problem = answer.body if isinstance(answer.body, dict) else {}
            return [_problem(answer.status, problem)] * len(items)
        rows = self._body(answer).get("results")
        told = self._batches.told(rows, [_names_of(item) for item in items], "id", _told)
        return [one or ItemResult(0) for one in told]

    def create(self, path: str, body: Mapping[str, Any], attempt: str, version: str | None = None) -> ItemResult:
        """POST one resource, over a version where one is given; the same attempt again gets the first answer again."""
        key = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{attempt} {path} {body}"))
        headers = _over(version) if version else None
        return self._written(lambda: self._client.post(path, body, key=key, headers=headers))

    def put(self, path: str, body: Mapping[str, Any], version: str | None) -> ItemResult:
        """PUT one resource over the version last seen, or as a new one where there is none."""
        return self._written(lambda: self._client.put(path, body, _over(version)))

    def patch(self, path: str, body: Mapping[str, Any], version: str) -> ItemResult:
        return self._written(lambda: self._client.patch(path, body, _over(version)))

    def delete(self, path: str, version: str) -> ItemResult:
        return self._written(lambda: self._client.delete(path, _over(version)))

    def _get(self, path: str) -> Any:
        return self._body(self._client_get(path, ()))

    def _client_get(self, path: str, params: Sequence[tuple[str, str]]) -> Answer:
        return self._call(lambda: self._client.get(path, params))

    def _call(self, ask: Callable[[], Answer]) -> Answer:
        return _usable(_heard(ask))

    @staticmethod
    def _written(write: Callable[[], Answer]) -> ItemResult:
        """What became of one resource. That the key may not write it is an answer like any other."""
        answer = _writable(_heard(write))
        body = answer.body if isinstance(answer.body, dict) else {}
        if answer.status == _ACCEPTED:  # of one resource nobody can be asked later what became of it
            return ItemResult(0)
        if answer.status < _OK:
            return ItemResult(answer.status, str(body.get("version") or ""), row=body)
        return _problem(answer.status, body)

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


def _heard(ask: Callable[[], Answer]) -> Answer:
    try:
        return ask()
    except HttpFailure as failure:
        raise _unreachable(failure) from failure


def _usable(answer: Answer) -> Answer:
    fault = _fault_of(answer)
    if fault is not None:
        raise fault
    return answer


def _writable(answer: Answer) -> Answer:
    return answer if answer.status == _FORBIDDEN else _usable(answer)


def _names_of(item: Mapping[str, Any]) -> Names:
    """What a result calls its item: the item's keys (contract, sections 0 and 17). A stock may go by its product's."""
    product = [str(item["product_id"])] if "branch_id" in item and "product_id" in item else []
    return name_of(item), *product


def name_of(item: Mapping[str, Any]) -> str:
    """The row an item of a batch is about, by the keys of the item (contract, section 17)."""
    if "branch_id" in item and "product_id" in item:
        return f"{item['branch_id']}/{item['product_id']}"
    return str(next((item[name] for name in _KEYS if name in item), ""))


def _told(row: Mapping[str, Any]) -> ItemResult:
    return _problem(row["status"], row.get("problem") or {}, str(row.get("version") or ""))


def _right_of(problem: Mapping[str, Any]) -> str:
    """What a 403 speaks of: what the service says, and the place that was asked for."""
    said = (detail_of(problem) or str(problem.get("code") or _FORBIDDEN), str(problem.get("instance") or ""))
    return " ".join(one for one in said if one)


def _problem(status: int, problem: Any, version: str = "") -> ItemResult:
    if not isinstance(problem, dict):
        return ItemResult(status, version)
    if status == _FORBIDDEN:
        return ItemResult(status, version, str(problem.get("code") or status), _right_of(problem))
    return ItemResult(status, version, str(problem.get("code") or status), detail_of(problem))


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
            problem = answer.body if isinstance(answer.body, dict) else {}
            text = Text(
                "Klucz API nie ma prawa do tej operacji ({detail}).", "The API key has no right to do this ({detail})."
            )
            return Forbidden(
                text.fill(detail=_right_of(problem)),
                Text("Poproś M/store o klucz z pełnymi prawami.", "Ask M/store for a key with full rights."),
                _right_of(problem),
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
    if failure.kind == "unfinished":
        return Unavailable(
            Text(
                "M/store przyjął wysłane pozycje i wciąż nad nimi pracuje ({detail}); ich wynik nie jest znany.",
                "M/store took what was sent and is still at work on it ({detail}); what came of it is not known.",
            ).fill(detail=failure.detail[:200]),
            Text(
                "Następna synchronizacja wyśle je jeszcze raz. Jeśli się to powtarza, zgłoś to M/store.",
                "The next run sends it again. If it recurs, report it to M/store.",
            ),
        )
    text = Text("M/store nie odpowiada ({kind}): {detail}", "M/store does not answer ({kind}): {detail}")
    advice = Text("Sprawdź adres i połączenie z internetem.", "Check the address and the internet connection.")
    return Unavailable(text.fill(kind=failure.kind, detail=failure.detail[:200]), advice)
