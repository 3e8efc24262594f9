"""Pages as servers give them, good and bad."""

import pytest

from pomost.transport.paging import Paging


class Garbled(Exception):
    """What a connector would make a fault of."""


def page(rows, following=None, **more):
    return {"data": rows, "page": {"next_cursor": following, "has_more": following is not None, **more}}


def walk(*bodies):
    """Rows read, and what broke the list off ("" where it ended, "?" where it goes on)."""
    paging, rows = Paging(Garbled), []
    for body in bodies:
        try:
            rows += paging.take(body)
        except Garbled as error:
            return rows, str(error)
        if paging.cursor is None:
            return rows, ""
    return rows, "?"


@pytest.mark.parametrize(
    ("bodies", "rows", "end"),
    [
        ([page([1, 2], "a"), page([3])], [1, 2, 3], ""),
        ([page([])], [], ""),
        ([{"data": [1]}], [1], ""),
        ([{"data": [1], "page": None}], [1], ""),
        ([{"data": [1], "page": {"next_cursor": "a"}}], [1], "?"),
        ([page([1], "a", has_more=False)], [1], ""),
        ([page([], "a"), page([1], "b"), page([2], "", has_more=False)], [1, 2], ""),
        ([page([1], has_more=True)], [], "cursor"),
        ([page([1], "", has_more=True)], [], "cursor"),
        ([page([1], 7)], [], "cursor"),
        ([page([1], ["a"])], [], "cursor"),
        ([page([1], "a"), page([2], "a")], [1], "cursor"),
        ([page([1], "a"), page([2], "b"), page([3], "a")], [1, 2], "cursor"),
        ([page([1], "a"), page([1], "b"), page([2])], [1, 1, 2], ""),
        ([page([1], one) for one in "abcdef"], [1, 1, 1], "page"),
        ([page([], one) for one in "abcdef"], [], "?"),
        ([{"page": {}}], [], "page"),
        ([{"data": {"1": 1}}], [], "page"),
        ([{"data": [1], "page": [1]}], [], "page"),
    ],
)
def test_a_list_ends_where_it_ends_and_never_goes_round(bodies, rows, end):
    assert walk(*bodies) == (rows, end)


def test_a_short_list_that_starts_again_and_again_is_no_circle():
    paging = Paging(Garbled)
    for _ in range(4):
        assert paging.take(page([1], "a")) == [1]
        paging.start_again()


def test_an_expired_cursor_starts_again_and_may_meet_the_same_cursors():
    paging = Paging(Garbled)
    paging.take(page([1], "a"))
    paging.start_again()
    assert paging.cursor == ""
    assert [paging.take(page([1], "a")), paging.cursor] == [[1], "a"]
    assert [paging.take(page([2])), paging.cursor] == [[2], None]
