"""Who gets in: the one-time link, sign-in, wrong passwords, roles, sessions that are ended, safe headers."""

import re
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.test import Client

from pomost.panel import invitations, sessions
from pomost.panel.events import Event
from pomost.panel.models import Session, User
from pomost.panel.roles import Role
from pomost.panel.screens import starting
from tests.panel.visitor import PASSWORD, Page, Visitor, account

NEW = {"login": "Szef", "name": "Jan Szef", "password": PASSWORD, "again": PASSWORD}


def nobody():
    return Visitor(None)


def test_the_first_link_makes_the_owner_and_works_once(hurt):
    link = f"/start/{invitations.invite(Role.OWNER, 'pomost serve')}/"
    visitor = nobody()
    assert "Załóż konto" in visitor.get(link).text
    assert visitor.post(link, NEW).goes_to == "/"
    user = User.objects.get()
    assert (user.login, user.role, user.password.split("$")[0]) == ("szef", "owner", "argon2")
    assert visitor.get("/").status == 200
    again = nobody().post(link, {**NEW, "login": "drugi"})
    assert (again.status, User.objects.count()) == (410, 1)
    assert "już nie działa" in again.text


def test_a_weak_or_differing_password_is_told_beside_its_field(hurt):
    link = f"/start/{invitations.invite(Role.OWNER, 'pomost serve')}/"
    for password, again, said in (
        ("abc", "abc", "10"),
        (PASSWORD, "inne-haslo-77", "różnią"),
        ("1234567890", "1234567890", "cyfr"),
    ):
        page = nobody().post(link, {**NEW, "password": password, "again": again})
        assert page.status == 422
        assert said in page.text
        assert page.value_of("login") == "Szef"
    assert User.objects.count() == 0


def test_pages_lead_to_sign_in_and_back(hurt):
    account(password=PASSWORD)
    visitor = nobody()
    assert (
        visitor.get("/channels/hurt/settings/goods/").goes_to
        == "/sign-in/?next=%2Fchannels%2Fhurt%2Fsettings%2Fgoods%2F"
    )
    page = visitor.post(
        "/sign-in/", {"username": "SZEF", "password": PASSWORD, "next": "/channels/hurt/settings/goods/"}
    )
    assert page.goes_to == "/channels/hurt/settings/goods/"
    assert Event.objects.get().kind == "signed-in"


def test_sign_in_leads_nowhere_outside(hurt):
    account(password=PASSWORD)
    page = nobody().post("/sign-in/", {"username": "szef", "password": PASSWORD, "next": "https://example.com/"})
    assert page.goes_to == "/"


def test_attempts_are_limited_also_for_the_right_password(hurt):
    account(password=PASSWORD)
    visitor = nobody()
    said = [
        visitor.post("/sign-in/", {"username": "szef", "password": "nie-to"}).status
        for _ in range(settings.AXES_FAILURE_LIMIT)
    ]
    assert said == [422] * (settings.AXES_FAILURE_LIMIT - 1) + [429]
    page = visitor.post("/sign-in/", {"username": "szef", "password": PASSWORD})
    assert page.status == 429
    assert "15 minut" in page.text
    account("inny", password=PASSWORD)
    assert nobody().post("/sign-in/", {"username": "inny", "password": PASSWORD}).status == 302


def test_a_switched_off_account_does_not_get_in(hurt):
    user = account(password=PASSWORD)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert nobody().post("/sign-in/", {"username": "szef", "password": PASSWORD}).status == 422


def test_a_session_that_is_ended_on_the_server_is_out_at_once(hurt):
    account(password=PASSWORD)
    one, two = nobody(), nobody()
    for visitor in (one, two):
        visitor.post("/sign-in/", {"username": "szef", "password": PASSWORD}, headers={"User-Agent": "Netscape 4"})
    assert one.get("/account/").text.count("Netscape 4") == 2
    keys = {visitor.client.session.session_key for visitor in (one, two)}
    assert not [key for key in keys if key in one.get("/account/").html], "whoever reads the page cannot use a session"
    (other,) = re.findall(r'name="session" value="(\w+)"', one.get("/account/").html)
    assert one.post("/account/sessions/", {"session": other}).status == 302
    assert two.get("/").goes_to.startswith("/sign-in/")
    assert one.get("/").status == 200


def test_nobody_ends_the_session_of_another(hurt):
    mine, other = Visitor(login="ja"), Visitor(login="inny")
    for name in (other.client.session.session_key, sessions.mark(other.client.session.session_key)):
        mine.post("/account/sessions/", {"session": name})
        assert other.get("/").status == 200


def test_sessions_that_have_run_out_are_forgotten(hurt):
    owner, old = Visitor(login="ja"), Visitor(login="dawny")
    Session.objects.filter(user=old.user).update(expire_date=datetime.now(UTC) - timedelta(minutes=1))
    sessions.clear()
    assert [one.user for one in Session.objects.all()] == [owner.user]


def test_a_wrong_present_password_is_told_beside_it(hurt):
    visitor = Visitor(login="ja")
    page = visitor.post("/account/", {"present": "nie-to", "password": PASSWORD + "x", "again": PASSWORD + "x"})
    assert page.status == 422
    assert 'id="e-present"' in page.html
    assert 'id="e-password"' not in page.html


def test_what_two_people_change_of_one_account_is_both_kept(hurt):
    """A new password does not undo a role given meanwhile."""
    jan = account("jan", Role.OPERATOR, PASSWORD)
    token = invitations.invite(Role.OPERATOR, "szef", jan)
    stale = invitations.found(token)
    assert stale.user.role == "operator"
    User.objects.filter(pk=jan.pk).update(role="viewer")
    starting._made(stale, {"password": PASSWORD + "x"})
    assert User.objects.get(pk=jan.pk).role == "viewer"


def test_links_of_somebody_who_is_no_owner_any_more_do_not_work(hurt, owner):
    other = account("drugi", Role.OWNER, PASSWORD)
    for facts in ({"role": "owner", "active": "no"}, {"role": "viewer", "active": "yes"}):
        token, mine = (invitations.invite(Role.OWNER, by) for by in ("drugi", owner.user.login))
        owner.post(f"/people/{other.pk}/", facts)
        assert (invitations.found(token), invitations.found(mine) is None) == (None, False)
        User.objects.filter(pk=other.pk).update(role="owner", is_active=True)
    told = [one.facts for one in Event.objects.filter(kind="account-changed").order_by("pk")]
    assert [[fact["path"] for fact in facts] for facts in told] == [["active"], ["role"]]


def test_a_new_password_ends_all_other_sessions(hurt):
    account(password=PASSWORD)
    one, two = nobody(), nobody()
    for visitor in (one, two):
        visitor.post("/sign-in/", {"username": "szef", "password": PASSWORD})
    fresh = "Wierzba-rosnie-nad-9"
    wrong = one.post("/account/", {"present": "nie-to", "password": fresh, "again": fresh})
    assert (wrong.status, "inne" in wrong.text) == (422, True)
    assert one.post("/account/", {"present": PASSWORD, "password": fresh, "again": fresh}).status == 302
    assert one.get("/").status == 200
    assert two.get("/").goes_to.startswith("/sign-in/")


def test_a_form_without_its_token_is_refused(owner, hurt):
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    strict.force_login(owner.user, backend="django.contrib.auth.backends.ModelBackend")
    page = Page(strict.post("/channels/hurt/settings/prices/", {"prices.level": "1", "version": "1"}))
    assert page.status == 403
    assert "Odśwież stronę" in page.text
    assert hurt.pomost.settings_history("hurt", 1)[0][0] == 1


def test_every_answer_carries_the_headers_that_keep_it_safe(owner):
    headers = owner.get("/channels/hurt/settings/prices/").answer.headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_another_host_name_is_refused(hurt):
    answer = Client(SERVER_NAME="evil.example").get("/sign-in/")
    assert answer.status_code == 400


def test_the_language_is_ones_own_and_stays(hurt):
    visitor = Visitor()
    assert "Channels" not in visitor.get("/").text
    visitor.post("/language/", {"language": "en", "next": "/"})
    page = visitor.get("/")
    assert "Channels" in page.text
    assert page.answer.headers["Content-Language"] == "en"
    assert 'lang="en"' in page.html


def test_the_last_owner_cannot_be_unmade(hurt, owner):
    page = owner.post(f"/people/{owner.user.pk}/", {"role": "viewer", "active": "yes"})
    assert page.status == 409
    assert "właściciel" in page.text
    assert owner.post(f"/people/{owner.user.pk}/", {"active": "no"}).status == 409
    assert owner.get("/people/").status == 200


def test_an_owner_invites_and_the_link_gives_that_role(hurt, owner):
    page = owner.post("/people/", {"role": "operator"})
    link = page.html.split('id="link"')[1].split('value="')[1].split('"')[0]
    visitor = nobody()
    visitor.post(link.removeprefix("http://localhost"), NEW)
    assert User.objects.get(login="szef").role == "operator"
    assert visitor.get("/people/").status == 403
    assert visitor.get("/").status == 200
