"""One-time links: the first owner's account, accounts of others, and new passwords."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from pomost.panel.models import Invitation, User
from pomost.panel.roles import Role

HOLDS = timedelta(hours=48)


def invite(role: Role, by: str, user: User | None = None) -> str:
    """The token of a new link; earlier links for the same person stop working."""
    now = datetime.now(UTC)
    Invitation.objects.filter(expires__lt=now).delete()
    if user is not None:
        Invitation.objects.filter(user=user).delete()
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(digest=_digest(token), role=role, user=user, by=by, created=now, expires=now + HOLDS)
    return token


def withdraw(by: str) -> None:
    """Links somebody made who may make none any more stop working."""
    Invitation.objects.filter(by=by).delete()


def found(token: str) -> Invitation | None:
    """The invitation behind a link that still works."""
    return Invitation.objects.filter(digest=_digest(token), expires__gt=datetime.now(UTC)).first()


def used_up(invitation: Invitation) -> bool:
    """Take the link out of use. False when somebody else was faster."""
    return Invitation.objects.filter(pk=invitation.pk).delete()[0] > 0


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
