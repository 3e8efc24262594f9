"""The wire of the shop: reading, batches with a result for each item, bytes, and problems turned into faults."""

import base64
import hashlib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import pydantic
import structlog

from pomost.connectors.shop.esklep.rows import Holder
from pomost.model.text import Text
from pomost.ports.fault import Fault, Refused, Unavailable
from pomost.transport.batches import WHOLE_BATCH, Batches, detail_of
from pomost.transport.http import Answer, HttpClient, HttpFailure
from pomost.transport.paging import Paging

_log = structlog.get_logger("pomost.esklep")
_OK = 300
_PAGE = "500"  # rows of a list at once, as many as a shop may be asked for
_MOST = 1000  # items of a batch, whatever a shop allows
R = TypeVar("R", bound=pydantic.BaseModel)


@dataclass(frozen=True, slots=True)
class ItemResult:
    """The answer for one item; status 0: the shop said nothing of it."""

    status: int
    result: str = ""
    code: str = ""
    detail: str = ""

    @property
    def done(self) -> bool:
        return 0 < self.status < _OK


@dataclass(frozen=True, slots=True)
class Problem:
    """A call the shop refused as a whole (RFC 9457)."""

    status: int
    code: str
    detail: str
    body: Mapping[str, Any]

    @property
    def holder(self) -> Holder | None:
        """Who holds the shop, as far as it can be read: a heart must not stop at a name nobody understands."""
        try:
            return Holder.model_validate(self.body.get("holder"))
        except pydantic.ValidationError:
            return None


class EsklepApi:
    """Calls of the contract. `headers`: of the exchange under way, given with every write."""

    def __init__(self, client: HttpClient) -> None:
        self._client = client
        self.headers: dict[str, str] = {}
        self._batches = Batches(client, _MOST)

    @property
    def largest(self) -> int:
        """Items the shop is known to be quick enough for at once."""
        return self._batches.largest

    def one(self, path: str, model: type[R]) -> R:
        return read(model, self._body(self._call(lambda: self._client.get(path, ()))))

    def rows(self, path: str, model: type[R]) -> Iterator[R]:
        """A list row by row, page by page; one nobody can read is a fault, for half a list would mislead."""
        paging = Paging(garbled)
        while paging.cursor is not None:
            asked = [("limit", _PAGE), *([("cursor", paging.cursor)] if paging.cursor else [])]
            body = self._body(self._call(lambda asked=asked: self._client.get(path, asked)))
            yield from (read(model, row) for row in paging.take(body))

    def tell(self, path: str, body: Mapping[str, Any]) -> Mapping[str, Any] | Problem:
        """POST one wish: the answer, or the problem where the shop refuses it."""
        key = str(uuid.uuid4())
        answer = self._call(lambda: self._client.post(path, body, key=key, headers=self.headers))
        return self._problem(answer) if answer.status >= _OK else self._body(answer)

    def batch(self, path: str, items: Sequence[Mapping[str, Any]], attempt: str) -> list[ItemResult]:
        """POST items; one result for each. Raises Refused once another exchange took over."""
        results: list[ItemResult] = []
        try:
            for part, answer in self._batches.post(path, items, attempt, self.headers):
                results += self._results(part, _usable(answer))
        except HttpFailure as failure:
            raise _unreachable(failure) from failure
        return results

    def put_bytes(self, path: str, data: bytes, media_type: str) -> Problem | None:
        """PUT bytes with their digest (RFC 9530)."""
        digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
        headers = {
            **self.headers,
            "Content-Type": media_type or "application/octet-stream",
            "Content-Digest": f"sha-256=:{digest}:",
        }
        answer = self._call(lambda: self._client.put_bytes(path, data, headers))
        if answer.status < _OK:
            return None
        problem = self._problem(answer)
        self._watch(problem)
        return problem

    def _results(self, items: Sequence[Mapping[str, Any]], answer: Answer) -> list[ItemResult]:
        if answer.status >= _OK:
            problem = self._problem(answer)
            self._watch(problem)
            if answer.status in WHOLE_BATCH:
                return [ItemResult(answer.status, code=problem.code, detail=problem.detail)]
            raise unexpected(problem)
        rows = self._body(answer).get("results")
        told = self._batches.told(rows, [(_name_of(item),) for item in items], "erp_id", _result)
        return [one or ItemResult(0) for one in told]

    def _watch(self, problem: Problem) -> None:
        """Raise where the exchange is no longer ours: nothing that follows could be written."""
        if problem.code == "fence-lost":
            raise taken_over(problem.holder)
        if problem.code in {"session-closed", "session-required"}:
            raise Unavailable(
                Text("Sklep zamknął tę synchronizację.", "The shop closed this exchange."),
                Text("Uruchom synchronizację jeszcze raz.", "Run it again."),
            )

    def _call(self, ask: Any) -> Answer:
        try:
            answer: Answer = ask()
        except HttpFailure as failure:
            raise _unreachable(failure) from failure
        return _usable(answer)

    @staticmethod
    def _problem(answer: Answer) -> Problem:
        body = answer.body if isinstance(answer.body, dict) else {}
        return Problem(answer.status, str(body.get("code") or answer.status), detail_of(body), body)

    def _body(self, answer: Answer) -> Mapping[str, Any]:
        if answer.status >= _OK:
            raise unexpected(self._problem(answer))
        if not isinstance(answer.body, dict):
            raise garbled("body")
        return answer.body


def read(model: type[R], row: Any) -> R:
    """An answer as a value; Unavailable where it cannot be read."""
    try:
        return model.model_validate(row)
    except pydantic.ValidationError as error:
        first = error.errors()[0]
        raise garbled(f"{model.__name__}.{'.'.join(str(part) for part in first['loc'])}") from error


def garbled(where: str) -> Unavailable:
    text = Text("Sklep odpowiada niezrozumiale ({where}).", "The shop's answer cannot be read ({where}).")
    advice = Text(
        "Spróbuj ponownie; jeśli się powtarza, zgłoś to operatorowi sklepu.",
        "Try again; if it recurs, report it to the shop.",
    )
    return Unavailable(text.fill(where=where), advice)


def unexpected(problem: Problem) -> Fault:
    text = Text("Sklep odpowiedział błędem {code}: {detail}", "The shop answered with error {code}: {detail}")
    advice = Text("Sprawdź adres sklepu w zakładce Połączenie.", "Check the shop's address under Connection.")
    return Refused(text.fill(code=problem.code, detail=problem.detail), advice)


def taken_over(holder: Holder | None) -> Refused:
    """Another exchange has begun: everything this one might still write is refused."""
    who = Text("ktoś inny", "somebody else") if holder is None else Text(*[f"{holder.operator} ({holder.host})"] * 2)
    text = Text(
        f"Synchronizację ze sklepem przejął {who.pl}; ta została zatrzymana.",
        f"The exchange with the shop was taken over by {who.en}; this one was stopped.",
    )
    advice = Text(
        "Poczekaj, aż tamta się skończy. Następna zacznie od tego, co sklep potwierdził.",
        "Wait until that one ends. The next one begins with what the shop confirmed.",
    )
    return Refused(text, advice)


def _name_of(item: Mapping[str, Any]) -> str:
    """What a result calls its item (contract, section 15.1): the key of it, or of the product it belongs to."""
    owner = item.get("owner") or {}
    return str(item.get("erp_id") or item.get("product_erp_id") or owner.get("erp_id") or "")


def _result(row: Mapping[str, Any]) -> ItemResult:
    problem = row.get("problem")
    body = problem if isinstance(problem, dict) else {}
    told = row.get("warnings")
    for one in told if isinstance(told, list) else ():
        _log.debug(
            "stored, and asleep", erp_id=row.get("erp_id"), code=one.get("code") if isinstance(one, dict) else ""
        )
    return ItemResult(row["status"], str(row.get("result") or ""), str(body.get("code") or ""), detail_of(body))


def _usable(answer: Answer) -> Answer:
    """Raise where no request at all is taken."""
    status = answer.status
    if status == 401:  # noqa: PLR2004
        raise Refused(
            Text("Sklep odrzucił klucz API.", "The shop refused the API key."),
            Text("Wklej aktualny klucz w zakładce Połączenie.", "Paste the current key under Connection."),
        )
    if status == 403:  # noqa: PLR2004
        raise Refused(
            Text("Klucz API nie ma prawa do tej operacji.", "The API key has no right to do this."),
            Text("Poproś operatora sklepu o klucz z pełnymi prawami.", "Ask the shop for a key with full rights."),
        )
    if status in {301, 302, 307, 308}:
        raise Refused(
            Text("Adres sklepu przekierowuje dalej; klucza nie wysłano.", "The address redirects; no key was sent."),
            Text("Wpisz właściwy adres w zakładce Połączenie.", "Enter the right address under Connection."),
        )
    # The shop may still be at work on the very same request, sent before: whether it takes effect nobody knows.
    under_way = isinstance(answer.body, dict) and answer.body.get("code") == "idempotency-in-progress"
    if status in {408, 425, 429} or status >= 500 or under_way:  # noqa: PLR2004
        text = Text("Sklep chwilowo nie przyjmuje zapytań ({status}).", "The shop takes no requests now ({status}).")
        raise Unavailable(text.fill(status=status), Text("Spróbuj ponownie za kilka minut.", "Try again in minutes."))
    return answer


def _unreachable(failure: HttpFailure) -> Unavailable:
    if failure.kind in {"late", "garbled"}:
        return garbled(failure.kind)
    if failure.kind == "unfinished":
        return Unavailable(
            Text(
                "Sklep przyjął wysłane pozycje i wciąż nad nimi pracuje ({detail}); ich wynik nie jest znany.",
                "The shop took what was sent and is still at work on it ({detail}); what came of it is not known.",
            ).fill(detail=failure.detail[:200]),
            Text(
                "Następna synchronizacja wyśle je jeszcze raz. Jeśli się to powtarza, zgłoś to operatorowi sklepu.",
                "The next run sends it again. If it recurs, report it to the shop.",
            ),
        )
    text = Text("Sklep nie odpowiada ({kind}): {detail}", "The shop does not answer ({kind}): {detail}")
    advice = Text("Sprawdź adres i połączenie z internetem.", "Check the address and the internet connection.")
    return Unavailable(text.fill(kind=failure.kind, detail=failure.detail[:200]), advice)
