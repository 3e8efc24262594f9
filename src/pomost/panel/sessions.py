"""Sessions kept on the server, each knowing whose it is, so that they can be listed and ended."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.http import HttpRequest

from pomost.panel.models import Session, User

_SEEN_EVERY = timedelta(minutes=1)
_MARK = 16


class SessionStore(DatabaseSessions):
    """Django's sessions in the database, in a table of our own that holds no key, only what is made of it.

    Django keeps the cookie's own value there, and whoever reads the database, or a copy of it, is signed in as anybody.
    The panel is served by threads: of the methods that do not wait only the one that writes is needed, so that no key
    is ever written.
    """

    @classmethod
    def get_model_class(cls) -> type[Any]:
        return Session

    def load(self) -> dict[str, Any]:
        row = self.model.objects.filter(pk=kept_as(self.session_key), expire_date__gt=datetime.now(UTC)).first()
        if row is None:
            self._session_key = None
            return {}
        found: dict[str, Any] = self.decode(row.session_data)
        return found

    def exists(self, session_key: str) -> bool:
        return bool(super().exists(kept_as(session_key)))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.session_key, row.user_id = kept_as(row.session_key), data.get("_auth_user_id")
        return row

    async def acreate_model_instance(self, data: dict[str, Any]) -> Any:
        return self.create_model_instance(data)

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            super().delete(kept_as(key))


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
            found.append(SignedIn(row.session_key[:_MARK], told["address"], told["browser"], *moments))
    return sorted(found, key=lambda one: one.seen, reverse=True)


def kept_as(key: str | None) -> str:
    """What the database holds of a session's key: 160 bits, as many as the key has, and no way back."""
    return hashlib.blake2b((key or "").encode(), digest_size=20, person=b"pomost session").hexdigest()


def mark(key: str) -> str:
    """What a session is called in pages: whoever reads it cannot use the session."""
    return kept_as(key)[:_MARK]


def end(user: User, marked: str = "", *, but: str = "") -> int:
    """End one session of a person, or all of them `but` the one with this key. Returns how many."""
    keys = Session.objects.filter(user=user).exclude(session_key=kept_as(but)).values_list("session_key", flat=True)
    ended = [key for key in keys if marked in {"", key[:_MARK]}]
    return Session.objects.filter(pk__in=ended).delete()[0]


def clear() -> None:
    """Forget the sessions that have run out."""
    SessionStore.clear_expired()


def address(request: HttpRequest) -> str:
    """Where a request comes from. Headers of proxies are not believed: anybody can send them."""
    return str(request.META.get("REMOTE_ADDR") or "")
