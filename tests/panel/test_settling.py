"""Which document is an order's (decision tables 8.1-8.3): said in the panel by two buttons, and done by the next run."""

import pytest

from pomost.panel import hallway, lists
from pomost.panel.roles import Role
from tests.end_to_end.conftest import selling
from tests.end_to_end.stage import CHANNEL
from tests.panel.visitor import Visitor

__all__ = ["selling"]

NUMBER = "PO/556"
PAGE = f"/channels/{CHANNEL}/explain/order/?text={NUMBER}"
SETTLE = f"/channels/{CHANNEL}/orders/settle/"


@pytest.fixture
def waiting(selling):
    """An order that waits, for a clerk typed in a document of its number and payer with other goods."""
    with selling.clerk() as clerk:
        selling.typed = clerk.write_order(selling.people.key("LUNA"), [("S02", 1)], original_number=NUMBER)
    selling.placed = selling.place((1, 7), number=NUMBER)
    selling.run()
    hallway.enter(selling.pomost)
    lists.forget(CHANNEL)
    return selling


def acknowledged(stage):
    held = stage.order(stage.placed["id"])["acknowledgement"]
    return None if held is None else held["erp_document_id"]


@pytest.mark.parametrize(
    ("language", "this", "none"), [("pl", "To ten dokument", "Żaden"), ("en", "This is it", "None")]
)
def test_both_answers_are_offered_to_an_operator_and_none_to_a_viewer(waiting, language, this, none):
    page = Visitor(Role.OPERATOR, language=language, login="operator").get(PAGE)
    assert this in page.text
    assert none in page.text
    assert page.value_of("document") == str(waiting.typed)
    viewer = Visitor(Role.VIEWER, language=language, login="viewer")
    assert this not in viewer.get(PAGE).text
    viewer.post(SETTLE, {"order": waiting.placed["id"], "document": str(waiting.typed)})
    waiting.run()
    assert acknowledged(waiting) is None


def test_this_is_it(waiting):
    Visitor(Role.OPERATOR).post(SETTLE, {"order": waiting.placed["id"], "document": str(waiting.typed)})
    waiting.run()
    assert acknowledged(waiting) == str(waiting.typed)
    assert len(waiting.documents()) == 1


def test_none_of_them(waiting):
    Visitor(Role.OPERATOR).post(SETTLE, {"order": waiting.placed["id"]})
    waiting.run()
    assert acknowledged(waiting) not in {None, str(waiting.typed)}
    assert len(waiting.documents()) == 2
