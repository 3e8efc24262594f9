"""Who reads the database, or a copy of it, is signed in as nobody: what lies on disk opens nothing."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from pomost.app.logs import start_logging
from pomost.panel import invitations, sessions
from pomost.panel.events import Kind, note
from pomost.panel.models import Event, Invitation, Session
from pomost.panel.roles import Role
from pomost.panel.server import Panel
from pomost.store.database import close_store, open_store
from tests.panel.visitor import PASSWORD, Visitor, account
from tests.walking import places_of


def nobody():
    return Visitor(role=None)


def signed_in(hurt):
    """Somebody who signed in with a password, as everybody does."""
    account(password=PASSWORD)
    visitor = nobody()
    assert visitor.post("/sign-in/", {"username": "szef", "password": PASSWORD}).status == 302
    assert visitor.get("/account/").status == 200
    return visitor


def cells(hurt):
    """Every text in every table, and every word of it that could be a key."""
    close_store()
    with closing(sqlite3.connect(hurt.home / "data" / "pomost.db")) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [row for table in tables for row in connection.execute(f'SELECT * FROM "{table}"')]
    texts = {str(cell) for row in rows for cell in row if isinstance(cell, str)}
    return texts | {word for text in texts for word in re.findall(r"[\w-]{20,}", text)}


def test_the_cookie_of_a_session_is_nowhere_on_disk_and_nothing_there_is_a_cookie(hurt):
    visitor = signed_in(hurt)
    key = visitor.client.cookies["pomost"].value
    found = cells(hurt)
    assert sessions.kept_as(key) in found
    assert places_of(hurt.home, key) == set()
    for text in found:
        other = Client(SERVER_NAME="localhost")
        other.cookies["pomost"] = text.replace("\n", " ")[:200]
        assert other.get("/account/").headers.get("Location", "").startswith("/sign-in/"), text
    assert visitor.get("/account/").status == 200


def test_a_session_lives_its_life_under_its_digest(hurt):
    visitor = signed_in(hurt)
    key = visitor.client.session.session_key
    (row,) = Session.objects.all()
    assert (row.session_key, row.user.login) == (sessions.kept_as(key), "szef")
    assert len(row.session_key) == 40
    store = sessions.SessionStore(key)
    assert store.exists(key)
    assert not store.exists(row.session_key)
    assert store.load()["_auth_user_id"] == str(row.user_id)
    store.cycle_key()
    assert [one.session_key for one in Session.objects.all()] == [sessions.kept_as(store.session_key)]
    store.flush()
    assert Session.objects.count() == 0
    assert sessions.SessionStore(key).load() == {}
    assert sessions.SessionStore(None).load() == {}


def test_signing_out_ends_the_row(hurt):
    visitor = signed_in(hurt)
    key = visitor.client.cookies["pomost"].value
    visitor.post("/sign-out/")
    assert Session.objects.count() == 0
    again = Client(SERVER_NAME="localhost")
    again.cookies["pomost"] = key
    assert again.get("/account/").headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("of_somebody", [False, True])
def test_one_time_links_are_nowhere_on_disk(hurt, of_somebody):
    user = account(password=PASSWORD) if of_somebody else None
    token = invitations.invite(Role.OWNER, "szef", user)
    (row,) = Invitation.objects.all()
    found = cells(hurt)
    assert row.digest in found
    assert places_of(hurt.home, token) == set()
    for text in found:
        assert invitations.found(text) is None
        if re.fullmatch(r"[\w.-]+", text):
            assert nobody().get(f"/start/{text}/").status == 410, text
    assert invitations.found(token) == row


def test_the_log_does_not_hold_a_link_that_still_works(hurt):
    """A form that comes back is told by the server's own log, with the address it was sent to."""
    start_logging(hurt.home / "logs", "DEBUG")
    panel = Panel(hurt.pomost, hurt.home)
    panel.close()
    token = invitations.invite(Role.OWNER, "szef")
    wrong = {"login": "ja", "name": "Ja", "password": "krotkie", "again": "krotkie"}
    assert nobody().post(f"/start/{token}/", wrong).status == 422
    assert nobody().get(f"/start/{token}x/").status == 410
    said = (hurt.home / "logs" / "pomost.log").read_text(encoding="utf-8")
    assert "/start/***" in said
    assert token not in said
    assert invitations.found(token) is not None


def test_what_was_typed_as_a_password_is_nowhere_on_disk(hurt):
    """Attempts that failed are counted; what was typed is not kept."""
    typed = "Zapomniane-haslo-99"
    account(password=PASSWORD)
    for _ in range(6):
        nobody().post("/sign-in/", {"username": "szef", "password": typed})
    close_store()
    assert places_of(hurt.home, typed) == set()
    assert places_of(hurt.home, PASSWORD) == set()


def test_sessions_and_keys_an_earlier_program_kept_are_gone(hurt):
    """Its session keys would still sign in, and its audit log shows keys that were typed into the address."""
    url, key, secret = (
        f"sqlite:///{hurt.home / 'data' / 'pomost.db'}",
        "a" * 16 + "0123456789bcdefg",
        "mst_0123456789abcdef",
    )
    open_store(url)
    call_command("migrate", "panel", "0001", verbosity=0)
    user = account()
    later = datetime.now(UTC) + timedelta(hours=1)
    Session.objects.create(session_key=key, session_data="x", expire_date=later, user=user)
    good, bad = "https://sklep.example/api", f"https://sklep.example/?token={secret}"
    facts = [
        {"path": "shop.address", "before": good, "after": secret},
        {"path": "shop.address", "before": bad, "after": ""},
    ]
    note("szef", Kind.SETTINGS, channel="hurt", facts=[*facts, {"path": "prices.level", "before": "1", "after": "2"}])
    assert places_of(hurt.home, secret) >= {"panel_event.facts"}
    open_store(url)
    assert Session.objects.count() == 0
    close_store()
    assert places_of(hurt.home, key) == places_of(hurt.home, secret) == set()
    open_store(url)
    kept = Event.objects.get().facts
    assert [(one["before"], one["after"]) for one in kept] == [(good, "•••"), ("•••", ""), ("1", "2")]
