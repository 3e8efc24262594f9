"""The synchronisation window: what to run, the question about another run, live progress, stop."""

import re
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict

from pomost.app import Busy, Errand, Going, Work
from pomost.model import words
from pomost.model.request import EVERYTHING, SCOPES
from pomost.model.text import Text
from pomost.panel.events import Kind, note
from pomost.panel.hallway import pomost
from pomost.panel.roles import Role
from pomost.panel.screen import go, page, person, screen, tell

_NUMBER, _CHECKSUM = re.compile(r"[0-9]{1,9}"), re.compile(r"[0-9a-f]{0,64}")


@screen("channels/<str:channel>/sync/", act=Role.OPERATOR)
def sync(request: HttpRequest, channel: str) -> HttpResponse:
    if request.method != "POST":
        return _window(request, channel)
    errand, scope = _asked(request.POST)
    who = person(request).login
    try:
        pomost().start(channel, errand, who)
    except Busy as busy:
        return _window(request, channel, 409, busy=busy, errand=errand, scope=scope)
    note(who, Kind(errand.work.value), channel=channel, subject=str(errand.number or scope))
    return go(request, "sync", channel)


@screen("channels/<str:channel>/sync/state/")
def sync_state(request: HttpRequest, channel: str) -> HttpResponse:
    """How far it is; the page asks for this every second while something goes on.

    While it goes on as `seen`, only the figures change: buttons stay where they are, so that nobody's click is lost.
    """
    state = _state(channel)
    if state["polling"] and request.GET.get("seen") == state["seen"]:
        return page(request, "syncing/progress.html", **state)
    answer = page(request, "syncing/state.html", **state)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#state", "outerHTML"
    return answer


@screen("channels/<str:channel>/sync/cancel/", see=Role.OPERATOR, act=Role.OPERATOR)
def cancel(request: HttpRequest, channel: str) -> HttpResponse:
    if request.method == "POST" and pomost().cancel(channel):
        note(person(request).login, Kind.CANCEL, channel=channel)
        tell(request, Text("Poproszono o zatrzymanie.", "Asked to stop."))
    return go(request, "sync", channel)


def _asked(sent: QueryDict) -> tuple[Errand, str]:
    """What a form asks for; forms of ours say nothing else."""
    scope, number, checksum = sent.get("scope", ""), sent.get("number", ""), sent.get("checksum", "")
    work = sent.get("work", "")
    sound = work in set(Work) and scope in words.SCOPES and _CHECKSUM.fullmatch(checksum)
    if not sound or (number and not _NUMBER.fullmatch(number)):
        raise SuspiciousOperation("not a form of ours")
    parts = SCOPES[scope] if scope else EVERYTHING
    about = (int(number) if number else None, checksum)
    return Errand(Work(work), parts, bool(sent.get("full")), bool(sent.get("force")), *about), scope


def _window(request: HttpRequest, channel: str, status: int = 200, **facts: Any) -> HttpResponse:
    chosen = facts.get("scope", "")
    scopes = [{"name": name, "label": label, "chosen": name == chosen} for name, label in words.SCOPES.items()]
    return page(request, "syncing/window.html", status, scopes=scopes, **_state(channel), **facts)


def _state(channel: str) -> dict[str, Any]:
    now = pomost().activity(channel)
    last = next(iter(pomost().history(channel, 1)), None)
    launch = now.launch
    # What the last launch said is old news once another run has begun after it, and an approved run began before it.
    newest = launch is not None and (last is None or last.number == launch.run or last.started < launch.at)
    if launch is not None and newest and launch.run is not None:
        last = pomost().report(channel, launch.run)
    said = launch.said if launch is not None and newest else None
    seen = "stopping" if now.stopping else now.going.value
    polling = now.going in {Going.STARTING, Going.RUNNING}
    return {"channel": channel, "now": now, "last": last, "said": said, "polling": polling, "seen": seen}


SCREENS = (sync, sync_state, cancel)
