"""Somebody who visits the panel without a browser: Django's own test client, signed in with a role."""

import html
import re
from datetime import UTC, datetime

from django.test import Client

from pomost.panel.models import User
from pomost.panel.roles import Role

PASSWORD = "Gruszki-na-wierzbie-7"


def account(login="szef", role=Role.OWNER, language="pl", password=""):
    """A person of the panel; hashing takes its time, so one who never types a password has none."""
    user = User(login=login, name=login.capitalize(), role=role, language=language, created=datetime.now(UTC))
    user.set_password(password) if password else user.set_unusable_password()
    user.save()
    return user


class Page:
    """An answer, and what a reader sees of it."""

    def __init__(self, answer):
        self.answer, self.status = answer, answer.status_code
        self.html = answer.content.decode() if not answer.streaming else ""

    @property
    def text(self):
        bare = re.sub(r"<(script|style)\b.*?</\1>", " ", self.html, flags=re.DOTALL)
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).split())

    @property
    def goes_to(self):
        return self.answer.headers.get("Location", "")

    def value_of(self, name):
        """The value of an input."""
        for tag in re.findall(r"<input[^>]*>", self.html):
            if f'name="{name}"' in tag:
                return html.unescape(re.search(r'value="([^"]*)"', tag)[1])
        raise AssertionError(f"there is no input {name}")


class Visitor:
    """One browser session of one person; `role` None: nobody signed in."""

    def __init__(self, role=Role.OWNER, language="pl", login=""):
        self.client = Client(SERVER_NAME="localhost", raise_request_exception=True)
        self.user = None
        if role is not None:
            self.user = account(login or f"{role}-{language}", role, language)
            self.client.force_login(self.user, backend="django.contrib.auth.backends.ModelBackend")

    def get(self, address, **headers):
        return Page(self.client.get(address, **headers))

    def post(self, address, data=None, **headers):
        return Page(self.client.post(address, data or {}, **headers))

    def save(self, address, **fields):
        """Send a form of settings as the page holds it now, with these fields changed; dots are written as __."""
        shown = self.get(address)
        return self.post(address, {"version": shown.value_of("version"), **dotted(fields)})


def dotted(fields):
    return {name.replace("__", "."): value for name, value in fields.items()}
