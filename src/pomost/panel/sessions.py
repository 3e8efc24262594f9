"""Sessions kept on the server, each knowing whose it is, so that they can be listed and ended."""

import hashlib
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
    """One browser somebody is signed in with. `mark` tells it from others and opens nothing."""

    mark: str
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
            found.append(SignedIn(mark(row.session_key), told["address"], told["browser"], *moments))
    return sorted(found, key=lambda one: one.seen, reverse=True)


def mark(key: str) -> str:
    """What a session is called in pages: whoever reads it cannot use the session."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def end(user: User, marked: str = "", *, but: str = "") -> int:
    """End one session of a person, or all of them `but` the one with this key. Returns how many."""
    keys = Session.objects.filter(user=user).exclude(session_key=but).values_list("session_key", flat=True)
    ended = [key for key in keys if marked in {"", mark(key)}]
    return Session.objects.filter(pk__in=ended).delete()[0]


def clear() -> None:
    """Forget the sessions that have run out."""
    SessionStore.clear_expired()


def address(request: HttpRequest) -> str:
    """Where a request comes from. Headers of proxies are not believed: anybody can send them."""
    return str(request.META.get("REMOTE_ADDR") or "")
