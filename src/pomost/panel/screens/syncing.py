"""The synchronisation window: what to run, the question about another run, live progress, stop."""

import re
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict

from pomost.app import Busy, Errand, Going, Work
from pomost.model import words
from pomost.model.request import EVERYTHING, SCOPES
from pomost.model.text import Text
from pomost.model.window import REFUSALS, Box, Window
from pomost.panel.boxes import has_window, shown, ticked
from pomost.panel.events import Kind, note
from pomost.panel.hallway import pomost
from pomost.panel.roles import Role
from pomost.panel.saving import newest
from pomost.panel.screen import go, page, person, screen, tell

_NUMBER, _CHECKSUM = re.compile(r"[0-9]{1,9}"), re.compile(r"[0-9a-f]{0,64}")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a form asks for. `window`: the boxes it was asked by, where the shop has the window."""

    errand: Errand
    scope: str = ""
    window: Window | None = None

    @property
    def subject(self) -> str:
        """For the audit log."""
        if self.window is not None:
            return ", ".join(box for box in Box if self.window.ticked(box))
        return str(self.errand.number or self.scope)


@screen("channels/<str:channel>/sync/", act=Role.OPERATOR)
def sync(request: HttpRequest, channel: str) -> HttpResponse:
    shop = newest(channel).document["channel"]["shop"]
    if request.method != "POST":
        return _page(request, channel, shop)
    window = _window(request.POST, shop)
    if window is not None and window.refusal is not None:
        wrong = window.refusal
        return _page(request, channel, shop, 422, window=window, refused=REFUSALS[wrong], code=wrong.value)
    asked = _again(channel, request.POST["again"]) if "again" in request.POST else _asked(request.POST, window)
    if asked is None:
        return go(request, "sync", channel)
    who = person(request).login
    try:
        pomost().start(channel, asked.errand, who)
    except Busy as busy:
        facts: dict[str, Any] = {"errand": asked.errand, "scope": asked.scope, "window": window}
        return _page(request, channel, shop, 409, busy=busy, **facts)
    note(who, Kind(asked.errand.work.value), channel=channel, subject=asked.subject)
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


def _window(sent: QueryDict, shop: str) -> Window | None:
    """The boxes a form holds, where it is the window's."""
    if "window" not in sent:
        return None
    names = sent.getlist("box")
    if not has_window(shop) or not set(names) <= set(Box):
        raise SuspiciousOperation("not a form of ours")
    return ticked(names)


def _asked(sent: QueryDict, window: Window | None) -> _Asked:
    """What a form asks for; forms of ours say nothing else."""
    scope, number, checksum = sent.get("scope", ""), sent.get("number", ""), sent.get("checksum", "")
    work = sent.get("work", "")
    sound = work in set(Work) and scope in words.SCOPES and _CHECKSUM.fullmatch(checksum)
    if not sound or (number and not _NUMBER.fullmatch(number)):
        raise SuspiciousOperation("not a form of ours")
    force, about = bool(sent.get("force")), (int(number) if number else None, checksum)
    if window is not None:
        wanted = window.request()
        return _Asked(Errand(Work(work), wanted.parts, wanted.full, force, *about), window=window)
    parts = SCOPES[scope] if scope else EVERYTHING
    return _Asked(Errand(Work(work), parts, bool(sent.get("full")), force, *about), scope)


def _again(channel: str, launch: str) -> _Asked | None:
    """The answer "yes" to what the last launch asked: the same errand, by force; None where that is old news."""
    last = pomost().activity(channel).launch
    if last is None or not last.asks or str(last.id) != launch:
        return None
    return _Asked(replace(Errand.of(last.errand), force=True))


def _page(request: HttpRequest, channel: str, shop: str, status: int = 200, **facts: Any) -> HttpResponse:
    chosen = facts.get("scope", "")
    scopes = [{"name": name, "label": label, "chosen": name == chosen} for name, label in words.SCOPES.items()]
    parts = shown(facts.get("window") or Window(), shop) if has_window(shop) else ()
    return page(request, "syncing/window.html", status, scopes=scopes, parts=parts, **_state(channel), **facts)


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


@screen("channels/<str:channel>/schedule/")
def schedule(request: HttpRequest, channel: str) -> HttpResponse:
    """Where the window's button leads: how runs start by themselves."""
    return page(request, "syncing/schedule.html", shop=newest(channel).document["channel"]["shop"])


SCREENS = (sync, sync_state, cancel, schedule)
