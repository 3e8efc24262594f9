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
