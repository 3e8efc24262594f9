"""What every answer of the panel has: headers that keep it safe, the reader's language, a session that stays awake."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from pomost.panel.models import User
from pomost.panel.sessions import touch

Next = Callable[[HttpRequest], HttpResponse]

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Safety:
    """No script but ours, no frame around us, nothing kept by shared caches; behind HTTPS no cookie without it."""

    def __init__(self, get_response: Next) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self._next(request)
        answer.setdefault("Content-Security-Policy", _POLICY)
        answer.setdefault("X-Frame-Options", "DENY")
        answer.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        answer.setdefault("Cache-Control", "no-store")
        if request.is_secure():
            for cookie in answer.cookies.values():
                cookie["secure"] = True
        return answer


class Speaking:
    """The person's own language; before sign-in the one chosen in this browser; Polish otherwise."""

    def __init__(self, get_response: Next) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User):
            touch(request)
            language = user.language
        else:
            language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "pl")
        with translation.override("en" if language == "en" else "pl"):
            answer = self._next(request)
            answer.setdefault("Content-Language", translation.get_language() or "pl")
            return answer
