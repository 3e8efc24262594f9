"""What is written of branches (manual, Oddziały): creates, changes of what differs, and what is told instead."""

from dataclasses import replace

import pytest

from pomost.model.branch import Address, Branch, Contact, OurBranch, ShopBranch
from pomost.model.change import AmendBranch, Area, CreateBranch, Subject
from pomost.model.reason import Finding, Reason
from pomost.rules.branches import BranchPlan, plan_of_branches
from tests.rules.trade import reasons

ADDRESS = Address("Składowa", "1", "", "02-100", "Warszawa", "PL")
CONTACT = Contact("Janina Kowalska", "mag@example.com", "22 111")
BRANCH = Branch("MAG", "Magazyn Główny", "1", region="mazowieckie", address=ADDRESS, contact=CONTACT)
HELD = ShopBranch("MAG", "Magazyn Główny", "mazowieckie", ADDRESS, CONTACT)


def planned(branch: Branch, *shop: ShopBranch, ours: tuple[OurBranch, ...] = ()) -> BranchPlan:
    return plan_of_branches([branch], shop, {one.held.id: one for one in ours})


def test_a_branch_the_shop_does_not_have_is_created_with_all_that_is_known() -> None:
    """Manual: "Polecenie Dodaj pozwala założyć nowy oddział w M/store na podstawie magazynu z Subiekta"."""
    (change,) = planned(BRANCH).changes
    assert isinstance(change, CreateBranch)
    assert change.branch == HELD


def test_a_branch_is_written_without_signs_nobody_sees() -> None:
    """Decision table 8.12: control characters and marks of direction stay at home."""
    typed = replace(BRANCH, name="Magazyn\u202e Główny\x07", address=replace(ADDRESS, city="Warsz\x00awa"))
    (change,) = planned(typed).changes
    assert isinstance(change, CreateBranch)
    assert change.branch == HELD


def test_a_branch_that_is_as_wanted_needs_nothing() -> None:
    plan = planned(BRANCH, HELD)
    assert (plan.changes, plan.findings) == ((), ())
    assert plan.ours == (OurBranch(HELD, "1"),)


@pytest.mark.parametrize(
    "wanted,fields",
    [
        (replace(BRANCH, name="Magazyn Nowy"), {"name": "Magazyn Nowy"}),
        (replace(BRANCH, region="slaskie"), {"region": "slaskie"}),
        (
            replace(BRANCH, address=replace(ADDRESS, street="Polna", house_number="2")),
            {"street": "Polna", "house_number": "2"},
        ),
        (replace(BRANCH, contact=replace(CONTACT, phone="22 999")), {"phone": "22 999"}),
    ],
    ids=["name", "region", "address", "contact"],
)
def test_only_what_differs_travels(wanted: Branch, fields: dict[str, str]) -> None:
    """Manual: "Polecenie Edytuj pozwala na wprowadzenie zmian w parametrach oddziałów istniejących"."""
    (change,) = planned(wanted, HELD).changes
    assert isinstance(change, AmendBranch)
    assert change.fields == fields


def test_what_the_settings_leave_blank_stays_the_shops() -> None:
    bare = Branch("MAG", "Magazyn Główny", "1")
    assert planned(bare, HELD).changes == ()


def test_what_we_filled_in_is_cleared_when_the_settings_clear_it() -> None:
    bare = replace(BRANCH, contact=Contact())
    (change,) = planned(bare, HELD, ours=(OurBranch(HELD, "1"),)).changes
    assert change.fields == {"person": "", "email": "", "phone": ""}
    meanwhile = replace(HELD, contact=replace(CONTACT, phone="inny"))
    (change,) = planned(bare, meanwhile, ours=(OurBranch(HELD, "1"),)).changes
    assert change.fields == {"person": "", "email": ""}, "what somebody typed into the panel since is theirs"


def test_the_id_is_found_in_any_letter_case_and_keeps_the_shops_spelling() -> None:
    (change,) = planned(replace(BRANCH, id="mag", name="Inna"), HELD).changes
    assert change.target.id == "MAG"


@pytest.mark.parametrize(
    "shop,ours",
    [
        (replace(HELD, id="OLD"), ()),
        (replace(HELD, id="OLD", name="magazyn  główny"), ()),
        (replace(HELD, id="OLD", name="Całkiem inna"), (OurBranch(replace(HELD, id="OLD"), "1"),)),
    ],
    ids=["same name", "same name otherwise written", "same warehouse"],
)
def test_an_id_that_was_changed_is_told_not_guessed(shop: ShopBranch, ours: tuple[OurBranch, ...]) -> None:
    """Contract 4: external_id is immutable after create."""
    plan = planned(BRANCH, shop, ours=ours)
    assert plan.changes == ()
    assert reasons(plan.findings) == [Reason.BRANCH_ID_CHANGED]
    assert dict(plan.findings[0].facts) == {"branch": "MAG", "held": "OLD"}


def test_another_branch_of_the_shop_is_no_earlier_one() -> None:
    foreign = replace(HELD, id="FIL", name="Filia")
    assert isinstance(planned(BRANCH, foreign).changes[0], CreateBranch)
    switched_off = replace(HELD, id="OLD", active=False)
    assert isinstance(planned(BRANCH, switched_off).changes[0], CreateBranch)
    claimed = Branch("OLD", "Magazyn Główny 2", "2")
    plan = plan_of_branches([BRANCH, claimed], [replace(HELD, id="OLD")], {})
    assert isinstance(plan.changes[0], CreateBranch), "OLD stands in the settings itself"


def test_branches_only_the_shop_has_are_left_alone() -> None:
    assert planned(BRANCH, HELD, replace(HELD, id="FIL", name="Filia")).changes == ()


def test_texts_are_tidied_as_they_are_sent() -> None:
    (change,) = planned(replace(BRANCH, name="  Magazyn   Główny ")).changes
    assert change.branch.name == "Magazyn Główny"


def test_the_whole_plan_of_several_branches() -> None:
    """Each branch is planned by itself, whatever became of those before it; what will stand is kept with warehouses."""
    standing = ShopBranch("FIL", "Filia")
    renamed = ShopBranch("FIL", "Filia Nowa")
    plan = plan_of_branches(
        [
            Branch("fil", "Filia Nowa", "2"),
            Branch("KRA", "Kraków", "3"),
            Branch("NEW", "Stary", "4"),
            Branch(" GDA ", "Gdańsk", "5"),
        ],
        [standing, ShopBranch("OLD", "Stary")],
        {},
    )
    cracow, gdansk = ShopBranch("KRA", "Kraków"), ShopBranch("GDA", "Gdańsk")
    assert plan == BranchPlan(
        (
            AmendBranch(Subject(Area.BRANCH, "FIL", "Filia Nowa"), standing, renamed),
            CreateBranch(Subject(Area.BRANCH, "KRA", "Kraków"), cracow),
            CreateBranch(Subject(Area.BRANCH, "GDA", "Gdańsk"), gdansk),
        ),
        (Finding.of(Reason.BRANCH_ID_CHANGED, branch="NEW", held="OLD"),),
        (OurBranch(renamed, "2"), OurBranch(cracow, "3"), OurBranch(gdansk, "5")),
    )
