"""A screen: its address, who may see it, who may act on it, and the view that shows it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from pomost.app import Fault
from pomost.model.text import Text
from pomost.panel import refusals
from pomost.panel.models import User
from pomost.panel.roles import Role
from pomost.panel.templatetags.words import language

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Screen:
    """What `urls` needs of a screen; `name` is what `{% url %}` calls it."""

    route: str
    name: str
    view: View


def screen(route: str, *, see: Role | None = Role.VIEWER, act: Role | None = None) -> Callable[[View], Screen]:
    """Make a view a screen. `see`: the role a GET needs, None for everybody; `act`: the one a POST needs.

    Faults of the operations it calls become pages that say what happened and what to do.
    """

    def made(view: View) -> Screen:
        @wraps(view)
        def guarded(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
            needed = see if request.method in {"GET", "HEAD"} else (act or see)
            if needed is not None:
                if not request.user.is_authenticated:
                    return _sign_in_first(request)
                if not person(request).may(needed):
                    return refusals.role(request, needed)
            try:
                return view(request, *arguments, **named)
            except Fault as fault:
                return refusals.fault(request, fault)

        return Screen(route, view.__name__, guarded)

    return made


def person(request: HttpRequest) -> User:
    """Who is signed in; only for screens that need a role."""
    return cast("User", request.user)


def page(request: HttpRequest, template: str, status: int = 200, **facts: Any) -> HttpResponse:
    """A template of the panel, e.g. `prices/tab.html`, filled with facts."""
    return render(request, f"panel/{template}", facts, status=status)


def by_htmx(request: HttpRequest) -> bool:
    """Whether a part of a page asks, not the browser for a whole one."""
    return request.headers.get("HX-Request") == "true"


def tell(request: HttpRequest, text: Text) -> None:
    """Say something at the head of the next page."""
    messages.success(request, text.into(language()))


def go(request: HttpRequest, name: str, *arguments: str, query: str = "") -> HttpResponse:
    """On to another screen, by its name; a form sent by htmx makes the browser load it as a whole page."""
    place = reverse(name, args=arguments) + (f"?{query}" if query else "")
    if by_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": place})
    return HttpResponse(status=302, headers={"Location": place})


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """A page leads to the sign-in page and back; a part of a page asks in a dialog, so that nothing typed is lost."""
    if by_htmx(request):
        answer = page(request, "signing_in/dialog.html", 401)
        answer["HX-Retarget"], answer["HX-Reswap"], answer["HX-Reselect"] = "#dialog", "innerHTML", "unset"
        return answer
    if request.method == "POST":
        return page(request, "signing_in/expired.html", 401)
    where = f"{reverse('sign_in')}?{urlencode({'next': request.get_full_path()})}"
    return HttpResponse(status=302, headers={"Location": where})
