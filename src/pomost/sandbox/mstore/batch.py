"""Batches: up to the limit of items, each with a result of its own, at once or behind a job."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from fastapi import APIRouter, Depends, Response
from pydantic import TypeAdapter, ValidationError, WithJsonSchema, with_config
from typing_extensions import TypedDict

from pomost.sandbox.http.call import answer, plain
from pomost.sandbox.http.problems import Problem, invalid
from pomost.sandbox.mstore.call import Call, Called, needs
from pomost.sandbox.mstore.fields import STRICT, inline_schema
from pomost.sandbox.mstore.jobs import Job
from pomost.sandbox.mstore.problems import flaws_of

# What storing one item comes to: the id and the version of the resource afterwards.
Outcome = tuple[str, str]


@with_config(STRICT)
class Batch(TypedDict):
    """The envelope alone: items are judged one by one, for a faulty one must not spoil the others."""

    items: list[Any]


def batch_schema(item: Any) -> WithJsonSchema:
    """What the published description says of a batch of such items."""
    return WithJsonSchema(
        {
            "type": "object",
            "additionalProperties": False,
            "required": ["items"],
            "properties": {"items": {"type": "array", "maxItems": 500, "items": inline_schema(item)}},
        }
    )


# A poorer server has no batches at all (section 1); its client writes one by one.
BATCH_ONLY = [Depends(plain), Depends(needs("batch"))]


class BatchOf:
    """The batch of one resource: its item's shape, its key fields, and how one item is stored."""

    def __init__(
        self, item: Any, keys: tuple[str, ...], store: Callable[[Call, str, Mapping[str, Any]], Outcome]
    ) -> None:
        self._one: TypeAdapter[Any] = TypeAdapter(item)
        self._all: TypeAdapter[list[Any]] = TypeAdapter(list[item])
        self._keys = keys
        self._store = store

    def run(self, call: Call, items: list[Any]) -> Response:
        if len(items) > call.shop.limits.max_batch:
            raise Problem("payload-too-large")
        work = partial(self._results, call, items)
        return _behind_a_job(call, work) if call.has("job") else answer({"results": work()})

    def _results(self, call: Call, items: list[Any]) -> list[dict[str, Any]]:
        checked = self._checked(items)
        # By script, a shop may break down in the middle: the second half of the batch is then not stored.
        end = len(items) // 2 if call.has("half_batch") else len(items)
        results: list[dict[str, Any]] = []
        with call.shop.writing(keep=call.keep) as now:
            for index, item in enumerate(checked):
                try:
                    resource_id, version = self._one_item(call, now, item if index < end else Problem("maintenance"))
                except Problem as problem:
                    results.append({"index": index, "status": problem.status, "problem": call.problem(problem)})
                    self._note(call, items[index], problem.status)
                else:
                    results.append({"index": index, "status": 200, "id": resource_id, "version": version})
                    self._note(call, items[index], 200)
        return results

    def _one_item(self, call: Call, now: str, item: Any) -> Outcome:
        if isinstance(item, Problem):
            raise item
        for name in self._keys if call.refusals else ():
            call.refuse(item[name], f"/{name}")
        return self._store(call, now, item)

    def _checked(self, items: list[Any]) -> list[Any]:
        """All items at once when all are sound, which is the usual case and the fast one; else one by one."""
        try:
            return self._all.validate_python(items)
        except ValidationError:
            return [self._check(item) for item in items]

    def _check(self, item: Any) -> Any:
        try:
            return self._one.validate_python(item)
        except ValidationError as error:
            return invalid(*flaws_of(error.errors(include_url=False)))

    def _note(self, call: Call, item: Any, status: int) -> None:
        if isinstance(item, dict):
            call.wrote({name: str(item[name]) for name in self._keys if name in item}, item, status)


def _behind_a_job(call: Call, work: Callable[[], list[dict[str, Any]]]) -> Response:
    """By script, a slow server answers 202 and lets its client ask; until then nothing of the batch has any effect."""
    fault, shop = call.fault, call.shop
    assert fault is not None
    with shop.lock:
        job = Job(shop.next_id("jb"), fault.polls, fault.retry_after, work)
        shop.jobs.start(job, shop.now(), at_once=fault.at_once)
    return answer(job.told(), 202, headers={"Location": job.path, **job.headers()})


router = APIRouter(tags=["jobs"])


@router.get("/v1/jobs/{job_id}", dependencies=[Depends(plain)])
async def read_job(call: Called, job_id: str) -> Response:
    with call.shop.lock:
        job = call.shop.jobs.look(job_id, call.shop.now())
    return answer(job.told(), headers=job.headers())
