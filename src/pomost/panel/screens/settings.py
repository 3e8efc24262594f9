"""Tabs of a channel's settings that are drawn from their declarations, and the lists their fields choose from."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from pomost.app import Fault, SettingsWrong
from pomost.model.conditions import Condition, CustomerCondition
from pomost.model.policy import GoodsPolicy
from pomost.model.setting import ChoiceKind
from pomost.model.text import Text
from pomost.panel import lists
from pomost.panel.forms.conditions import row
from pomost.panel.forms.drawing import drawn, sections_of
from pomost.panel.forms.fields import Kind
from pomost.panel.forms.reading import row_sent, sent, whole
from pomost.panel.hallway import pomost
from pomost.panel.roles import Role
from pomost.panel.saving import (
    Overtaken,
    Version,
    hidden_of,
    joined,
    newest,
    problems_of,
    save,
    told_apart,
    typed_again,
    without,
)
from pomost.panel.screen import go, page, person, screen, tell
from pomost.panel.tabs import CONNECTION, DRAWN, Tab
from pomost.panel.tabs_of_entries import tabs_for
from pomost.panel.templatetags.words import grouped

_UNCOUNTED = Text("Warunki nie są jeszcze pełne.", "The conditions are not complete yet.")
_SAVED = Text("Zapisano (wersja {number}).", "Saved (version {number}).")


@screen("channels/<str:channel>/settings/<str:tab>/", act=Role.OWNER)
def settings_tab(request: HttpRequest, channel: str, tab: str) -> HttpResponse:
    if tab not in DRAWN:
        raise Http404
    shown = newest(channel)
    drawn_as = tabs_for(shown.document["channel"]["shop"])[tab]
    if request.method != "POST":
        return _page(request, drawn_as, shown, shown.document)
    return _save(request, channel, drawn_as, shown)


def _save(request: HttpRequest, channel: str, tab: Tab, now: Version) -> HttpResponse:
    """Nothing typed is lost: whatever stops the saving, the form comes back as it was sent.

    Of what a channel is, only the company's name is changed by a form.
    """
    head = now.document["channel"]
    parts: dict[str, Any] = {}
    secrets: dict[str, str] = {}
    problems: dict[str, list[Text]] = {}
    for name, section in sections_of(tab, head["erp"], head["shop"]).items():
        held = now.document.get(name, {})
        found = sent(section, name, request.POST, held)
        parts[name] = _changed(tab, name, found.values, held)
        secrets |= found.secrets
        problems |= found.problems
    parts, secrets = told_apart(now.document, parts, secrets)
    typed = {**now.document, **parts}
    made_from = whole(request.POST.get("version", "")) or 0
    again = typed_again(secrets)
    if problems:
        return _page(request, tab, now, typed, joined(problems, again), status=422, version=made_from)
    try:
        saved = save(channel, parts, secrets, made_from, person(request).login)
    except SettingsWrong as wrong:
        shown = without(typed, hidden_of(wrong))
        return _page(request, tab, now, shown, joined(problems_of(wrong), again), status=422, version=made_from)
    except Overtaken as overtaken:
        return _page(request, tab, overtaken.newest, typed, again, status=409, overtaken=overtaken)
    tell(request, _SAVED.fill(number=saved.number))
    return go(request, "settings_tab", channel, tab.name, query="check=now" if "check" in request.POST else "")


def _changed(tab: Tab, name: str, values: dict[str, Any], held: dict[str, Any]) -> dict[str, Any]:
    """A section with what the tab shows of it as it was typed, and the rest as it was."""
    if name == "channel":
        return {**held, "company": values.get("company", "")}
    if not tab.alone:
        return values
    return {**held, **{field: value for field, value in values.items() if tab.shows(f"{name}.{field}")}}


def _page(
    request: HttpRequest,
    tab: Tab,
    shown: Version,
    document: dict[str, Any],
    problems: dict[str, list[Text]] | None = None,
    status: int = 200,
    **facts: Any,
) -> HttpResponse:
    head = shown.document["channel"]
    groups = drawn(tab, document, problems or {}, head["erp"], head["shop"])
    here = tuple(f"{name}." for name in tab.sections)
    elsewhere = {path: texts for path, texts in (problems or {}).items() if not path.startswith(here)}
    told: dict[str, Any] = {"version": shown.number, **facts}
    template = "settings/connection.html" if tab.name == CONNECTION.name else "settings/tab.html"
    return page(
        request, template, status, tab=tab, groups=groups, shown=shown, head=head, elsewhere=elsewhere,
        wrong=bool(problems), **told,
    )  # fmt: skip


@screen("channels/<str:channel>/lists/<str:kind>/")
def choices(request: HttpRequest, channel: str, kind: str) -> HttpResponse:
    """One field's list, once the ERP or the shop has given it. `shape`: the field's kind; its value comes along."""
    if kind not in set(ChoiceKind):
        raise Http404
    path = request.GET.get("path", "")
    several = request.GET.get("shape") == Kind.SOME_LISTED
    listed = lists.asked(channel, newest(channel).number, ChoiceKind(kind))
    held = request.GET.getlist(path)
    facts: dict[str, Any] = {
        "path": path,
        "id": request.GET.get("id") or path.replace(".", "-"),
        "kind": kind,
        "listed": listed,
        "loaded": True,
        "errors": "wrong" in request.GET,
    }
    template = "fields/list_some.html" if several else "fields/list_one.html"
    return page(request, template, channel=channel, value=held if several else "".join(held[:1]), **facts)


@screen("channels/<str:channel>/condition/<str:section>/<str:number>/")
def condition(request: HttpRequest, channel: str, section: str, number: str) -> HttpResponse:
    """A condition's row drawn anew after what it looks at has changed; nothing is saved."""
    declared = {"goods": Condition, "customers": CustomerCondition}.get(section)
    place = whole(number)
    if declared is None or place is None:
        raise Http404
    path = f"{section}.conditions"
    held = row_sent(declared, path, place, request.GET)
    held.pop("values", None)
    return page(
        request, "fields/condition.html", channel=channel, shown=newest(channel), row=row(declared, path, number, held)
    )  # fmt: skip


@screen("channels/<str:channel>/count/")
def count(request: HttpRequest, channel: str) -> HttpResponse:
    """How many cards pass the qualification as it stands in the form; nothing is saved."""
    typed = sent(GoodsPolicy, "goods", request.POST, {}).values
    try:
        found = pomost().count_qualified(channel, {"goods": typed})
    except SettingsWrong:
        return page(request, "settings/count.html", why=_UNCOUNTED)
    except Fault as fault:
        return page(request, "settings/count.html", why=fault.text)
    passing, of = grouped(found.passing), grouped(found.of)
    return page(request, "settings/count.html", count=found, passing=passing, of=of)


SCREENS = (settings_tab, choices, condition, count)
