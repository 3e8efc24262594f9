"""Tab Oddziały: the branches of a channel, each a warehouse of the ERP as buyers of the shop see it."""

from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from pomost.app import Fault, SettingsWrong
from pomost.model.branch import Branch
from pomost.model.setting import ChoiceKind
from pomost.model.text import Text
from pomost.panel import lists
from pomost.panel.boxes import has_window
from pomost.panel.forms.fields import Input, inputs, marked
from pomost.panel.forms.reading import sent
from pomost.panel.hallway import pomost
from pomost.panel.roles import Role
from pomost.panel.saving import Overtaken, Version, newest, problems_of, save
from pomost.panel.screen import go, page, person, screen, tell

# The manual's order; the rest follows as declared.
_ORDER = ("name", "id", "main_warehouse", "extra_warehouses", "customer_trait", "address", "contact", "region")
_SAVED = Text("Zapisano oddział {name} (wersja {number}).", "Saved branch {name} (version {number}).")
_REMOVED = Text("Usunięto oddział {name}; w sklepie pozostał.", "Removed branch {name}; the shop keeps it.")


@screen("channels/<str:channel>/settings/branches/", act=Role.OWNER)
def branches(request: HttpRequest, channel: str) -> HttpResponse:
    shown = newest(channel)
    rows = _held(shown)
    if request.method != "POST":
        known = lists.kept(channel, shown.number, ChoiceKind.WAREHOUSES)
        needless = has_window(shown.document["channel"]["shop"])
        return page(request, "branches/list.html", rows=rows, shown=shown, warehouses=known, needless=needless)
    place = _place(request.POST.get("remove", ""), rows)
    made_from = _number(request.POST.get("version", ""))
    try:
        saved = save(channel, {"branches": rows[:place] + rows[place + 1 :]}, {}, made_from, person(request).login)
    except Overtaken as overtaken:
        now = overtaken.newest
        return page(request, "branches/list.html", 409, rows=_held(now), shown=now, overtaken=overtaken)
    tell(request, _REMOVED.fill(name=rows[place].get("name"), number=saved.number))
    return go(request, "branches", channel)


@screen("channels/<str:channel>/settings/branches/<str:which>/", act=Role.OWNER)
def branch(request: HttpRequest, channel: str, which: str) -> HttpResponse:
    """One branch; `which` is its place in the list, or `new`."""
    shown = newest(channel)
    rows = _held(shown)
    place = len(rows) if which == "new" else _place(which, rows)
    held = rows[place] if place < len(rows) else {}
    if request.method != "POST":
        return _form(request, channel, shown, place, held)
    found = sent(Branch, _path(place), request.POST, held)
    if "fill" in request.POST:
        return _filled(request, channel, shown, place, found.values)
    made_from = _number(request.POST.get("version", ""))
    try:
        parts = {"branches": [*rows[:place], found.values, *rows[place + 1 :]]}
        saved = save(channel, parts, {}, made_from, person(request).login)
    except SettingsWrong as wrong:
        return _form(request, channel, shown, place, found.values, problems_of(wrong), 422, version=made_from)
    except Overtaken as overtaken:
        return _form(request, channel, overtaken.newest, place, found.values, None, 409, overtaken=overtaken)
    told = _SAVED.fill(name=found.values.get("name", ""), number=saved.number)
    tell(request, told)
    return go(request, "branches", channel)


def _filled(request: HttpRequest, channel: str, shown: Version, place: int, typed: dict[str, Any]) -> HttpResponse:
    """The form with address and contact of the chosen warehouse; nothing is saved yet."""
    chosen = typed.get("main_warehouse", "")
    try:
        found = next((one for one in pomost().warehouses(channel) if one.id == chosen), None)
    except Fault as fault:
        return _form(request, channel, shown, place, typed, {f"{_path(place)}.address": [fault.text]}, 503)
    if found is None:
        text = Text("najpierw wybierz magazyn dla ZK", "choose the main warehouse first")
        return _form(request, channel, shown, place, typed, {f"{_path(place)}.main_warehouse": [text]}, 422)
    filled = {**typed, "address": asdict(found.address), "contact": asdict(found.contact)}
    return _form(request, channel, shown, place, filled, fresh=found.name)


def _form(
    request: HttpRequest,
    channel: str,
    shown: Version,
    place: int,
    held: dict[str, Any],
    problems: dict[str, list[Text]] | None = None,
    status: int = 200,
    **facts: Any,
) -> HttpResponse:
    drawn = {one.name: one for one in marked(inputs(Branch, _path(place), held), problems or {})}
    fields: list[Input] = [*(drawn.pop(name) for name in _ORDER), *drawn.values()]
    mine = f"{_path(place)}."
    elsewhere = {path: texts for path, texts in (problems or {}).items() if not path.startswith(mine)}
    told: dict[str, Any] = {"version": shown.number, "elsewhere": elsewhere, "wrong": bool(problems), **facts}
    new = place >= len(_held(shown))
    return page(request, "branches/form.html", status, fields=fields, shown=shown, new=new, **told)


def _held(version: Version) -> list[dict[str, Any]]:
    return list(version.document.get("branches", []))


def _path(place: int) -> str:
    return f"branches.{place}"


def _place(which: str, rows: list[dict[str, Any]]) -> int:
    if not which.isdecimal() or int(which) >= len(rows):
        raise Http404
    return int(which)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


SCREENS = (branches, branch)
