"""The audit log: who changed what and when, newest first."""

from django.http import HttpRequest, HttpResponse

from pomost.panel.events import KINDS, Kind
from pomost.panel.forms.reading import whole
from pomost.panel.models import Event
from pomost.panel.roles import Role
from pomost.panel.screen import page, screen

_PAGE = 100


@screen("audit/", see=Role.OWNER)
def audit(request: HttpRequest) -> HttpResponse:
    """`before`: the number of an event; the page goes on with what is older."""
    before, chosen = whole(request.GET.get("before", "")), request.GET.get("for", "")
    rows = Event.objects.order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    if chosen:
        rows = rows.filter(channel=chosen)
    shown = list(rows[: _PAGE + 1])
    told = [(one, KINDS[Kind(one.kind)]) for one in shown[:_PAGE]]
    older = shown[_PAGE - 1].pk if len(shown) > _PAGE else None
    return page(request, "audit/list.html", rows=told, older=older, chosen=chosen)


SCREENS = (audit,)
