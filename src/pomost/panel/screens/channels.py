"""All channels and their last runs; making a new one; making Pomost forget one."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from pomost.app import ERPS, SHOPS, SettingsMoved, SettingsWrong
from pomost.model.text import Text, tidy
from pomost.panel.events import Kind, note
from pomost.panel.forms.drawing import drawn, sections_of
from pomost.panel.forms.reading import sent
from pomost.panel.hallway import pomost
from pomost.panel.roles import Role
from pomost.panel.saving import hidden_of, joined, problems_of, typed_again, without
from pomost.panel.screen import go, page, person, screen, tell
from pomost.panel.tabs import CONNECTION

# The connectors in memory are for examples in code: nothing of theirs outlives the process.
_ERPS = {name: one.title for name, one in ERPS.items() if name != "memory"}
_SHOPS = {name: one.title for name, one in SHOPS.items() if name != "memory"}
_TAKEN = Text("jest już kanał o tej nazwie", "there is a channel of this name already")
_MADE = Text(
    "Utworzono kanał {name}. Jest wyłączony, dopóki nie przejdzie sprawdzenia.",
    "Made the channel {name}. It is off until its check passes.",
)
_FORGOTTEN = Text(
    "Usunięto kanał {name}. Sklep i ERP nie zmieniły się.", "Removed {name}. Shop and ERP did not change."
)


@screen("")
def channels(request: HttpRequest) -> HttpResponse:
    rows = [
        {
            "name": name,
            "company": company,
            "erp": ERPS[erp].title,
            "shop": SHOPS[shop].title,
            "last": last,
            "on": pomost().export_settings(name)["channel"].get("active", True),
        }
        for name, company, erp, shop, last in pomost().channels()
    ]
    return page(request, "channels/list.html", rows=rows)


@screen("new-channel/", see=Role.OWNER)
def new_channel(request: HttpRequest) -> HttpResponse:
    """First what it joins, then how to reach both; it is kept once both parts are right."""
    asked = request.POST if request.method == "POST" else request.GET
    head = {name: tidy(asked.get(f"channel.{name}", "")) for name in ("name", "company", "erp", "shop")}
    if head["erp"] not in _ERPS or head["shop"] not in _SHOPS or not head["name"] or not head["company"]:
        return _first(request, head, {})
    if any(row[0] == head["name"] for row in pomost().channels()):
        return _first(request, head, {"channel.name": [_TAKEN]}, 422)
    if request.method != "POST":
        return _second(request, head, {}, {})
    return _made(request, head)


def _made(request: HttpRequest, head: dict[str, str]) -> HttpResponse:
    document: dict[str, Any] = {"channel": {**head, "active": False}}
    typed: dict[str, Any] = {}
    hidden: list[str] = []
    for name, section in sections_of(CONNECTION, head["erp"], head["shop"]).items():
        if name != "channel":
            found = sent(section, name, request.POST, {})
            secrets = {path.partition(".")[2]: value for path, value in found.secrets.items()}
            hidden += found.secrets
            typed[name], document[name] = found.values, {**found.values, **secrets}
    who = person(request)
    try:
        pomost().save_channel(document, who.login, made_from=0)
    except SettingsMoved:
        return _first(request, head, {"channel.name": [_TAKEN]}, 409)
    except SettingsWrong as wrong:
        problems = problems_of(wrong)
        if any(path.startswith("channel.") for path in problems):
            return _first(request, head, problems, 422)
        shown = without(typed, hidden_of(wrong))
        return _second(request, head, shown, joined(problems, typed_again(hidden)), 422)
    note(who.login, Kind.CHANNEL_NEW, channel=head["name"], subject=f"{head['erp']} + {head['shop']}")
    tell(request, _MADE.fill(name=head["name"]))
    return go(request, "settings_tab", head["name"], "connection", query="check=now")


def _first(
    request: HttpRequest, head: dict[str, str], problems: dict[str, list[Text]], status: int = 200
) -> HttpResponse:
    wrong = {path.partition(".")[2]: texts for path, texts in problems.items()}
    return page(request, "channels/new.html", status, head=head, erps=_ERPS, shops=_SHOPS, wrong=wrong)


def _second(
    request: HttpRequest,
    head: dict[str, str],
    typed: dict[str, Any],
    problems: dict[str, list[Text]],
    status: int = 200,
) -> HttpResponse:
    groups = [
        one
        for one in drawn(CONNECTION, typed, problems, head["erp"], head["shop"])
        if any(not field.path.startswith("channel.") for field in one.fields)
    ]
    sides = (_ERPS[head["erp"]], _SHOPS[head["shop"]])
    return page(request, "channels/connect.html", status, head=head, groups=groups, sides=sides, wrong=bool(problems))


@screen("channels/<str:channel>/remove/", see=Role.OWNER)
def remove_channel(request: HttpRequest, channel: str) -> HttpResponse:
    """The name has to be typed: with the channel goes all that is known of the shop."""
    pomost().export_settings(channel)
    typed = tidy(request.POST.get("name", ""))
    if request.method != "POST" or typed != channel:
        return page(request, "channels/remove.html", 422 if request.method == "POST" else 200, typed=typed)
    pomost().remove_channel(channel)
    note(person(request).login, Kind.CHANNEL_REMOVED, channel=channel)
    tell(request, _FORGOTTEN.fill(name=channel))
    return go(request, "channels")


SCREENS = (channels, new_channel, remove_channel)
