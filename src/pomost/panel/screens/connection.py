"""Checking a channel's connections, and switching the channel on and off."""

from django.http import HttpRequest, HttpResponse

from pomost.app import CheckResult
from pomost.model.text import Text
from pomost.panel import lists
from pomost.panel.events import Kind, note
from pomost.panel.hallway import pomost
from pomost.panel.roles import Role
from pomost.panel.screen import go, page, person, screen, tell

_ON, _OFF = Text("Kanał jest włączony.", "The channel is on."), Text("Kanał jest wyłączony.", "The channel is off.")


@screen("channels/<str:channel>/check/")
def check(request: HttpRequest, channel: str) -> HttpResponse:
    """The steps tried on both sides, and what the settings need."""
    if request.method != "POST":
        return go(request, "settings_tab", channel, "connection", query="check=now")
    lists.forget(channel)
    return _checked(request, channel, pomost().check(channel))


@screen("channels/<str:channel>/switch/", act=Role.OWNER)
def switch(request: HttpRequest, channel: str) -> HttpResponse:
    """On needs both checks to pass; off is always possible."""
    if request.method != "POST":
        return go(request, "settings_tab", channel, "connection")
    on = request.POST.get("on") == "on"
    result = pomost().switch(channel, person(request).login, on=on)
    if result is not None and not result.passed:
        return _checked(request, channel, result, not_on=True)
    note(person(request).login, Kind.CHANNEL_ON if on else Kind.CHANNEL_OFF, channel=channel)
    tell(request, (_ON if on else _OFF))
    return go(request, "settings_tab", channel, "connection")


def _checked(request: HttpRequest, channel: str, result: CheckResult, *, not_on: bool = False) -> HttpResponse:
    sides = [(Text("Sklep", "Shop"), result.shop), (Text("System ERP", "ERP"), result.erp)]
    return page(request, "settings/checked.html", result=result, not_on=not_on, sides=sides)


SCREENS = (check, switch)
