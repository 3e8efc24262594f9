"""Versions of a channel's settings: who saved them, what changed, and back to an earlier one."""

from django.http import Http404, HttpRequest, HttpResponse

from pomost.app import differences
from pomost.model.text import Text
from pomost.panel.events import Kind, note
from pomost.panel.forms.reading import whole
from pomost.panel.hallway import pomost
from pomost.panel.roles import Role
from pomost.panel.saving import Version, newest, told
from pomost.panel.screen import go, page, person, screen, tell

_SHOWN = 50
_RESTORED = Text("Przywrócono wersję {old} jako wersję {new}.", "Restored version {old} as version {new}.")


@screen("channels/<str:channel>/versions/", act=Role.OWNER)
def versions(request: HttpRequest, channel: str) -> HttpResponse:
    """The newest fifty, each with what it changed; a POST restores the one named."""
    if request.method == "POST":
        return _restore(request, channel)
    found = [Version(*one) for one in pomost().settings_history(channel, _SHOWN + 1)]
    pairs = zip(found, [*found[1:], None], strict=True)
    rows = [(one, differences(older.document, one.document) if older else []) for one, older in pairs]
    return page(request, "versions/list.html", rows=rows[:_SHOWN], newest=found[0])


def _restore(request: HttpRequest, channel: str) -> HttpResponse:
    wanted = whole(request.POST.get("restore", ""))
    if wanted is None:
        raise Http404
    before = newest(channel).number
    number = pomost().restore_settings(channel, wanted, person(request).login)
    facts = told(pomost().settings_diff(channel, before, number))
    note(person(request).login, Kind.SETTINGS, channel=channel, subject=str(number), facts=facts)
    tell(request, _RESTORED.fill(old=wanted, new=number))
    return go(request, "versions", channel)


SCREENS = (versions,)
