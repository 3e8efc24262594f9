"""Batches that a server cannot take whole, and answers that do not fit their items."""

import pytest

from pomost.transport.batches import Batches, detail_of
from pomost.transport.http import Answer, HttpFailure

NAMES = [("b/1", "1"), ("b/2", "2"), ("b/3", "3")]


class Server:
    """Answers batches by a function of their items, and remembers them."""

    def __init__(self, answering):
        self.answering, self.asked, self.keys = answering, [], []

    def post(self, _path, body, *, key, splittable, headers):
        assert headers == {"X-Fence": "7"}
        items = [one["n"] for one in body["items"]]
        self.asked.append(items)
        self.keys.append(key)
        status = self.answering(items)
        if isinstance(status, str):
            raise HttpFailure(status, "", sent=True)
        return Answer(status, {}, {"splittable": splittable})


def post(server, count, batches=None):
    batches = batches or Batches(server, 500)
    items = [{"n": number} for number in range(count)]
    return [
        ([one["n"] for one in part], answer.status) for part, answer in batches.post("/x", items, "1", {"X-Fence": "7"})
    ]


@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_batch_refused_whole_is_halved_until_the_bad_item_stands_alone(status):
    server = Server(lambda items: status if 5 in items else 200)
    assert post(server, 8) == [([0, 1, 2, 3], 200), ([4], 200), ([5], status), ([6, 7], 200)]
    assert len({*server.keys}) == len(server.keys), "every part is a request of its own"


@pytest.mark.parametrize("slow", [408, 504, "timeout"])
def test_a_server_too_slow_gets_less_and_that_is_remembered(slow):
    server = Server(lambda items: slow if len(items) > 12 else 200)
    batches = Batches(server, 500)
    assert [len(part) for part, _ in post(server, 40, batches)] == [10, 10, 10, 10]
    assert batches.largest == 10


@pytest.mark.parametrize("slow", [504, "timeout"])
def test_a_server_too_slow_for_a_handful_is_not_there(slow):
    server = Server(lambda _: slow)
    if slow == "timeout":
        with pytest.raises(HttpFailure):
            post(server, 9)
    else:
        assert post(server, 9) == [([*range(9)], slow)]
    assert server.asked == [[*range(9)]]


def test_the_same_attempt_again_is_the_same_request():
    server = Server(lambda _: 200)
    post(server, 3)
    post(server, 3)
    assert server.keys[0] == server.keys[1]


@pytest.mark.parametrize("status", [401, 404, 409, 500])
def test_other_refusals_are_not_halved(status):
    assert post(Server(lambda _: status), 40) == [([*range(40)], status)]


class Slow(Server):
    """Accepts batches and works on them elsewhere: `told` are its answers about that, one after another."""

    def __init__(self, *told, location="/v1/jobs/7"):
        super().__init__(lambda _: 202)
        self.told, self.location, self.places, self.waits = iter(told), location, [], []

    def post(self, *what, **more):
        answer = super().post(*what, **more)
        return Answer(answer.status, {"Location": self.location}, {"id": "7", "status": "running"})

    def follow(self, location, asked):
        assert asked == "/x"
        self.places.append(location)
        status, facts, *headers = next(self.told)
        return Answer(status, headers[0] if headers else {}, facts)

    def wait(self, seconds):
        self.waits.append(seconds)


RUNNING, DONE = (200, {"status": "running"}), (200, {"status": "done", "results": []})


def test_a_batch_that_was_accepted_is_followed_to_its_end():
    """Contract 17: `running`: ask again after Retry-After, without it by a back-off from 1 s; `done` has the results."""
    server = Slow((*RUNNING, {"Retry-After": "7"}), RUNNING, (200, {"status": "paused"}), RUNNING, DONE)
    assert post(server, 3) == [([0, 1, 2], 200)]
    assert server.places == ["/v1/jobs/7"] * 5
    assert server.waits == [1.0, 7.0, 4.0, 8.0, 16.0]
    assert len(server.asked) == 1, "what is being worked on is not sent again"


@pytest.mark.parametrize("status", [404, 410])
def test_a_batch_whose_place_is_gone_is_sent_again_under_the_same_key(status):
    server = Slow(RUNNING, (status, {}), DONE)
    assert post(server, 3) == [([0, 1, 2], 200)]
    assert server.asked == [[0, 1, 2]] * 2
    assert len(set(server.keys)) == 1


def test_patience_ends_and_the_result_is_not_known():
    server = Slow(*[RUNNING] * 1000)
    with pytest.raises(HttpFailure) as raised:
        post(server, 3)
    assert (raised.value.kind, raised.value.sent) == ("unfinished", True)
    assert "/v1/jobs/7: 600 s" in raised.value.detail
    assert 500 < sum(server.waits) <= 600


def test_a_place_that_is_gone_again_and_again_ends_patience_too():
    server = Slow(*[(404, {})] * 1000)
    with pytest.raises(HttpFailure):
        post(server, 3)
    assert sum(server.waits) <= 600


@pytest.mark.parametrize("status", [403, 422, 429, 500])
def test_a_refused_question_says_nothing_of_the_batch(status):
    with pytest.raises(HttpFailure) as raised:
        post(Slow((status, {"code": "validation-failed"})), 3)
    assert (raised.value.kind, raised.value.sent) == ("unfinished", True)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([(0, "b/1"), (1, "b/2"), (2, "b/3")], [0, 1, 2]),
        ([(2, "b/3"), (0, "b/1")], [0, None, 2]),
        ([(0, "1"), (1, None), (2, "opaque")], [0, 1, 2]),
        ([(0, "b/2"), (1, "b/1"), (2, "b/3")], [None] * 3),
        ([(0, "2"), (1, "b/2")], [None] * 3),
        ([(0, "late"), (1, "b/2")], [None] * 3),
        ([(0, "b/1"), (3, "b/4")], [None] * 3),
        ([(-1, "b/3")], [None] * 3),
        ([(0, ["b/1"]), (1, {"id": "b/2"})], [0, 1, None]),
        ([("0", "b/1"), (None, "b/2")], [None] * 3),
        (["?", None, 7], [None] * 3),
        ("?", [None] * 3),
        (None, [None] * 3),
    ],
)
def test_answers_are_held_against_the_items(rows, told):
    batches = Batches(None, 500)
    batches.told([], [("late",)], "id", lambda row: row)
    if isinstance(rows, list):
        rows = [{"index": row[0], "id": row[1], "status": 200} if isinstance(row, tuple) else row for row in rows]
    assert batches.told(rows, NAMES, "id", lambda row: row["index"]) == told


def test_an_item_told_of_twice_differently_stays_in_doubt():
    rows = [{"index": 0, "status": status} for status in (200, 422, 200)]
    batches = Batches(None, 500)
    assert batches.told(rows, NAMES[:1], "id", lambda row: row["status"]) == [None]
    assert batches.told(rows[::2], NAMES[:1], "id", lambda row: row["status"]) == [200]


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        ({"detail": "Zły VAT", "errors": [{"pointer": "/vat_rate", "code": "bad"}, 7]}, "Zły VAT; /vat_rate bad"),
        ({"title": "Nie", "errors": "?"}, "Nie"),
        ({}, ""),
    ],
)
def test_what_a_problem_says(problem, said):
    assert detail_of(problem) == said
