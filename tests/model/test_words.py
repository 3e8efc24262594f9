"""Words of the trade keep up with the trade: whatever has a name in code has its words in both languages, no more."""

import pytest

from pomost.app import OUTCOMES, Found
from pomost.model import request, words
from pomost.model.change import Kind, Part
from pomost.model.order import Stage
from pomost.model.product import PRODUCT_KINDS, ProductKind
from pomost.model.words import INBOX_PARTS, VALUES, part_called, valued
from pomost.rules.guard import Alarm
from pomost.rules.offering import Verdict
from pomost.store.journal import State
from pomost.store.links import LinkState


@pytest.mark.parametrize(
    ("table", "named"),
    [
        (words.STATES, State),
        (words.KINDS, Kind),
        (words.PARTS, Part),
        (words.ORDER_STATES, LinkState),
        (words.STAGES, Stage),
        (words.VERDICTS, Verdict),
        (words.ALARMS, Alarm),
        (words.FOUND, Found),
        (words.OUTCOMES, OUTCOMES),
        (words.SCOPES, ["", *request.SCOPES]),
        (PRODUCT_KINDS, ProductKind),
    ],
)
def test_whatever_has_a_name_has_its_words(table, named):
    assert set(table) == set(named)
    assert all(text.pl and text.en for text in table.values())


def test_kinds_of_product_are_told_alike_in_settings_and_as_values():
    assert {kind: VALUES[kind] for kind in ProductKind} == PRODUCT_KINDS


@pytest.mark.parametrize("text", ["sklep@example.com", "stan@KRA", "True@", "@", "", "{price}"])
def test_a_value_without_words_of_its_own_is_told_as_it_is(text):
    assert (valued(text).pl, valued(text).en) == (text, text)


def test_a_part_of_the_inbox_keeps_its_branch():
    assert part_called("stock:KRA").pl == f"{INBOX_PARTS['stock'].pl} KRA"
