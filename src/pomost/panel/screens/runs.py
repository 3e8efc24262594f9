"""History: the runs of a channel; one run with its changes, what waits for approval, export, rollback."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import urlencode

from pomost.app import OUTCOMES, ChangeFilter, RunReport, Sheet
from pomost.model import words
from pomost.panel.boxes import has_window
from pomost.panel.hallway import pomost
from pomost.panel.roles import Role
from pomost.panel.saving import newest
from pomost.panel.screen import by_htmx, page, screen
from pomost.panel.templatetags.words import language

_SHOWN, _MOST = 30, 3000
_COUNT = re.compile(r"[1-9][0-9]{0,6}")
_TYPES = {
    Sheet.CSV: "text/csv; charset=utf-8",
    Sheet.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@screen("channels/<str:channel>/runs/")
def runs(request: HttpRequest, channel: str) -> HttpResponse:
    asked = _COUNT.fullmatch(request.GET.get("shown", ""))
    shown = min(int(asked[0]), _MOST) if asked else _SHOWN
    found = pomost().history(channel, shown + 1)
    return page(request, "runs/list.html", runs=found[:shown], more=shown * 3 if len(found) > shown else 0)


@screen("channels/<str:channel>/runs/<int:number>/")
def run(request: HttpRequest, channel: str, number: int) -> HttpResponse:
    wanted = _filter(request)
    after = request.GET.get("after", "")
    report = pomost().report(channel, number)
    found = pomost().changes_page(channel, number, wanted, after)
    query = {name: getattr(wanted, name) for name in _FILTERS if getattr(wanted, name)}
    facts: dict[str, Any] = {
        "report": report,
        "found": found,
        "wanted": wanted,
        "query": urlencode(query),
        "next": urlencode({**query, "after": found.next}) if found.next else "",
        "first": not after,
    }
    if by_htmx(request):
        return page(request, "runs/rows.html", **facts)
    open_plan = report.state in {"planned", "waiting"}
    facts |= {"open_plan": open_plan, "entries": has_window(newest(channel).document["channel"]["shop"])}
    facts |= {"unusual": pomost().unusual(channel, number) if open_plan else []}
    return page(request, "runs/run.html", **facts, **_lists(found, wanted), counts=_counted(report))


@screen("channels/<str:channel>/runs/<int:number>/changes.<str:sheet>")
def export(request: HttpRequest, channel: str, number: int, sheet: str) -> HttpResponseBase:
    if sheet not in set(Sheet):
        raise Http404
    kind = Sheet(sheet)
    pieces = pomost().export_changes(channel, number, kind, language(), _filter(request))
    answer = StreamingHttpResponse(pieces, content_type=_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="pomost-{number}.{sheet}"'
    return answer


@screen("channels/<str:channel>/runs/<int:number>/rollback/", see=Role.OPERATOR)
def rollback(request: HttpRequest, channel: str, number: int) -> HttpResponse:
    """The question before a rollback; its answer goes to the synchronisation window."""
    return page(request, "runs/rollback.html", report=pomost().report(channel, number))


_FILTERS = ("kind", "field", "search", "alarm", "outcome")


def _filter(request: HttpRequest) -> ChangeFilter:
    return ChangeFilter(**{name: request.GET.get(name, "")[:200] for name in _FILTERS})


def _lists(found: Any, wanted: ChangeFilter) -> dict[str, Any]:
    """What the filters offer: kinds, fields and alarms this run has, with how many changes each."""
    fields: dict[str, int] = {}
    for (kind, field), count in found.fields.items():
        if not wanted.kind or kind == wanted.kind:
            fields[field] = fields.get(field, 0) + count
    return {
        "kinds": [(kind, found.kinds[kind]) for kind in words.KINDS if kind in found.kinds],
        "fields": sorted(fields.items(), key=lambda pair: -pair[1]),
        "alarms": sorted(found.alarms.items()),
        "outcomes": OUTCOMES,
    }


def _counted(report: RunReport) -> list[dict[str, Any]]:
    """One row a kind of change: planned, done, failed."""
    rows = []
    for kind in words.KINDS:
        row = {stage: report.counts.get(f"{stage}.{kind}", 0) for stage in ("plan", "done", "failed")}
        if any(row.values()):
            rows.append({"kind": kind, **row})
    return rows


SCREENS = (runs, run, export, rollback)
