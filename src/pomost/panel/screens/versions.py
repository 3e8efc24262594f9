"""Versions of a channel's settings: who saved them, what changed, and back to an earlier one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from pomost.model.text import Text
from pomost.panel.hallway import pomost
from pomost.panel.roles import Role
from pomost.panel.saving import Version, changed, save
from pomost.panel.screen import go, page, person, screen, tell

_SHOWN = 100
_RESTORED = Text("Przywrócono wersję {old} jako wersję {new}.", "Restored version {old} as version {new}.")
# What a channel is, how it is reached and whether it is on is not what one goes back to an earlier version for.
_STAYS = ("channel", "erp", "shop")


@screen("channels/<str:channel>/versions/", act=Role.OWNER)
def versions(request: HttpRequest, channel: str) -> HttpResponse:
    """The newest hundred, each with what it changed; a POST restores the one named."""
    found = [Version(*one) for one in pomost().settings_history(channel, _SHOWN + 1)]
    if request.method == "POST":
        return _restore(request, channel, found)
    pairs = zip(found, [*found[1:], None], strict=True)
    rows = [(one, list(changed(older.document, one.document)) if older else []) for one, older in pairs]
    return page(request, "versions/list.html", rows=rows[:_SHOWN], newest=found[0])


def _restore(request: HttpRequest, channel: str, found: list[Version]) -> HttpResponse:
    wanted = request.POST.get("restore", "")
    old = next((one for one in found if str(one.number) == wanted), None)
    if old is None:
        raise Http404
    newest = found[0]
    parts: dict[str, Any] = {
        name: old.document.get(name, [] if name == "branches" else {})
        for name in {*old.document, *newest.document}
        if name not in _STAYS
    }
    saved = save(channel, parts, {}, newest.number, person(request).login)
    told = _RESTORED.fill(old=old.number, new=saved.number)
    tell(request, told)
    return go(request, "versions", channel)


SCREENS = (versions,)
