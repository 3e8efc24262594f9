"""The mirror of the shop's catalogue: full and incremental readings, what nobody could read, and who becomes due."""

from dataclasses import replace

import pytest

from pomost.model.code import match_key
from tests.worlds import PACK, PIECE, World, ean, listed


@pytest.fixture
def world(either_store):
    return World()


@pytest.fixture
def catalogue(world):
    return world.channel().catalogue


def keyed(*products):
    return [(product, match_key(product.ean)) for product in products]


def ids(catalogue, *numbers):
    found = catalogue.matching(match_key(ean(number)) for number in numbers)
    return sorted(product.id for group in found.values() for product in group)


def full(catalogue, *pages, unreadable=(), cursor="c"):
    catalogue.start_over()
    for page in pages:
        catalogue.store(keyed(*page))
    catalogue.store([], unreadable)
    gone = catalogue.finish()
    catalogue.store([], (), cursor)
    return gone


def test_what_was_read_is_matched_by_code(catalogue):
    full(catalogue, [listed(1), listed(2)], [listed(3, (PIECE,))])
    assert ids(catalogue, 1, 3) == ["p1", "p3"]
    assert catalogue.count() == 3
    assert catalogue.cursor() == "c"
    (product,) = catalogue.matching([match_key(ean(3))])[match_key(ean(3))]
    assert product == listed(3, (PIECE,))


def test_what_a_full_reading_does_not_meet_is_gone(catalogue):
    full(catalogue, [listed(1), listed(2)])
    assert full(catalogue, [listed(1)]) == 1
    assert ids(catalogue, 1, 2) == ["p1"]
    assert catalogue.products(["p2"])["p2"][0].deleted


def test_what_nobody_could_read_stays_as_it_was_known(catalogue):
    full(catalogue, [listed(1), listed(2)])
    assert full(catalogue, [listed(1)], unreadable=["p2", "p9"]) == 0
    assert ids(catalogue, 1, 2) == ["p1", "p2"]


def test_an_incremental_reading_leaves_the_rest_alone(catalogue):
    full(catalogue, [listed(1), listed(2), listed(3)])
    catalogue.store(keyed(listed(4), replace(listed(2), deleted=True), listed(3, (PACK,))), (), "c2")
    assert ids(catalogue, 1, 2, 3, 4) == ["p1", "p3", "p4"]
    assert catalogue.cursor() == "c2"
    assert catalogue.matching([match_key(ean(3))])[match_key(ean(3))][0].units == (PACK,)


def test_a_reading_that_broke_off_deletes_nothing_and_has_no_cursor(catalogue):
    full(catalogue, [listed(1), listed(2)])
    catalogue.start_over()
    catalogue.store(keyed(listed(1)))
    assert catalogue.cursor() == "", "the next reading starts again"
    assert ids(catalogue, 1, 2) == ["p1", "p2"]
    assert full(catalogue, [listed(1), listed(2)]) == 0


def test_two_products_of_one_code_are_both_told(catalogue):
    full(catalogue, [listed(1), replace(listed(1), id="double")])
    assert ids(catalogue, 1) == ["double", "p1"]


def test_a_blank_code_matches_nothing(catalogue):
    full(catalogue, [replace(listed(1), ean="")])
    assert catalogue.matching([""]) == {}
    assert catalogue.count() == 1


def test_cards_under_old_and_new_codes_become_due(world, catalogue):
    sightings = world.channel().sightings
    full(catalogue, [listed(1), listed(2), listed(3)])
    sightings.note([(key, match_key(ean(key))) for key in range(1, 6)])
    sightings.settle([(key, b"p" * 32) for key in range(1, 6)])
    catalogue.store(keyed(replace(listed(1), ean=ean(5)), listed(2), listed(3, (PACK,))))
    assert sorted(sightings.due_keys()) == [1, 3, 5], "1 lost it, 5 got it, the packs of 3 changed, 2 is as it was"


def test_a_name_alone_makes_nobody_due(world, catalogue):
    sightings = world.channel().sightings
    full(catalogue, [listed(1)])
    sightings.note([(1, match_key(ean(1)))])
    sightings.settle([(1, b"p" * 32)])
    catalogue.store(keyed(replace(listed(1), name="Inna nazwa")))
    assert sightings.due_keys() == []


def test_a_gone_product_makes_its_card_due(world, catalogue):
    sightings = world.channel().sightings
    full(catalogue, [listed(1), listed(2)])
    sightings.note([(1, match_key(ean(1))), (2, match_key(ean(2)))])
    sightings.settle([(1, b"p" * 32), (2, b"p" * 32)])
    full(catalogue, [listed(1)])
    assert sightings.due_keys() == [2]


def test_thousands_of_products_are_kept(catalogue):
    full(catalogue, [listed(number) for number in range(1, 1501)])
    assert catalogue.count() == 1500
    assert full(catalogue, [listed(number) for number in range(1, 1401)]) == 100
