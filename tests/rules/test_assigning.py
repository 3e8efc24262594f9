"""Decision tables 4 and part 7: what becomes of one customer, and the one change that makes the shop agree."""

import pytest

from pomost.model.change import Area, Assign, Subject, Unassign
from pomost.model.customer import Assignment, HeldAssignment
from pomost.model.reason import Finding, Reason
from pomost.rules.assigning import Fate, Fortune, assignment_change, decide_customer
from pomost.rules.placing import Placement

CUSTOMER = Subject(Area.CUSTOMER, "cu1", "Sklep")
WARSAW = Assignment(7, "WAW", "grupa:1")
NO_BRANCH = Finding.of(Reason.CUSTOMER_NO_BRANCH, symbol="K7", traits="t1")
AMBIGUOUS = Finding.of(Reason.SEGMENT_AMBIGUOUS, symbol="K7")
HOUSE = Finding.of(Reason.HOUSE_NUMBER_DIFFERS, symbol="K7")
NOT_FOUND = Finding.of(Reason.CUSTOMER_NOT_FOUND, nip="5223145123")
BLOCKED = Finding.of(Reason.CUSTOMER_BLOCKED, symbol="K7")


@pytest.mark.parametrize(
    ("key", "placement", "recognised", "fortune"),
    [
        (None, None, (NOT_FOUND,), Fortune(Fate.OUT, None, None, (NOT_FOUND,))),
        (None, Placement("WAW"), (NOT_FOUND,), Fortune(Fate.OUT, None, None, (NOT_FOUND,))),
        (7, None, (BLOCKED,), Fortune(Fate.OUT, None, None, (BLOCKED,))),
        (7, Placement(None, findings=(NO_BRANCH,)), (), Fortune(Fate.LEFT, 7, None, (NO_BRANCH,))),
        (
            7,
            Placement(None, "grupa:1", findings=(NO_BRANCH, AMBIGUOUS)),
            (HOUSE,),
            Fortune(Fate.LEFT, 7, None, (NO_BRANCH, AMBIGUOUS, HOUSE)),
        ),
        (7, Placement("WAW"), (), Fortune(Fate.ASSIGNED, 7, Assignment(7, "WAW", None))),
        (7, Placement("WAW", ""), (), Fortune(Fate.ASSIGNED, 7, Assignment(7, "WAW", ""))),
        (
            9,
            Placement("KRK", "grupa:1", findings=(AMBIGUOUS,)),
            (HOUSE,),
            Fortune(Fate.ASSIGNED, 9, Assignment(9, "KRK", "grupa:1"), (AMBIGUOUS, HOUSE)),
        ),
    ],
    ids=[
        "no card",
        "no card, whatever the placement",
        "a card that does not qualify",
        "no branch",
        "no branch with more to tell",
        "segments off",
        "no segment",
        "branch and segment",
    ],
)
def test_what_becomes_of_a_customer(
    key: int | None, placement: Placement | None, recognised: tuple[Finding, ...], fortune: Fortune
) -> None:
    """Decision tables 4: not recognised is out, without a branch is left; what placing found is told first."""
    assert decide_customer(key, placement, recognised) == fortune


def change(fortune: Fortune, held: HeldAssignment | None, *, again: bool = False) -> Assign | Unassign | None:
    return assignment_change(CUSTOMER, fortune, held, again=again)


ASSIGNED = Fortune(Fate.ASSIGNED, 7, WARSAW, (HOUSE,))
LEFT = Fortune(Fate.LEFT, 7, None, (NO_BRANCH,))
OUT = Fortune(Fate.OUT, None, None, (NOT_FOUND,))
SURE = HeldAssignment(WARSAW)


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize(
    ("held", "before", "doubtful"),
    [
        (None, None, False),
        (HeldAssignment(None), None, False),
        (HeldAssignment(None, doubtful=True), None, True),
        (HeldAssignment(WARSAW, doubtful=True), WARSAW, True),
        (HeldAssignment(Assignment(8, "WAW", "grupa:1")), Assignment(8, "WAW", "grupa:1"), False),
        (HeldAssignment(Assignment(7, "KRK", "grupa:1")), Assignment(7, "KRK", "grupa:1"), False),
        (HeldAssignment(Assignment(7, "WAW", "grupa:2")), Assignment(7, "WAW", "grupa:2"), False),
        (HeldAssignment(Assignment(7, "WAW", None)), Assignment(7, "WAW", None), False),
    ],
    ids=["nothing", "unknown", "unknown in doubt", "in doubt", "other card", "other branch", "other segment", "unsaid"],
)
def test_an_assignment_the_shop_does_not_surely_hold_is_sent(
    held: HeldAssignment | None, before: Assignment | None, doubtful: bool, again: bool
) -> None:
    """Decision tables 4: what is in doubt or asked for by force is told again, and says so."""
    assert change(ASSIGNED, held, again=again) == Assign(
        CUSTOMER, before, WARSAW, again=doubtful or again, why=(HOUSE,)
    )


@pytest.mark.parametrize(
    ("wanted", "held"),
    [
        (WARSAW, WARSAW),
        (WARSAW, Assignment(7, "waw", "grupa:1")),
        (Assignment(7, " Waw ", "grupa:1"), WARSAW),
        (Assignment(7, "WAW", None), WARSAW),
        (Assignment(7, "WAW", ""), Assignment(7, "WAW", "")),
    ],
    ids=["the same", "branch in other letters", "wanted in other letters", "segment left alone", "no segment"],
)
def test_an_assignment_the_shop_holds_is_not_sent_but_by_force(wanted: Assignment, held: Assignment) -> None:
    """Decision tables 4: the ID of a branch is alike in any letter case; segments off leave the shop's alone (4.3)."""
    fortune = Fortune(Fate.ASSIGNED, 7, wanted, (HOUSE,))
    assert change(fortune, HeldAssignment(held)) is None
    assert change(fortune, HeldAssignment(held), again=True) == Assign(CUSTOMER, held, wanted, again=True, why=(HOUSE,))


def test_a_segment_emptied_is_sent() -> None:
    """Decision tables 4.3: "no segment" is another thing than the function off."""
    nowhere = Assignment(7, "WAW", "")
    assert change(Fortune(Fate.ASSIGNED, 7, nowhere), SURE) == Assign(CUSTOMER, WARSAW, nowhere, again=False, why=())


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("held", [None, SURE, HeldAssignment(WARSAW, doubtful=True), HeldAssignment(None)])
def test_whoever_is_left_keeps_what_the_shop_holds(held: HeldAssignment | None, again: bool) -> None:
    """Decision tables part 7: left as it stands until a person mends something."""
    assert change(LEFT, held, again=again) is None


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize(
    ("held", "taken_back"),
    [
        (None, None),
        (SURE, Unassign(CUSTOMER, WARSAW, again=False, why=(NOT_FOUND,))),
        (HeldAssignment(WARSAW, doubtful=True), Unassign(CUSTOMER, WARSAW, again=True, why=(NOT_FOUND,))),
        (HeldAssignment(None), Unassign(CUSTOMER, None, again=False, why=(NOT_FOUND,))),
        (HeldAssignment(None, doubtful=True), Unassign(CUSTOMER, None, again=True, why=(NOT_FOUND,))),
    ],
    ids=["nothing", "held", "held in doubt", "unknown", "unknown in doubt"],
)
def test_whoever_is_out_loses_what_the_shop_holds_of_ours(
    held: HeldAssignment | None, taken_back: Unassign | None, again: bool
) -> None:
    """Decision tables part 7: taken back once, by a forced run no more than that; nothing of ours, nothing taken."""
    assert change(OUT, held, again=again) == taken_back
