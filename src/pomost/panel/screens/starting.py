"""The one-time link: the first owner's account, an invited person's, or a new password."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib.auth import login, password_validation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from pomost.model.text import Text, alike
from pomost.panel import invitations, sessions
from pomost.panel.events import Kind, note
from pomost.panel.models import Invitation, User
from pomost.panel.refusals import refusal
from pomost.panel.roles import ROLE_RIGHTS, Role
from pomost.panel.screen import page, screen
from pomost.panel.templatetags.words import language

_BACKEND = "django.contrib.auth.backends.ModelBackend"


class Password(forms.Form):
    """A new password, typed twice; judged by Django's validators against the person it is for."""

    password = forms.CharField(widget=forms.PasswordInput, strip=False, max_length=200)
    again = forms.CharField(widget=forms.PasswordInput, strip=False, max_length=200)

    def __init__(self, *arguments: Any, owner: User | None = None) -> None:
        super().__init__(*arguments)
        self._owner = owner

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        first, second = told.get("password"), told.get("again")
        if first and second and first != second:
            text = Text("Hasła różnią się od siebie.", "The two passwords differ.")
            self.add_error("again", text.into(language()))
        if first:
            try:
                password_validation.validate_password(first, self._person(told))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return told

    def _person(self, told: dict[str, Any]) -> User:
        return self._owner or User(login=told.get("login", ""), name=told.get("name", ""))


class Account(Password):
    """A new person."""

    login = forms.CharField(max_length=100)
    name = forms.CharField(max_length=150)

    def clean_login(self) -> str:
        login_name = alike(self.cleaned_data["login"])
        if User.objects.filter(login=login_name).exists():
            text = Text("Ten login jest już zajęty.", "This login is taken.")
            raise forms.ValidationError(text.into(language()))
        return login_name


@screen("start/<str:token>/", see=None)
def start(request: HttpRequest, token: str) -> HttpResponse:
    invitation = invitations.found(token)
    if invitation is None:
        text = Text("Ten link już nie działa: był użyty albo minął jego czas.", "This link no longer works.")
        advice = Text(
            "Zaloguj się albo poproś właściciela o nowy link; pierwszy link wypisuje polecenie pomost serve.",
            "Sign in, or ask an owner for a new link; the first one is printed by `pomost serve`.",
        )
        return refusal(request, 410, text, advice)
    kind = Account if invitation.user is None else Password
    form = kind(request.POST or None, owner=invitation.user)
    if request.method == "POST" and form.is_valid() and invitations.used_up(invitation):
        user = _made(invitation, form.cleaned_data)
        login(request, user, backend=_BACKEND)
        sessions.begin(request)
        return redirect("channels")
    status = 422 if form.is_bound else 200
    told = ROLE_RIGHTS[Role(invitation.role)]
    return page(request, "starting/page.html", status, form=form, invitation=invitation, role_text=told)


def _made(invitation: Invitation, told: dict[str, Any]) -> User:
    user = invitation.user
    if user is None:
        user = User(login=told["login"], name=told["name"], role=invitation.role)
        user.created, user.language = datetime.now(UTC), language()
        kind = Kind.ACCOUNT_NEW
    else:
        sessions.end(user)
        kind = Kind.PASSWORD
    user.set_password(told["password"])
    user.save(update_fields=["password"] if user.pk else None)
    note(user.login, kind, subject=user.role)
    return user


SCREENS = (start,)
