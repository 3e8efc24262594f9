"""`pomost serve` over real HTTP: alone on this machine, and behind a server with HTTPS."""

import re

import httpx2
import pytest

from tests.panel.browser.rig import PASSWORD, Served

NAME = "pomost.firma.lan"
NEW = {"login": "szef", "name": "Jan Szef", "password": PASSWORD, "again": PASSWORD}
FORWARDED = {"Host": NAME, "X-Forwarded-For": "10.1.2.3", "X-Forwarded-Proto": "https"}


def made_owner(served, base, headers, scheme):
    """The first owner's account by the one-time link: the answer that signs in, and the page of the account."""
    with httpx2.Client(base_url=base, headers=headers) as client:
        form = client.get(served.link.split("/", 3)[3])
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form.text)[1]
        jar = {name: form.cookies[name] for name in form.cookies}
        sender = {"Cookie": "; ".join(f"{name}={value}" for name, value in jar.items())}
        origin = {"Origin": f"{scheme}://{headers.get('Host', base.split('/')[2])}"}
        data = {**NEW, "csrfmiddlewaretoken": token}
        signed_in = client.post(served.link.split("/", 3)[3], data=data, headers={**sender, **origin})
        jar |= {name: signed_in.cookies[name] for name in signed_in.cookies}
        cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in jar.items())}
        return form, signed_in, client.get("account/", headers=cookies)


@pytest.fixture
def serving(tmp_path):
    running = []

    def started(*words):
        running.append(Served(tmp_path / "home", *words))
        return running[-1]

    yield started
    for one in running:
        one.close()


def secure(answer):
    told = answer.headers.get_list("set-cookie")
    return {one.partition("=")[0]: "secure" in one.lower() for one in told}


def test_behind_https_links_and_cookies_are_of_https(serving):
    served = serving("--name", NAME)
    assert served.url == f"https://{NAME}/"
    assert served.link.startswith(f"https://{NAME}/start/")
    form, signed_in, page = made_owner(served, served.listens, FORWARDED, "https")
    assert signed_in.status_code == 302, signed_in.text
    told = {**secure(form), **secure(signed_in)}
    assert told
    assert set(told.values()) == {True}
    assert "10.1.2.3" in page.text, "people are told where they signed in from, not where the server before us is"


def test_alone_nobody_may_say_where_a_request_comes_from(serving):
    served = serving()
    assert served.url == served.listens
    form, signed_in, page = made_owner(
        served, served.url, {"X-Forwarded-For": "10.1.2.3", "X-Forwarded-Proto": "https"}, "http"
    )
    assert signed_in.status_code == 302, signed_in.text
    assert set({**secure(form), **secure(signed_in)}.values()) == {False}
    assert "127.0.0.1" in page.text
    assert "10.1.2.3" not in page.text


def test_a_name_nobody_gave_is_not_answered(serving):
    served = serving()
    assert httpx2.get(served.url, headers={"Host": NAME}).status_code == 400
