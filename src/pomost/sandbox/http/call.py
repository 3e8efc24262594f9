"""One request on its way through the shop, and the shape of what it is answered."""

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import msgspec
from fastapi import Request, Response
from starlette.datastructures import Headers

from pomost.sandbox.http.access import ApiKey
from pomost.sandbox.http.faults import Fault
from pomost.sandbox.http.journal import JournalEntry, WrittenItem
from pomost.sandbox.http.problems import MEDIA_TYPE, Flaw, Problem, invalid
from pomost.sandbox.http.served import Served

JSON = "application/json; charset=utf-8"
LANGUAGES = ("pl", "en")

S = TypeVar("S", bound=Served)


@dataclass(slots=True)
class Call(Generic[S]):
    shop: S
    language: str
    request_id: str
    path: str
    key: ApiKey | None = None
    entry: JournalEntry | None = None
    fault: Fault | None = None
    refusals: list[Fault] = field(default_factory=list)

    @property
    def keep(self) -> bool:
        """Whether writes of this call are to last."""
        return not (self.fault and self.fault.kind == "store_nothing")

    def has(self, kind: str) -> bool:
        return self.fault is not None and self.fault.kind == kind

    def refuse(self, item: Any, pointer: str) -> None:
        """Scripted refusal of one item."""
        for fault in self.refusals:
            if fault.item == item and fault.take():
                raise Problem(fault.code or "validation-failed", Flaw(fault.pointer or pointer, "refused"))

    def ignored(self, pointer: str) -> None:
        """A request field this shop does not know, and passes over."""
        if self.entry is not None:
            self.entry.ignored.append(pointer)

    def wrote(self, key: dict[str, str], fields: Any, status: int = 200) -> None:
        if self.entry is not None:
            sent = {name: value for name, value in fields.items() if name not in key}
            self.entry.items.append(WrittenItem(key, sent, status))

    def problem(self, problem: Problem) -> dict[str, Any]:
        return problem.body(self.shop.urn, self.language, self.path, self.request_id)


def language_of(headers: Headers) -> str:
    """The first of pl and en the client prefers; a Polish service speaks Polish unless told otherwise."""
    wishes = []
    for place, part in enumerate(headers.get("accept-language", "").split(",")):
        tag, _, parameters = part.strip().partition(";")
        name = tag.split("-")[0].strip().lower()
        quality = parameters.strip().removeprefix("q=") or "1"
        if name in LANGUAGES and quality.replace(".", "", 1).isdigit() and float(quality) > 0:
            wishes.append((-float(quality), place, name))
    return min(wishes)[2] if wishes else LANGUAGES[0]


async def call_of(request: Request) -> Call[Any]:
    found = request.scope["sandbox.call"]
    assert isinstance(found, Call)
    return found


async def plain(request: Request) -> None:
    """For addresses that take no query at all."""
    if request.query_params:
        raise invalid(*(Flaw(f"/{name}", "unknown-parameter") for name in request.query_params))


def answer(
    payload: Any, status: int = 200, version: str | None = None, headers: dict[str, str] | None = None
) -> Response:
    """A JSON answer; a single resource carries its version as a strong ETag."""
    response = Response(msgspec.json.encode(payload), status, headers, media_type=None)
    response.headers["Content-Type"] = JSON
    if version is not None:
        response.headers["ETag"] = f'"{version}"'
    return response


def problem_answer(call: Call[Any], problem: Problem) -> Response:
    response = Response(msgspec.json.encode(call.problem(problem)), problem.status, problem.headers, media_type=None)
    response.headers["Content-Type"] = MEDIA_TYPE
    response.headers["Content-Language"] = call.language
    return response
