"""One request and its answer: how long a server wishes us to wait, answers that are none, places it names."""

import os
import subprocess
import sys

import httpx2
import pytest
import stamina

from pomost.transport.http import HttpClient, HttpFailure, retry_after

NOW = "Mon, 30 Nov 2026 10:00:00 GMT"


@pytest.fixture(autouse=True)
def _quick():
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


def client(answer, base="https://shop.example"):
    """A client of a server that is one function, and the requests that reached it."""
    asked = []

    def taken(request):
        asked.append(request)
        return answer(request) if callable(answer) else answer

    made = HttpClient(base, {}, sleep=lambda _: None)
    made._client = httpx2.Client(base_url=base, transport=httpx2.MockTransport(taken))
    return made, asked


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("7", 7.0),
        ("0", 0.0),
        ("999999999", 120.0),
        ("Mon, 30 Nov 2026 10:00:09 GMT", 9.0),
        ("Mon, 30 Nov 2026 11:00:09 +0100", 9.0),
        ("Mon, 30 Nov 2026 10:00:09", 9.0),
        ("Mon, 30 Nov 2026 10:00:09 -0000", 9.0),
        ("Monday, 30-Nov-26 10:00:09 GMT", 9.0),
        ("Mon Nov 30 10:00:09 2026", 9.0),
        ("Mon, 30 Nov 2026 09:00:00 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 120.0),
        ("Mon, 30 Nov 99999 10:00:00 GMT", None),
        ("soon", None),
        ("-5", None),
        ("²", None),
        ("", None),
    ],
)
def test_a_wish_to_be_asked_later_is_seconds_or_a_date_by_the_servers_clock(told, seconds):
    """Contract 0: "honour Retry-After"; RFC 9110 allows a date. It is held against `Date`: our clock may differ."""
    assert retry_after({"Retry-After": told, "Date": NOW}) == seconds


def test_a_date_without_a_time_zone_is_not_of_ours():
    """In a process whose own zone is Tokyo's."""
    headers = {"Retry-After": "Mon, 30 Nov 2026 10:00:09", "Date": NOW}
    asked = f"from pomost.transport.http import retry_after; print(retry_after({headers!r}))"
    there = {**os.environ, "TZ": "Asia/Tokyo"}
    told = subprocess.run([sys.executable, "-c", asked], env=there, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "9.0"


def test_without_the_servers_clock_a_date_is_held_against_ours():
    assert retry_after({"Retry-After": "Sat, 01 Jan 2000 00:00:00 GMT"}) == 0.0
    assert retry_after({"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT", "Date": "?"}) == 120.0
    assert retry_after({}) is None


def test_a_date_is_obeyed_between_two_tries(monkeypatch):
    waits = []
    monkeypatch.setattr("tenacity.nap.time.sleep", waits.append)
    later = httpx2.Response(503, headers={"Retry-After": "Mon, 30 Nov 2026 10:00:07 GMT", "Date": NOW})
    answers = iter([later, httpx2.Response(200, json={"data": []})])
    with stamina.set_testing(False):
        made, asked = client(lambda _: next(answers))
        assert made.get("/v1/offers").status == 200
    assert [int(one) for one in waits] == [7]
    assert len(asked) == 2


@pytest.mark.parametrize("status", [200, 201])
def test_an_answer_of_nothing_is_asked_for_again(status):
    """An empty 200 to a POST tells nothing of its items: it is repeated under the same key, like any garbled answer."""
    answers = iter([httpx2.Response(status), httpx2.Response(200, json={"results": []})])
    made, asked = client(lambda _: next(answers))
    assert made.post("/v1/offers:batch", {"items": []}, key="k1").body == {"results": []}
    assert [one.headers["Idempotency-Key"] for one in asked] == ["k1", "k1"]


@pytest.mark.parametrize("content", [b"", b"null", b"  ", b"<html>"])
def test_an_answer_that_stays_none_is_a_failure(content):
    made, asked = client(lambda _: httpx2.Response(200, content=content))
    with pytest.raises(HttpFailure) as raised:
        made.get("/v1/account")
    assert (raised.value.kind, raised.value.sent, len(asked)) == ("garbled", True, 3)


def test_where_nothing_need_be_told_nothing_is_an_answer():
    made, asked = client(lambda request: httpx2.Response(200 if request.method == "DELETE" else 204))
    assert made.delete("/v1/segments/a", {"If-Match": '"1"'}).status == 200
    assert made.put("/v1/segments/a", {}, {}).status == 204
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("base", "location", "asked_for"),
    [
        ("https://shop.example", "/v1/jobs/7", "https://shop.example/v1/jobs/7"),
        ("https://shop.example", "https://shop.example/v1/jobs/7?a=b", "https://shop.example/v1/jobs/7?a=b"),
        ("https://shop.example", "https://SHOP.example:443/v1/jobs/7", "https://shop.example/v1/jobs/7"),
        ("https://shop.example", "jobs/7", "https://shop.example/v1/jobs/7"),
        ("https://shop.example/api", "/api/v1/jobs/7", "https://shop.example/api/v1/jobs/7"),
        ("https://shop.example/api", "/v1/jobs/7", "https://shop.example/api/v1/jobs/7"),
    ],
)
def test_a_place_the_server_names_is_asked(base, location, asked_for):
    made, asked = client(lambda _: httpx2.Response(200, json={"status": "done"}), base)
    assert made.follow(location, "/v1/offers:batch").body == {"status": "done"}
    assert [str(one.url) for one in asked] == [asked_for]


@pytest.mark.parametrize(
    "location", ["", "https://other.example/v1/jobs/7", "http://shop.example/v1/jobs/7", "//other.example/v1/jobs/7"]
)
def test_a_place_beyond_the_shop_is_not_asked(location):
    """The key would go along."""
    made, asked = client(lambda _: httpx2.Response(200, json={}))
    with pytest.raises(HttpFailure):
        made.follow(location, "/v1/offers:batch")
    assert asked == []


def test_a_wait_hears_a_wish_to_stop_within_a_second():
    slept, heard = [], iter([None, None, RuntimeError("stop")])
    made = HttpClient("https://shop.example", {}, sleep=slept.append)

    def heed():
        wish = next(heard)
        if wish is not None:
            raise wish

    made.heed = heed
    with pytest.raises(RuntimeError):
        made.wait(60.5)
    assert slept == [1.0, 1.0]
    made.heed = lambda: None
    made.wait(2.5)
    assert slept[2:] == [1.0, 1.0, 0.5]
