"""What the frame around every screen shows: who is signed in, which channel this is, and where one can go."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from pomost.model.text import Text
from pomost.panel.models import User
from pomost.panel.roles import Role
from pomost.panel.templatetags.words import language


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the menu. `name` is a screen's; `tab` tells tabs of settings apart; lesser roles than `see` miss it.

    `inner`: the screen of one thing of its list.
    """

    name: str
    label: Text
    tab: str = ""
    see: Role = Role.VIEWER
    inner: str = "-"

    def href(self, channel: str) -> str:
        named = {"channel": channel} if channel else {}
        return reverse(self.name, kwargs={**named, "tab": self.tab} if self.tab else named)


WORK: tuple[Place, ...] = (
    Place("sync", Text("Synchronizacja", "Synchronisation")),
    Place("runs", Text("Historia", "History")),
    Place("errors", Text("Błędy", "Errors")),
    Place("find", Text("Wyjaśnij", "Explain")),
    Place("order_list", Text("Lista zamówień", "Order list")),
)
"""What one does with a channel."""

TABS = (
    Place("settings_tab", Text("Połączenie", "Connection"), "connection"),
    Place("branches", Text("Oddziały", "Branches"), inner="branch"),
    Place("settings_tab", Text("Towary", "Goods"), "goods"),
    Place("settings_tab", Text("Ceny", "Prices"), "prices"),
    Place("settings_tab", Text("Stany", "Stock"), "stock"),
    Place("settings_tab", Text("Zamówienia", "Orders"), "orders"),
    Place("settings_tab", Text("Kontrahenci", "Customers"), "customers"),
    Place("settings_tab", Text("Inne", "Other"), "other"),
    Place("settings_tab", Text("Bezpiecznik", "Guard"), "guard"),
    Place("versions", Text("Wersje ustawień", "Versions of settings")),
)
"""Settings, in the order of the old program's tabs, then ours."""

TOP = (
    Place("channels", Text("Kanały", "Channels"), inner="new_channel"),
    Place("people", Text("Ludzie", "People"), see=Role.OWNER),
    Place("audit", Text("Dziennik zmian", "Audit log"), see=Role.OWNER),
)
"""What does not belong to one channel."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """For every template: `who`, `lang`, the menus, and the channel the address names."""
    user = request.user if hasattr(request, "user") and isinstance(request.user, User) else None
    match = request.resolver_match
    channel = str(match.kwargs.get("channel", "")) if match else ""
    here = (match.url_name or "", str(match.kwargs.get("tab", ""))) if match else ("", "")
    return {
        "who": user,
        "lang": language(),
        "channel": channel,
        "top": _lines(TOP, "", here, user),
        "work": _lines(WORK, channel, here, user) if channel else [],
        "tabs": _lines(TABS, channel, here, user) if channel else [],
    }


def _lines(places: tuple[Place, ...], channel: str, here: tuple[str, str], user: User | None) -> list[dict[str, Any]]:
    return [
        {"href": one.href(channel), "label": one.label, "here": here in {(one.name, one.tab), (one.inner, "")}}
        for one in places
        if user is not None and user.may(one.see)
    ]
