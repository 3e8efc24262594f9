"""The job behind `202`: work that is done only after some questions (the M/store contract, section 17)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from pomost.sandbox.http.problems import Problem

Results = list[dict[str, Any]]


@dataclass(slots=True)
class Job:
    """`polls` questions are answered with "running"; the work is done by the next one, with the effects it has then."""

    id: str
    polls: int
    wait: int | None
    work: Callable[[], Results]
    results: Results | None = None
    done_at: datetime | None = None

    @property
    def path(self) -> str:
        return f"/v1/jobs/{quote(self.id, safe='')}"

    def told(self) -> dict[str, Any]:
        if self.results is None:
            return {"id": self.id, "status": "running"}
        return {"id": self.id, "status": "done", "results": self.results}

    def headers(self) -> dict[str, str]:
        return {} if self.wait is None or self.results is not None else {"Retry-After": str(self.wait)}


class Jobs:
    """All jobs by id: one that runs is kept until it is done, one that is done for `life` more."""

    def __init__(self, life: timedelta) -> None:
        self.life = life
        self._jobs: dict[str, Job] = {}

    def start(self, job: Job, now: datetime, *, at_once: bool) -> Job:
        """A job that begins; `at_once` has its work done before the 202 is even told."""
        self._forget_old(now)
        self._jobs[job.id] = job
        if at_once:
            self._do(job, now)
        return job

    def look(self, job_id: str, now: datetime) -> Job:
        """What a question finds; the last of them finds the work done."""
        self._forget_old(now)
        job = self._jobs.get(job_id)
        if job is None:
            raise Problem("not-found")
        if job.results is None:
            if job.polls:
                job.polls -= 1
            else:
                self._do(job, now)
        return job

    def finish(self, now: datetime) -> list[str]:
        """All work is done at once, asked for or not."""
        running = [job for job in self._jobs.values() if job.results is None]
        for job in running:
            self._do(job, now)
        return [job.id for job in running]

    def forget(self) -> set[str]:
        """The jobs are lost, done or not; those that had not begun leave no effect. Gives back their paths."""
        lost = {job.path for job in self._jobs.values()}
        self._jobs.clear()
        return lost

    def _do(self, job: Job, now: datetime) -> None:
        job.results, job.done_at = job.work(), now

    def _forget_old(self, now: datetime) -> None:
        old = [job.id for job in self._jobs.values() if job.done_at is not None and now - job.done_at >= self.life]
        for job_id in old:
            del self._jobs[job_id]
