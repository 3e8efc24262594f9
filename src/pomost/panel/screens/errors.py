"""The error inbox: what did not get through, by reason, with advice and "try again"."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import urlencode

from pomost.model.reason import Reason
from pomost.model.text import Text, plural
from pomost.panel.boxes import has_window
from pomost.panel.events import Kind, note
from pomost.panel.hallway import pomost
from pomost.panel.roles import Role
from pomost.panel.saving import newest
from pomost.panel.screen import go, page, person, screen, tell

_PAGE = 50


@screen("channels/<str:channel>/errors/", act=Role.OPERATOR)
def errors(request: HttpRequest, channel: str) -> HttpResponse:
    if request.method == "POST":
        return _again(request, channel, "", "")
    return page(request, "errors/list.html", groups=pomost().errors(channel))


@screen("channels/<str:channel>/errors/<str:reason>/", act=Role.OPERATOR)
def errors_of(request: HttpRequest, channel: str, reason: str) -> HttpResponse:
    if reason not in Reason.__members__:
        raise Http404
    if request.method == "POST":
        return _again(request, channel, reason, request.POST.get("symbol", "")[:200])
    search, after = request.GET.get("search", "")[:200], request.GET.get("after", "")
    found = pomost().errors_page(channel, reason, search, after, _PAGE)
    following = urlencode({"search": search, "after": found.next}) if found.next else ""
    entries = has_window(newest(channel).document["channel"]["shop"])
    return page(request, "errors/reason.html", found=found, search=search, after=after, next=following, entries=entries)


def _again(request: HttpRequest, channel: str, reason: str, symbol: str) -> HttpResponse:
    count = pomost().retry(channel, reason, symbol)
    note(person(request).login, Kind.RETRY, channel=channel, subject=symbol or reason)
    things = plural(count, "pozycja", "pozycje", "pozycji")
    told = Text(
        f"Do ponownego sprawdzenia: {count} {things}. Uruchom synchronizację.",
        f"{count} {'item' if count == 1 else 'items'} will be decided again. Start a synchronisation.",
    )
    tell(request, told)
    return go(request, "errors_of", channel, reason) if reason else go(request, "errors", channel)


SCREENS = (errors, errors_of)
