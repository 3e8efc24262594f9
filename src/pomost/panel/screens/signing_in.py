"""Signing in and out, and choosing the language."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from pomost.model.text import Text, alike
from pomost.panel import sessions
from pomost.panel.events import Kind, note
from pomost.panel.models import User
from pomost.panel.refusals import refusal
from pomost.panel.screen import by_htmx, page, person, screen


class SignIn(AuthenticationForm):
    """Django's form; logins are compared without regard to letter case."""

    def clean_username(self) -> str:
        return alike(self.cleaned_data["username"])


@screen("sign-in/", see=None)
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignIn(request, request.POST or None)
    following = _inside(request, request.POST.get("next") or request.GET.get("next") or "/")
    if request.method == "POST" and form.is_valid():
        user = form.get_user()
        login(request, user)
        sessions.begin(request)
        note(user.get_username(), Kind.SIGNED_IN, subject=sessions.address(request))
        if by_htmx(request):
            return page(request, "signing_in/back.html", token=get_token(request))
        return redirect(following)
    template = "signing_in/dialog.html" if by_htmx(request) else "signing_in/page.html"
    first = not User.objects.exists()
    return page(request, template, 422 if form.is_bound else 200, form=form, next=following, first=first)


@screen("sign-out/", see=None)
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        logout(request)
    return redirect("sign_in")


@screen("language/", see=None)
def speak(request: HttpRequest) -> HttpResponse:
    """Change the language: for the person signed in, else for this browser."""
    chosen = "en" if request.POST.get("language") == "en" else "pl"
    answer = redirect(_inside(request, request.POST.get("next") or "/"))
    if request.user.is_authenticated:
        User.objects.filter(pk=person(request).pk).update(language=chosen)
    answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 24 * 3600, samesite="Lax", httponly=True)
    return answer


def locked_out(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """Too many wrong passwords in a row, as django-axes counts them."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    text = Text("Zbyt wiele nieudanych prób logowania.", "Too many failed attempts to sign in.")
    advice = Text(
        "Spróbuj ponownie za {minutes} minut albo poproś właściciela o nowe hasło.",
        "Try again in {minutes} minutes, or ask an owner for a new password.",
    )
    return refusal(request, 429, text, advice.fill(minutes=minutes))


def _inside(request: HttpRequest, address: str) -> str:
    """Only addresses of this panel are gone to."""
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else "/"


SCREENS = (sign_in, sign_out, speak)
