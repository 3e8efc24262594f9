"""Statuses sent back: only forward, never over a final one, nothing for a stage without a status."""

import pytest

from pomost.model.order import OrderStatus, Stage
from pomost.model.reason import Finding, Reason
from pomost.rules.progress import judge_statuses, wanted_statuses, way

STATUSES = (
    OrderStatus("new", "Nowe", final=False, following=("accepted", "in_progress", "cancelled")),
    OrderStatus("accepted", "Przyjęte", final=False, following=("in_progress", "completed", "cancelled")),
    OrderStatus("in_progress", "W realizacji", final=False, following=("completed", "cancelled")),
    OrderStatus("completed", "Zrealizowane", final=True),
    OrderStatus("cancelled", "Anulowane", final=True),
)
MAPPING = {Stage.OPEN: "accepted", Stage.PARTLY: "in_progress", Stage.INVOICED: "completed", Stage.DELETED: "cancelled"}


@pytest.mark.parametrize(
    ("stage", "current", "sent"),
    [
        (Stage.OPEN, "new", ("accepted",)),
        (Stage.PARTLY, "accepted", ("in_progress",)),
        (Stage.INVOICED, "in_progress", ("completed",)),
        (Stage.INVOICED, "accepted", ("completed",)),
        (Stage.INVOICED, "new", ("accepted", "completed")),
        (Stage.DELETED, "new", ("cancelled",)),
        (Stage.OPEN, "accepted", ()),
        (Stage.OPEN, "in_progress", ()),
        (Stage.PARTLY, "completed", ()),
        (Stage.DELETED, "completed", ()),
        (Stage.INVOICED, "cancelled", ()),
        (Stage.RESERVED, "new", ()),
        (Stage.REALISED, "new", ()),
        (Stage.INVOICED, "unheard of", ()),
    ],
)
def test_what_is_sent_for_a_stage(stage, current, sent):
    assert wanted_statuses(stage, current, MAPPING, STATUSES) == sent


def test_a_final_status_that_names_followers_is_still_never_left():
    odd = (OrderStatus("done", "Gotowe", final=True, following=("new",)), OrderStatus("new", "Nowe", final=False))
    assert way(odd, "done", "new") == ()


def test_a_circle_of_statuses_has_an_end():
    circle = (
        OrderStatus("a", "A", final=False, following=("b",)),
        OrderStatus("b", "B", final=False, following=("a", "unknown")),
        OrderStatus("c", "C", final=True),
    )
    assert way(circle, "a", "c") == ()
    assert way(circle, "a", "b") == ("b",)


def judged(fetched, mapping):
    return [str(one.reason) for one in judge_statuses(fetched, mapping, STATUSES)]


def test_a_mapping_is_held_against_the_shops_own_list():
    assert judged("new", MAPPING) == []
    assert judged("new", {}) == ["STATUSES_UNSET"]
    assert judged("new", {Stage.OPEN: ""}) == ["STATUSES_UNSET"]
    assert judged("new", {Stage.OPEN: "sent"}) == ["STATUS_UNKNOWN"]
    assert judged("in_progress", {Stage.OPEN: "accepted"}) == ["STATUS_UNREACHABLE"]
    assert judged("new", {Stage.REALISED: "completed"}) == ["STAGE_UNMAPPED"]


def test_a_mapping_that_is_wrong_is_told_with_what_would_be_right() -> None:
    """Every stage by its own finding: a status the shop does not list, and one no way leads to."""
    mapping = {Stage.OPEN: "accepted", Stage.PARTLY: "sent", Stage.REALISED: "completed", Stage.RECEIPT: "completed"}
    listed = "accepted, cancelled, completed, in_progress, new"
    assert list(judge_statuses("in_progress", mapping, STATUSES)) == [
        Finding.of(Reason.STATUS_UNREACHABLE, stage="open", status="in_progress", target="accepted"),
        Finding.of(Reason.STATUS_UNKNOWN, stage="partly", status="sent", known=listed),
        Finding.of(Reason.STAGE_UNMAPPED, stages="dispatched, invoiced"),
    ]


def test_the_way_goes_on_past_a_final_status_that_is_not_the_target() -> None:
    branching = (
        OrderStatus("new", "Nowe", final=False, following=("cancelled", "accepted")),
        OrderStatus("cancelled", "Anulowane", final=True),
        OrderStatus("accepted", "Przyjęte", final=False, following=("completed",)),
        OrderStatus("completed", "Zrealizowane", final=True),
    )
    assert way(branching, "new", "completed") == ("accepted", "completed")


def test_a_stage_without_a_status_sends_nothing_even_where_a_status_has_no_code() -> None:
    nameless = (OrderStatus("new", "Nowe", final=False, following=("",)), OrderStatus("", "?", final=True))
    assert wanted_statuses(Stage.OPEN, "new", {}, nameless) == ()
    assert wanted_statuses(Stage.OPEN, "new", {Stage.OPEN: ""}, nameless) == ()
