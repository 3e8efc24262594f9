"""Sessions opened, taken over, kept alive and ended; every write passes through `writer` (sections 0 and 2)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct
from starlette.datastructures import Headers

from pomost.sandbox.esklep.fields import Line
from pomost.sandbox.esklep.session import HEARTBEAT_S, TTL_S, Area, AreaWork, Mode, Session
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.http.moments import moment_text
from pomost.sandbox.http.problems import Problem, invalid_at

Name = Annotated[str, Meta(min_length=1, max_length=200)]


class AreaMode(Struct, frozen=True, forbid_unknown_fields=True):
    area: Area
    mode: Mode


class OpenSession(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`protocol_version`, when it is told, must be of the shop's major version."""

    run_id: Name
    started_by: Literal["manual", "scheduler"]
    operator: Line
    host: Line
    areas: Annotated[tuple[AreaMode, ...], Meta(min_length=1)]
    takeover: bool = False
    reset_stamps: bool = False
    protocol_version: str | None = None


def open_session(shop: Shop, wish: OpenSession) -> dict[str, Any]:
    settings, now = shop.settings, shop.now()
    if wish.protocol_version is not None and _major(wish.protocol_version) != _major(settings.protocol_version):
        raise invalid_at("/protocol_version", "protocol-unsupported")
    names = [one.area for one in wish.areas]
    for index, name in enumerate(names):
        if name in names[:index]:
            raise invalid_at(f"/areas/{index}/area", "repeated")
        if name in {"files", "bundles"} and not shop.has(name):
            raise invalid_at(f"/areas/{index}/area", "capability-missing")
    held = present(shop)
    if held is not None:
        if not wish.takeover:
            raise Problem("sync-in-progress", holder=held.holder(now))
        held.end("superseded", now)
    shop.fence += 1
    session = Session(
        id=shop.next_id("ss"),
        fence=shop.fence,
        run_id=wish.run_id,
        started_by=wish.started_by,
        operator=wish.operator,
        host=wish.host,
        started_at=now,
        heartbeat_at=now,
        areas={one.area: AreaWork(one.mode) for one in wish.areas},
        reset_stamps=wish.reset_stamps,
    )
    shop.sessions[session.id] = shop.current = session
    return {
        "id": session.id,
        "fence": session.fence,
        "heartbeat_s": HEARTBEAT_S,
        "ttl_s": TTL_S,
        "started_at": moment_text(now),
        "areas": [
            {"area": one.area, "mode": one.mode, "confirmed_cursor": shop.cursors[one.area].confirmed_cursor}
            for one in wish.areas
        ],
    }


def present(shop: Shop) -> Session | None:
    """The open session, if there is one; a session older than the limit expires by being looked at."""
    held, now = shop.current, shop.now()
    if held is None or held.state != "open":
        return None
    if now - held.started_at > timedelta(hours=shop.settings.limits.session_hours):
        held.end("expired", now)
        return None
    return held


def named(shop: Shop, session_id: str) -> Session:
    found = shop.sessions.get(session_id)
    if found is None:
        raise Problem("not-found")
    present(shop)
    return found


def writer(shop: Shop, headers: Headers | Mapping[str, str], path_id: str | None = None) -> Session:
    """The session a write belongs to: it must be named, hold the newest fence and be open; the write is a heartbeat.

    `path_id` is the session an address speaks of, where it does; the headers must then name the same.
    """
    session_id, fence = headers.get("sync-session"), headers.get("sync-fence")
    if not session_id or not fence:
        raise Problem("session-required")
    if not fence.isascii() or not fence.isdigit():
        raise invalid_at("/Sync-Fence", "wrong-format")
    held = present(shop)
    session = shop.sessions.get(session_id)
    if session is None:
        raise Problem("session-closed")
    if min(int(fence), session.fence) < shop.fence:
        raise Problem("fence-lost", holder=None if held is None else held.holder(shop.now()))
    if int(fence) != session.fence or path_id not in {None, session_id}:
        raise invalid_at("/Sync-Fence", "session-mismatch")
    if session.state != "open":
        raise Problem("session-closed")
    session.heartbeat_at = shop.now()
    return session


def work_in(session: Session, *areas: str) -> AreaWork:
    """The session's work in the first of these areas that it covers."""
    for area in areas:
        if area in session.areas:
            return session.areas[area]
    raise Problem("area-not-in-session", area=areas[0])


def beat(shop: Shop, session: Session) -> dict[str, Any]:
    now: datetime = shop.now()
    return {
        "id": session.id,
        "fence": session.fence,
        "state": session.state,
        "alive": session.alive(now),
        "heartbeat_at": moment_text(session.heartbeat_at),
        "heartbeat_s": HEARTBEAT_S,
        "ttl_s": TTL_S,
    }


def _major(version: str) -> str:
    return version.split(".", maxsplit=1)[0]
