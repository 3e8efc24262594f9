"""The stage of the demo: a company, a shop on this machine, Pomost between them, and the headlines of the show."""

import json
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pomost.app import Pomost, RunReport
from pomost.cli.output import progress, show
from pomost.model.change import Part
from pomost.model.request import EVERYTHING, RunRequest

_PATIENCE = 30


@dataclass(frozen=True, slots=True)
class Stage:
    """`database`: the company's file; `url`: where the shop is."""

    pomost: Pomost
    company: Any
    database: Path
    url: str

    def state(self) -> dict[str, Any]:
        """Everything the shop holds, read over HTTP."""
        with urllib.request.urlopen(f"{self.url}/sandbox/state", timeout=_PATIENCE) as answer:  # noqa: S310  (our own sandbox)
            found: dict[str, Any] = json.load(answer)
        return found

    def owner(self, action: str, **arguments: object) -> dict[str, Any]:
        """Something the owner or a buyer of the shop does there."""
        errand = json.dumps({"action": action, "arguments": arguments}).encode()
        request = urllib.request.Request(f"{self.url}/sandbox/owner", errand, {"Content-Type": "application/json"})  # noqa: S310
        with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310  (our own sandbox)
            done: dict[str, Any] = json.load(answer)["result"]
        return done


def head(step: int, title: str) -> None:
    show("")
    show(f"=== {step}. {title} ===")


def run(pomost: Pomost, channel: str, parts: frozenset[Part] = EVERYTHING) -> RunReport:
    with progress() as tell:
        return pomost.run(channel, RunRequest(parts=parts), tell)
