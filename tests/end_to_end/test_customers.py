"""Customers from Subiekt GT to M/store over HTTP: recognised, assigned, moved, let go, and told about."""

import json

import pytest

from pomost.model.change import Part
from tests.end_to_end.stage import CHANNEL, symbol
from tests.end_to_end.town import CRACOW, HOTEL, LUNA, VIP, WARSAW, ZOSIA, enlist, held, inhabit, people, welcome

CUSTOMERS = (Part.CUSTOMERS,)


@pytest.fixture
def town(settled):
    settled.ids = inhabit(settled)
    return settled


def test_customers_are_recognised_assigned_and_put_into_segments(town):
    """Manual, Kontrahenci: identification, qualification, branch by trait, segment of up to three levels."""
    report = town.run(*CUSTOMERS)
    assert (report.state, report.failed) == ("done", 0)
    key = people(town).key
    assert held(town) == {
        town.ids["LUNA"]: (str(key("LUNA")), "MAG", "Gastronomia / VIP"),
        town.ids["ZOSIA"]: (str(key("ZOSIA")), "MAG", "Sklepy"),
        town.ids["HOTEL"]: (str(key("HOTEL")), "KRA", ""),
    }
    assert town.reasons() == {"999*****99 Radom, Cicha 9": {"CUSTOMER_NOT_FOUND"}}


def test_no_personal_data_leaves_and_nobody_is_added_or_changed(town):
    """Manual: "dane kontrahentów zapisane w M/store nie podlegają aktualizacji", "Program nie dodaje nowych"."""
    before = town.shop.state()["customers"]
    town.run()
    assert town.shop.state()["customers"] == before
    entries = town.shop._client.get("/sandbox/journal").json()["entries"]
    sent = [one for one in entries if one["method"] != "GET" and "customer" in one["path"]]
    assert sent
    told = json.dumps([one["items"] for one in sent], ensure_ascii=False)
    for secret in (LUNA, ZOSIA, HOTEL, "Długa", "Łódź", "Piotrkowska", "Firma", "Rynek"):
        assert secret not in told
    assert all(LUNA not in one["path"] + (one["query"] or "") for one in entries)


def test_a_second_run_sends_nothing(town):
    town.run()
    town.shop.posts()
    report = town.run()
    assert (report.state, report.planned) == ("done", 0)
    assert town.shop.posts() == []
    assert town.run().counts["customers.unmoved"] == 4


def test_another_trait_moves_a_customer_to_the_other_branch(town):
    town.run()
    people(town).take("LUNA", "ODDZIAL_WAW")
    people(town).give("LUNA", "ODDZIAL_KRK")
    report = town.run()
    assert report.counts["done.assign"] == 1
    assert held(town)[town.ids["LUNA"]][1] == "KRA"


def test_two_branch_traits_leave_the_assignment_as_it_was_and_tell(town):
    """Manual: "TYLKO JEDNĄ cechę użytą do kwalifikacji oddziałów"; decision tables 4.2."""
    town.run()
    before = held(town)
    people(town).give("LUNA", "ODDZIAL_KRK")
    report = town.run()
    assert (report.planned, held(town)) == (0, before)
    assert report.counts["customer.CUSTOMER_BRANCH_CONFLICT"] == 1
    assert "MAG, KRA" in town.ask("errors", CHANNEL, "CUSTOMER_BRANCH_CONFLICT").text


def test_without_a_branch_trait_nobody_is_assigned(town):
    people(town).take("LUNA", "ODDZIAL_WAW")
    report = town.run()
    assert town.ids["LUNA"] not in held(town)
    assert report.counts["customer.CUSTOMER_NO_BRANCH"] == 1


def test_one_branch_needs_no_trait(town):
    """Manual: "Praca z jednym oddziałem nie wymaga określenia przyporządkowania do oddziału"."""
    town.save(branches=town.document["branches"][:1])
    town.run()
    assert {branch for _, branch, _ in held(town).values()} == {"MAG"}
    assert len(held(town)) == 3


def test_whoever_is_lost_is_let_go_once(town):
    """Decision tables part 7: no longer qualified or recognised: assignment deleted once."""
    town.run()
    people(town).block("LUNA")
    people(town).move("HOTEL", "Kraków", "Rynek Główny", "3")
    report = town.run()
    assert report.counts["done.unassign"] == 2
    assert held(town).keys() == {town.ids["ZOSIA"]}
    assert town.run().planned == 0
    people(town).block("LUNA", blocked=False)
    town.run()
    assert town.ids["LUNA"] in held(town)


def test_many_withdrawn_assignments_wait_for_a_person(town):
    """An ERP whose customers are gone takes nothing back by itself."""
    town.run()
    for name in ("LUNA", "ZOSIA", "HOTEL"):
        people(town).delete(name)
    report = town.run()
    assert report.state == "waiting"
    assert "customers" in report.stops[0].en
    assert len(held(town)) == 3
    assert town.approve(report).state == "done"
    assert held(town) == {}


def test_segments_follow_names_and_are_dropped_when_nobody_is_in_them(town):
    town.run()
    people(town).rename("group", "Gastronomia", "Bary i puby")
    town.run()
    assert held(town)[town.ids["LUNA"]][2] == "Bary i puby / VIP"
    people(town).take("LUNA", "VIP")
    report = town.run()
    assert (report.counts["done.assign"], report.counts["done.drop-segment"]) == (1, 1)
    assert {one["name"] for one in town.shop.state()["segments"].values()} == {"Bary i puby", "Sklepy"}
    assert town.run().planned == 0


def test_the_segment_function_off_leaves_segments_alone(town):
    """Decision tables 4.3: no segment sent, earlier one untouched."""
    town.run()
    before = held(town)
    welcome(town, level1="none", level2="none")
    report = town.run()
    assert (report.planned, held(town)) == (0, before)


def test_qualification_by_conditions(town):
    """Manual: shop customer, of a group, with a trait, all at once."""
    conditions = [
        {"field": "shop-flag", "values": ["yes"]},
        {"field": "group", "values": [people(town).ids("group")["Gastronomia"]]},
        {"field": "trait", "values": [VIP, WARSAW]},
    ]
    welcome(town, qualification="conditions", conditions=conditions)
    town.run()
    assert held(town).keys() == {town.ids["LUNA"]}
    told = town.ask("explain", "customer", CHANNEL, HOTEL)
    assert "CUSTOMER_NOT_QUALIFIED" in told.out


def test_a_mandatory_qualification_refuses_customers_alone(town):
    """Manual: "ustawienie obowiązkowe"; decision tables part 7: the other areas go on."""
    welcome(town, qualification="unset")
    report = town.run()
    assert report.state == "done"
    assert [one.reason for one in report.findings] == ["CUSTOMER_QUALIFICATION_UNSET"]
    assert held(town) == {}
    only = town.ask("run", CHANNEL, "--only", "customers", lang="pl")
    assert only.code == 2
    assert "nie wybrano kwalifikacji kontrahentów" in only.text


def test_a_customer_the_shop_moved_is_decided_again(town):
    """The mirror follows the shop by what changed since."""
    town.run()
    town.run()
    town.shop.owner("change_customer", customer_id=town.ids["LUNA"], street="Krótka")
    report = town.run()
    assert report.counts["done.unassign"] == 1
    town.shop.owner("remove_customer", customer_id=town.ids["ZOSIA"])
    new = enlist(town, LUNA, "Warszawa", "Długa", "7")
    report = town.run()
    assert held(town).keys() == {town.ids["HOTEL"], new}
    assert report.counts.get("done.unassign", 0) == 0, "who left the shop took the assignment along"


def test_a_link_somebody_else_made_is_told_and_a_forced_run_replaces_it(town):
    ident, branch = town.ids["LUNA"], town.shop.branch_id("MAG")
    answer = town.shop._client.put(
        f"/v1/customers/{ident}/assignment",
        json={"erp_customer_ref": "obcy-7", "branch_id": branch},
        headers={"Authorization": "Bearer klucz-do-sklepu-7f31c0", "If-None-Match": "*"},
    )
    assert answer.status_code == 201
    report = town.run()
    assert report.counts["failed.assign"] == 1
    assert "obcy-7" in town.ask("errors", CHANNEL, "CUSTOMER_LINKED_ELSEWHERE").text
    assert held(town)[ident][0] == "obcy-7"
    assert town.ask("run", CHANNEL, "--only", "customers", "--full").code == 0
    assert held(town)[ident][0] == str(people(town).key("LUNA"))
    assert town.run().planned == 0


def test_one_refused_customer_stops_nobody_and_is_tried_again(town):
    """A branch the shop does not have yet refuses its own customers alone; once it is there, they follow."""
    sopot = {"id": "SOP", "name": "Sopot", "main_warehouse": "2", "customer_trait": VIP}
    first, second = ({**one, "extra_warehouses": []} for one in town.document["branches"])
    town.save(branches=[first, second, sopot])
    people(town).take("LUNA", "ODDZIAL_WAW")
    report = town.run(*CUSTOMERS)
    assert (report.state, report.counts["done.assign"], report.counts["failed.assign"]) == ("done", 2, 1)
    assert "SOP" in town.ask("errors", CHANNEL, "BRANCH_NOT_IN_SHOP").text
    assert town.run().counts["done.create-branch"] == 1
    assert held(town)[town.ids["LUNA"]][1] == "SOP"
    assert "BRANCH_NOT_IN_SHOP" not in {reason for reasons in town.reasons().values() for reason in reasons}


def test_explain_tells_the_whole_trail(town):
    town.run()
    for lang, words in (("pl", "rozpoznany i przypisany"), ("en", "recognised and assigned")):
        told = town.ask("explain", "customer", CHANNEL, "522-314-51-23", lang=lang)
        assert told.code == 0
        assert words in told.text
        assert "LUNA" in told.out
        assert "MAG" in told.out
    (one,) = json.loads(town.ask("explain", "customer", CHANNEL, town.ids["LUNA"], "--json").out)
    assert (one["fate"], one["wanted"]["branch"], one["known"]["branch"]) == ("assigned", "MAG", "MAG")
    assert one["card"]["group"] == "Gastronomia"
    assert [change["kind"] for change in one["trail"]] == ["assign"]


def test_explain_shows_what_is_near(town):
    """Decision tables 4.1: a suggestion list shows near misses, never automatic."""
    people(town).move("LUNA", "Warszawa", "ul. Długa", "7")
    town.run()
    assert town.ids["LUNA"] not in held(town)
    told = town.ask("explain", "customer", CHANNEL, LUNA, lang="pl")
    assert "ul./al./os./pl. przed ulicą" in told.text
    listed = town.ask("customers", CHANNEL, "--suggestions", lang="pl")
    assert "ul. Długa 7" in listed.text
    assert "Kontrahentów w sklepie: 4, rozpoznanych: 2" in listed.text
    report = json.loads(town.ask("customers", CHANNEL, "--suggestions", "--json").out)
    assert report["assigned"] == {"KRA": 1, "MAG": 1}
    near = {one["id"]: [card["symbol"] for card in one["near"]] for one in report["unrecognised"]}
    assert near == {town.ids["LUNA"]: ["LUNA"], town.ids["OBCY"]: []}


def test_whom_nobody_knows_is_refused_with_advice(town):
    town.run()
    said = town.ask("explain", "customer", CHANNEL, "0000000000")
    assert said.code == 2
    assert "no customer with id or tax number" in said.text


def test_retry_decides_about_customers_again(town):
    town.run()
    town.run()
    assert town.run().counts["customers.unmoved"] == 4
    assert "1" in town.ask("retry", CHANNEL, "--reason", "customer_not_found").out
    assert "customers.unmoved" not in town.run().counts


def test_orders_may_ask_who_a_customer_is(town):
    """What the flow of orders rests on: every recognised customer, assigned or not."""
    people(town).take("HOTEL", "ODDZIAL_KRK")
    town.run()
    with town.pomost._ways.looking(CHANNEL) as channel:
        found = channel.assignments.erp_customers([*town.ids.values(), "nobody"])
        branches = channel.assignments.branches(town.ids.values())
    key = people(town).key
    assert found == {town.ids[name]: key(name) for name in ("LUNA", "ZOSIA", "HOTEL")}
    assert branches == {town.ids["LUNA"]: "MAG", town.ids["ZOSIA"]: "MAG"}


OFFERS_ONLY = ["catalogue:read", "branches:read", "offers:read", "offers:write", "stocks:read", "stocks:write"]


def test_a_key_without_the_right_is_told_and_the_rest_goes_on(town):
    """Contract 17: a client tries, and believes 403; what needs the right stops alone."""
    town.save(shop={"key": town.shop.owner("issue_key", scopes=OFFERS_ONLY)})
    town.company.set_stock(symbol(5), "MAG", 77)
    report = town.run()
    assert (report.state, town.shop.shelf()[symbol(5)].stock["MAG"]) == ("done", 77)
    assert "Klucz API nie ma prawa do tej operacji" in report.fault.pl
    assert held(town) == {}
    said = town.ask("run", CHANNEL)
    assert (said.code, "The API key has no right to do this" in said.text) == (1, True)


def test_a_key_that_may_only_read_customers_leaves_each_of_them_by_name(town):
    town.save(shop={"key": town.shop.owner("issue_key", scopes=[*OFFERS_ONLY, "customers:read"])})
    report = town.run()
    assert (report.state, report.fault, report.counts["failed.assign"]) == ("done", None, 3)
    assert {"SHOP_FORBIDDEN"} in town.reasons().values()
    assert [one.reason for one in report.findings] == ["SHOP_FORBIDDEN"], "segments cannot be read either"
    town.save(shop={"key": town.shop.owner("issue_key")})
    assert town.run().failed == 0
    assert len(held(town)) == 3


def test_a_key_without_the_right_to_segments_still_assigns_branches(town):
    scopes = [*OFFERS_ONLY, "customers:read", "customers:write"]
    town.save(shop={"key": town.shop.owner("issue_key", scopes=scopes)})
    report = town.run()
    assert (report.state, report.failed) == ("done", 0)
    assert [one.reason for one in report.findings] == ["SHOP_FORBIDDEN"]
    assert {(branch, path) for _, branch, path in held(town).values()} == {("MAG", ""), ("KRA", "")}


def test_a_check_warns_of_names_the_service_itself_uses_and_fails_for_none(town):
    """Contract 17: the real service may name its rights otherwise; that one of our names is missing proves nothing."""
    few = town.shop.owner("issue_key", scopes=["catalogue:read", "branches:read", "offers:read"])
    town.save(shop={"key": few})
    checked = town.pomost.check(CHANNEL)
    rights = next(one for one in checked.shop if one.name.en == "The key's rights")
    assert rights.passed
    assert "branches:write, offers:write" in rights.found.pl.replace(
        "offers:write, branches:write", "branches:write, offers:write"
    )
    assert "stocks:write" not in rights.found.en, "the service names no right to stock"


def test_a_trait_of_two_branches_refuses_customers(town):
    town.save(branches=[{**one, "customer_trait": CRACOW} for one in town.document["branches"]])
    report = town.run()
    assert [one.reason for one in report.findings] == ["BRANCH_TRAIT_TWICE"]
    assert held(town) == {}
