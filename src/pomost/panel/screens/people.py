"""People of the panel: who may do what, one-time links for new ones and for new passwords."""

from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse

from pomost.model.text import Text
from pomost.panel import invitations, sessions
from pomost.panel.events import Kind, note
from pomost.panel.forms.reading import whole
from pomost.panel.models import Invitation, User
from pomost.panel.refusals import refusal
from pomost.panel.roles import ROLE_NAMES, ROLE_RIGHTS, Role
from pomost.panel.screen import go, page, person, screen, tell
from pomost.panel.templatetags.words import language

_LAST_OWNER = Text("Musi zostać co najmniej jeden właściciel.", "There must be one owner at least.")
_CHANGED = Text("Zmieniono konto {login}.", "Changed the account {login}.")


@screen("people/", see=Role.OWNER)
def people(request: HttpRequest) -> HttpResponse:
    """A POST makes a link: for a new person with `role`, or a new password of `user`."""
    if request.method != "POST":
        return _page(request)
    user = _user(request.POST["user"]) if "user" in request.POST else None
    asked = request.POST.get("role", "")
    role = Role(user.role) if user else Role(asked) if asked in set(Role) else None
    if role is None:
        return refusal(
            request,
            422,
            Text("Nie wybrano roli.", "No role was chosen."),
            Text("Wróć i wybierz rolę.", "Go back and choose one."),
        )
    token = invitations.invite(role, person(request).login, user)
    note(person(request).login, Kind.INVITED, subject=user.login if user else role)
    link = request.build_absolute_uri(f"/start/{token}/")
    return _page(request, link=link, link_for=user.login if user else ROLE_NAMES[role].into(language()))


@screen("people/<int:ident>/", see=Role.OWNER)
def account(request: HttpRequest, ident: int) -> HttpResponse:
    """Another role for somebody, or an end to the account; its sessions end with it."""
    if request.method != "POST":
        return go(request, "people")
    with transaction.atomic():
        user = _user(str(ident))
        before = _state(user)
        asked = request.POST.get("role", user.role)
        user.role = asked if asked in set(Role) else user.role
        user.is_active = request.POST.get("active", "yes") == "yes"
        owners = User.objects.select_for_update().filter(role=Role.OWNER, is_active=True).exclude(pk=user.pk)
        if not (user.is_active and user.role == Role.OWNER) and not owners.exists():
            return refusal(
                request, 409, _LAST_OWNER, Text("Najpierw mianuj innego.", "Make somebody else an owner first.")
            )
        user.save(update_fields=["role", "is_active"])
        if not user.is_active or user.role != Role.OWNER:
            invitations.withdraw(user.login)
    if not user.is_active:
        sessions.end(user)
    now = _state(user)
    facts = [{"path": name, "before": before[name], "after": now[name]} for name in now if before[name] != now[name]]
    note(person(request).login, Kind.ACCOUNT_CHANGED, subject=user.login, facts=facts)
    tell(request, _CHANGED.fill(login=user.login))
    return go(request, "people")


def _page(request: HttpRequest, **facts: Any) -> HttpResponse:
    roles = [(role, ROLE_NAMES[role], ROLE_RIGHTS[role]) for role in Role]
    waiting = Invitation.objects.filter(expires__gt=datetime.now(UTC)).count()
    rows = list(User.objects.order_by("login"))
    return page(request, "people/list.html", rows=rows, roles=roles, waiting=waiting, **facts)


def _user(ident: str) -> User:
    number = whole(ident)
    found = None if number is None else User.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _state(user: User) -> dict[str, str]:
    return {"role": user.role, "active": "yes" if user.is_active else "no"}


SCREENS = (people, account)
