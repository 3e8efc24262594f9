"""Sightings: who is due, who is settled, who is gone, and whose neighbours; on both databases."""

import pytest

from tests.worlds import World


@pytest.fixture
def sightings(either_store):
    return World().channel().sightings


def due(sightings):
    return sorted((one.key, one.match_key, one.gone) for piece in sightings.due() for one in piece)


def settled(sightings, *rows):
    """Cards noted and settled: (key, code)."""
    sightings.note([(key, code) for key, code in rows])
    sightings.settle([(key, prints(key)) for key, _ in rows])


def prints(key, stock=b"s"):
    return bytes([key]) * 16 + stock * 16


def test_a_new_card_is_due_and_not_settled(sightings):
    sightings.note([(2, "x"), (1, "y")])
    assert due(sightings) == [(1, "y", False), (2, "x", False)]
    assert list(sightings.settled()) == []


def test_a_settled_card_is_not_due(sightings):
    settled(sightings, (2, "x"), (1, "y"))
    assert due(sightings) == []
    assert [(key, bytes(value)) for key, value in sightings.settled()] == [(1, prints(1)), (2, prints(2))]


def test_a_moved_card_keeps_its_fingerprints_until_it_is_settled_again(sightings):
    """A run that dies after noting must find the card moved again."""
    settled(sightings, (1, "x"))
    sightings.note([(1, "x")])
    assert due(sightings) == [(1, "x", False)]
    assert [bytes(value) for _, value in sightings.settled()] == [prints(1)]


def test_neighbours_by_the_old_and_by_the_new_code_become_due(sightings):
    settled(sightings, (1, "old"), (2, "old"), (3, "new"), (4, "else"))
    sightings.note([(1, "new")])
    assert due(sightings) == [(1, "new", False), (2, "old", False), (3, "new", False)]


def test_a_blank_code_has_no_neighbours(sightings):
    settled(sightings, (1, ""), (2, ""), (3, "x"))
    sightings.note([(1, "")])
    assert due(sightings) == [(1, "", False)]
    assert sightings.sharing(["", "x"]) == {"x": [3]}


def test_a_card_that_is_gone_is_due_once_and_its_neighbours_too(sightings):
    settled(sightings, (1, "x"), (2, "x"), (3, "y"))
    sightings.note_gone([1])
    assert due(sightings) == [(1, "", True), (2, "x", False)]
    assert [key for key, _ in sightings.settled()] == [2, 3]
    assert sightings.sharing(["x"]) == {"x": [2]}
    assert sightings.living() == 2
    sightings.forget([1, 2])
    assert due(sightings) == [(2, "x", False)], "only what is gone is forgotten"


def test_a_card_that_comes_back_lives_again(sightings):
    settled(sightings, (1, "x"))
    sightings.note_gone([1])
    sightings.note([(1, "x")])
    assert due(sightings) == [(1, "x", False)]
    assert sightings.living() == 1


def test_settings_make_every_card_due_once(sightings):
    settled(sightings, (1, "x"), (2, "y"))
    sightings.make_all_due("v1", force=False)
    assert len(due(sightings)) == 2
    sightings.settle([(1, prints(1)), (2, prints(2))])
    sightings.make_all_due("v1", force=False)
    assert due(sightings) == []
    sightings.make_all_due("v1", force=True)
    assert len(due(sightings)) == 2
    assert sightings.due_count() == 2


def test_stock_alone_may_be_settled(sightings):
    settled(sightings, (1, "x"), (2, "y"))
    sightings.note([(2, "y")])
    sightings.settle_stock([(1, bytes(16) + b"n" * 16), (2, bytes(16) + b"n" * 16)])
    assert {key: bytes(value) for key, value in sightings.settled()} == {1: prints(1, b"n"), 2: prints(2)}
    assert due(sightings) == [(2, "y", False)], "a card that is due stays due"


def test_cards_never_noted_can_be_decided_about(sightings):
    settled(sightings, (1, "x"))
    assert [(one.key, one.match_key) for one in sightings.as_due([1, 9])] == [(1, "x"), (9, "")]


def test_many_cards_come_in_pieces_and_in_order(sightings):
    sightings.note([(key, f"c{key}") for key in range(1201, 0, -1)])
    pieces = list(sightings.due())
    assert [len(piece) for piece in pieces] == [500, 500, 201]
    assert [one.key for piece in pieces for one in piece] == list(range(1, 1202))


def test_a_piece_may_be_settled_while_the_next_is_read(sightings):
    sightings.note([(key, "") for key in range(1, 1202)])
    seen = []
    for piece in sightings.due():
        seen += [one.key for one in piece]
        sightings.settle([(one.key, b"p" * 32) for one in piece])
    assert seen == list(range(1, 1202))
    assert due(sightings) == []


def test_channels_do_not_share_cards(sightings):
    settled(sightings, (1, "x"))
    other = World().channel().sightings
    other.note([(1, "x")])
    assert due(sightings) == []
    assert due(other) == [(1, "x", False)]
