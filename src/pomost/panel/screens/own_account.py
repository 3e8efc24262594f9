"""One's own account: the password, and the browsers one is signed in with."""

from django import forms
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse

from pomost.model.text import Text
from pomost.panel import sessions
from pomost.panel.events import Kind, note
from pomost.panel.screen import go, page, person, screen, tell
from pomost.panel.screens.starting import Password
from pomost.panel.templatetags.words import language

_WRONG = Text("Obecne hasło jest inne.", "That is not the present password.")
_CHANGED = Text("Zmieniono hasło; inne sesje zakończono.", "The password is changed; other sessions have ended.")
_ENDED = Text("Zakończono sesję.", "The session has ended.")


class OwnPassword(Password):
    """A new password of one's own, and the present one."""

    present = forms.CharField(widget=forms.PasswordInput, strip=False, max_length=200)


@screen("account/")
def own_account(request: HttpRequest) -> HttpResponse:
    """A POST sets a new password."""
    form = OwnPassword(request.POST or None, owner=person(request))
    if request.method == "POST" and form.is_valid():
        if person(request).check_password(form.cleaned_data["present"]):
            person(request).set_password(form.cleaned_data["password"])
            person(request).save(update_fields=["password"])
            update_session_auth_hash(request, person(request))
            sessions.end(person(request), but=request.session.session_key or "")
            note(person(request).login, Kind.PASSWORD, subject=person(request).login)
            tell(request, _CHANGED)
            return go(request, "own_account")
        form.add_error("present", _WRONG.into(language()))
    rows = sessions.signed_in(person(request))
    status = 422 if form.is_bound else 200
    return page(
        request,
        "own_account/page.html",
        status,
        form=form,
        rows=rows,
        here=sessions.mark(request.session.session_key or ""),
    )


@screen("account/sessions/")
def end_session(request: HttpRequest) -> HttpResponse:
    """End one of one's own sessions, or all but this one."""
    if request.method == "POST":
        marked, here = request.POST.get("session", ""), request.session.session_key or ""
        ended = sessions.end(person(request), marked, but="" if marked else here)
        if ended:
            note(person(request).login, Kind.SESSIONS_ENDED, subject=person(request).login)
            tell(request, _ENDED)
    return go(request, "own_account")


SCREENS = (own_account, end_session)
