"""Tables of the panel: people, their sessions, one-time links that make accounts, and who changed what."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from pomost.panel.roles import Role


class User(AbstractBaseUser):
    """A person who signs in. `login` is kept in the form names are compared in (`model.text.alike`)."""

    login = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=20)
    language = models.CharField(max_length=2, default="pl")
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField()

    USERNAME_FIELD = "login"
    objects = BaseUserManager["User"]()

    def may(self, needed: Role) -> bool:
        return Role(self.role).covers(needed)

    @property
    def may_act(self) -> bool:
        """Start, approve, stop and try again."""
        return self.may(Role.OPERATOR)

    @property
    def may_set(self) -> bool:
        """Change settings and people."""
        return self.may(Role.OWNER)


class Session(AbstractBaseSession):
    """A signed-in browser; deleting the row signs it out. Its key is kept as `sessions.kept_as` makes it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")


class Invitation(models.Model):
    """A link that works once: it makes an account with `role`, or a new password for `user`.

    Only the digest of its token is kept.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    role = models.CharField(max_length=20)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True)
    by = models.CharField(max_length=100)
    created = models.DateTimeField()
    expires = models.DateTimeField()


class Event(models.Model):
    """Who did what and when. `facts`: what changed, as path, before and after; secrets never stand here."""

    at = models.DateTimeField()
    who = models.CharField(max_length=100)
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=64, default="")
    subject = models.CharField(max_length=200, default="")
    facts = models.JSONField(default=list)

    class Meta:
        indexes = [
            models.Index(fields=["-at"], name="event_by_time"),
            models.Index(fields=["channel", "-at"], name="event_by_channel"),
        ]
