"""Sessions kept on the server, each knowing whose it is, so that they can be listed and ended."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.http import HttpRequest

from pomost.panel.models import Session, User

_SEEN_EVERY = timedelta(minutes=1)


class SessionStore(DatabaseSessions):
    """Django's sessions in the database, in a table of our own."""

    @classmethod
    def get_model_class(cls) -> type[Any]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.user_id = data.get("_auth_user_id")
        return row


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One browser somebody is signed in with."""

    key: str
    address: str
    browser: str
    since: datetime
    seen: datetime


def begin(request: HttpRequest) -> None:
    """Note where a session that just began comes from."""
    now = datetime.now(UTC).isoformat()
    request.session["from"] = {
        "address": address(request),
        "browser": request.headers.get("User-Agent", "")[:300],
        "since": now,
    }
    request.session["seen"] = now


def touch(request: HttpRequest) -> None:
    """Note that a session is in use, at most once a minute; this also puts off its end."""
    now = datetime.now(UTC)
    seen = request.session.get("seen")
    if seen is not None and now - datetime.fromisoformat(seen) > _SEEN_EVERY:
        request.session["seen"] = now.isoformat()


def signed_in(user: User) -> list[SignedIn]:
    """Sessions of a person that still hold, the one used last first."""
    found = []
    for row in Session.objects.filter(user=user, expire_date__gt=datetime.now(UTC)):
        data = SessionStore().decode(row.session_data)
        told, seen = data.get("from", {}), data.get("seen")
        if told and seen:
            moments = (datetime.fromisoformat(told["since"]), datetime.fromisoformat(seen))
            found.append(SignedIn(row.session_key, told["address"], told["browser"], *moments))
    return sorted(found, key=lambda one: one.seen, reverse=True)


def end(user: User, key: str = "", *, but: str = "") -> int:
    """End one session of a person, or all of them `but` one. Returns how many."""
    rows = Session.objects.filter(user=user).exclude(session_key=but)
    return (rows.filter(session_key=key) if key else rows).delete()[0]


def address(request: HttpRequest) -> str:
    """Where a request comes from. Headers of proxies are not believed: anybody can send them."""
    return str(request.META.get("REMOTE_ADDR") or "")
