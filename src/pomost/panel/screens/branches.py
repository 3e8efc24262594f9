"""Tab Oddziały: the branches of a channel, each a warehouse of the ERP as buyers of the shop see it."""

from collections.abc import Mapping
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
from pomost.panel.forms.reading import sent, whole
from pomost.panel.hallway import pomost
from pomost.panel.roles import Role
from pomost.panel.saving import Overtaken, Version, earlier, newest, problems_of, save
from pomost.panel.screen import go, page, person, screen, tell

# The manual's order; the rest follows as declared.
_ORDER = ("name", "id", "main_warehouse", "extra_warehouses", "customer_trait", "address", "contact", "region")
_SAVED = Text("Zapisano oddział {name} (wersja {number}).", "Saved branch {name} (version {number}).")
_REMOVED_ALREADY = Text("Oddziału {id} już nie ma w ustawieniach.", "Branch {id} is no longer in the settings.")
_PATH = "branch"
"""What names the form's fields begin with, wherever in the list the branch stands."""
_REMOVED = Text("Usunięto oddział {name}; w sklepie pozostał.", "Removed branch {name}; the shop keeps it.")


@screen("channels/<str:channel>/settings/branches/", act=Role.OWNER)
def branches(request: HttpRequest, channel: str) -> HttpResponse:
    shown = newest(channel)
    rows = _held(shown)
    if request.method != "POST":
        known = lists.kept(channel, shown.number, ChoiceKind.WAREHOUSES)
        needless = has_window(shown.document["channel"]["shop"])
        return page(request, "branches/list.html", rows=rows, shown=shown, warehouses=known, needless=needless)
    which = request.POST.get("remove", "")
    place = _place(rows, which)
    if place is None:
        tell(request, _REMOVED_ALREADY.fill(id=which))
        return go(request, "branches", channel)
    made_from = _made_from(request, channel, shown, which)
    try:
        saved = save(channel, {"branches": rows[:place] + rows[place + 1 :]}, {}, made_from, person(request).login)
    except Overtaken as overtaken:
        now = overtaken.newest
        return page(request, "branches/list.html", 409, rows=_held(now), shown=now, overtaken=overtaken)
    tell(request, _REMOVED.fill(name=rows[place].get("name"), number=saved.number))
    return go(request, "branches", channel)


@screen("channels/<str:channel>/settings/branch/", act=Role.OWNER)
def branch(request: HttpRequest, channel: str) -> HttpResponse:
    """One branch; `of` is the id it had when the form was drawn, blank for a new one."""
    shown = newest(channel)
    rows = _held(shown)
    of = request.POST.get("of", "") if request.method == "POST" else request.GET.get("of", "")
    place = _place(rows, of)
    if request.method != "POST":
        if of and place is None:
            raise Http404
        return _form(request, channel, shown, of, rows[place] if place is not None else {})
    held = rows[place] if place is not None else {}
    found = sent(Branch, _PATH, request.POST, held)
    if "fill" in request.POST:
        return _filled(request, channel, shown, of, found.values)
    if of and place is None:
        return _form(request, channel, shown, "", found.values, status=409, gone=of)
    made_from = _made_from(request, channel, shown, of)
    place = len(rows) if place is None else place
    try:
        parts = {"branches": [*rows[:place], found.values, *rows[place + 1 :]]}
        saved = save(channel, parts, {}, made_from, person(request).login)
    except SettingsWrong as wrong:
        problems = {_own(path, place): texts for path, texts in problems_of(wrong).items()}
        return _form(request, channel, shown, of, found.values, problems, 422, version=made_from)
    except Overtaken as overtaken:
        return _form(request, channel, overtaken.newest, of, found.values, None, 409, overtaken=overtaken)
    told = _SAVED.fill(name=found.values.get("name", ""), number=saved.number)
    tell(request, told)
    return go(request, "branches", channel)


def _filled(request: HttpRequest, channel: str, shown: Version, of: str, typed: dict[str, Any]) -> HttpResponse:
    """The form with address and contact of the chosen warehouse; nothing is saved yet."""
    chosen = typed.get("main_warehouse", "")
    made_from = whole(request.POST.get("version", "")) or 0
    try:
        found = next((one for one in pomost().warehouses(channel) if one.id == chosen), None)
    except Fault as fault:
        return _form(request, channel, shown, of, typed, {f"{_PATH}.address": [fault.text]}, 503, version=made_from)
    if found is None:
        text = Text("najpierw wybierz magazyn dla ZK", "choose the main warehouse first")
        return _form(request, channel, shown, of, typed, {f"{_PATH}.main_warehouse": [text]}, 422, version=made_from)
    filled = {**typed, "address": asdict(found.address), "contact": asdict(found.contact)}
    return _form(request, channel, shown, of, filled, fresh=found.name, version=made_from)


def _form(
    request: HttpRequest,
    channel: str,
    shown: Version,
    of: str,
    held: dict[str, Any],
    problems: dict[str, list[Text]] | None = None,
    status: int = 200,
    **facts: Any,
) -> HttpResponse:
    drawn = {one.name: one for one in marked(inputs(Branch, _PATH, held), problems or {})}
    fields: list[Input] = [*(drawn.pop(name) for name in _ORDER), *drawn.values()]
    elsewhere = {path: texts for path, texts in (problems or {}).items() if not path.startswith(f"{_PATH}.")}
    told: dict[str, Any] = {"version": shown.number, "elsewhere": elsewhere, "wrong": bool(problems), **facts}
    return page(request, "branches/form.html", status, fields=fields, shown=shown, of=of, **told)


def _held(version: Version) -> list[dict[str, Any]]:
    return list(version.document.get("branches", []))


def _place(rows: list[dict[str, Any]], which: str) -> int | None:
    """Where the branch of this id stands now; others may have been added and removed since a form was drawn."""
    return next((place for place, row in enumerate(rows) if which and row.get("id") == which), None)


def _own(path: str, place: int) -> str:
    """A problem's path in the list as a path of the form."""
    mine = f"branches.{place}."
    return f"{_PATH}.{path.removeprefix(mine)}" if path.startswith(mine) else path


def _made_from(request: HttpRequest, channel: str, shown: Version, which: str) -> int:
    """The version the form showed; the newest where nobody has touched this very branch since."""
    made_from = whole(request.POST.get("version", "")) or 0
    then, now = _one(earlier(channel, shown, made_from), which), _one(shown.document, which)
    return shown.number if then == now else made_from


def _one(document: Mapping[str, Any], which: str) -> dict[str, Any] | None:
    return next((row for row in document.get("branches", []) if row.get("id") == which), None)


SCREENS = (branches, branch)
