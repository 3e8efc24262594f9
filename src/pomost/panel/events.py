"""The audit log: who did what and when."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from pomost.model.text import Text
from pomost.panel.models import Event


class Kind(StrEnum):
    """What is noted. New kinds of doing get a line here and in KINDS."""

    SETTINGS = "settings"
    CHANNEL_NEW = "channel-new"
    CHANNEL_REMOVED = "channel-removed"
    CHANNEL_ON = "channel-on"
    CHANNEL_OFF = "channel-off"
    ACCOUNT_NEW = "account-new"
    ACCOUNT_CHANGED = "account-changed"
    PASSWORD = "password"  # noqa: S105  (a kind of event)
    INVITED = "invited"
    SIGNED_IN = "signed-in"
    SESSIONS_ENDED = "sessions-ended"
    RUN = "run"
    PREVIEW = "preview"
    APPROVE = "approve"
    ROLLBACK = "rollback"
    CANCEL = "cancel"
    RETRY = "retry"
    ORDER_SETTLED = "order-settled"


KINDS = {
    Kind.SETTINGS: Text("zmiana ustawień", "settings changed"),
    Kind.CHANNEL_NEW: Text("nowy kanał", "new channel"),
    Kind.CHANNEL_REMOVED: Text("usunięcie kanału", "channel removed"),
    Kind.CHANNEL_ON: Text("włączenie kanału", "channel switched on"),
    Kind.CHANNEL_OFF: Text("wyłączenie kanału", "channel switched off"),
    Kind.ACCOUNT_NEW: Text("nowe konto", "new account"),
    Kind.ACCOUNT_CHANGED: Text("zmiana konta", "account changed"),
    Kind.PASSWORD: Text("zmiana hasła", "password changed"),
    Kind.INVITED: Text("zaproszenie", "invitation"),
    Kind.SIGNED_IN: Text("logowanie", "signed in"),
    Kind.SESSIONS_ENDED: Text("zakończenie sesji", "sessions ended"),
    Kind.RUN: Text("uruchomienie synchronizacji", "synchronisation started"),
    Kind.PREVIEW: Text("uruchomienie podglądu", "preview started"),
    Kind.APPROVE: Text("zatwierdzenie zmian", "changes approved"),
    Kind.ROLLBACK: Text("cofnięcie synchronizacji", "synchronisation rolled back"),
    Kind.CANCEL: Text("zatrzymanie synchronizacji", "synchronisation stopped"),
    Kind.RETRY: Text("ponowienie błędnych pozycji", "failed items tried again"),
    Kind.ORDER_SETTLED: Text("wskazanie dokumentu zamówienia", "document of an order named"),
}


def note(who: str, kind: Kind, *, channel: str = "", subject: str = "", facts: Iterable[dict[str, Any]] = ()) -> None:
    """Remember a deed. `facts`: dicts of `path`, `before`, `after`, secrets already left out."""
    Event.objects.create(at=datetime.now(UTC), who=who, kind=kind, channel=channel, subject=subject, facts=list(facts))
