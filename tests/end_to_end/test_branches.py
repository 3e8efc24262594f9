"""Branches from the settings to M/store over HTTP: created, amended, filled from a warehouse, told when an ID changes."""

import json

from pomost.model.change import Part
from pomost.model.request import RunRequest
from pomost.sandbox.mstore.access import FULL
from tests.end_to_end.stage import CARDS, CHANNEL, KEY, symbol

BRANCHES = (Part.BRANCHES,)
SOPOT = {"id": "SOP", "name": "Sopot", "main_warehouse": "2", "region": "slaskie"}


def standing(stage):
    return {one["external_id"]: one for one in stage.shop.state()["branches"].values()}


def with_sopot(stage, **facts):
    """The second branch alone, and Sopot in the warehouse that was an extra one of the first."""
    stage.save(branches=[{"id": "MAG", "name": "Magazyn Główny", "main_warehouse": "1"}, {**SOPOT, **facts}])


def test_a_branch_of_the_settings_is_created_and_gets_its_stock_in_the_same_run(settled):
    """Manual: "Polecenie Dodaj pozwala założyć nowy oddział w M/store na podstawie magazynu z Subiekta"."""
    settled.company.set_stock(symbol(1), "ZAP", 7)
    with_sopot(settled)
    report = settled.run()
    assert (report.state, report.failed, report.counts["done.create-branch"]) == ("done", 0, 1)
    made = standing(settled)["SOP"]
    assert (made["name"], made["region_id"]) == ("Sopot", "slaskie")
    assert settled.shop.shelf()[symbol(1)].stock["SOP"] == 7
    assert settled.run().planned == 0


def test_what_differs_is_amended_and_nothing_else(settled):
    """Manual: "Polecenie Edytuj pozwala na wprowadzenie zmian w parametrach oddziałów istniejących"."""
    with_sopot(settled, address={"city": "Sopot", "street": "Morska"}, contact={"phone": "58 1"})
    settled.run()
    settled.shop._entries()
    with_sopot(settled, name="Sopot Centrum", address={"city": "Sopot", "street": "Monte Cassino"})
    report = settled.run(*BRANCHES)
    assert report.counts["done.amend-branch"] == 1
    (patch,) = [one for one in settled.shop._entries() if one["method"] == "PATCH"]
    (fields,) = [one["fields"] for one in patch["items"]] if "fields" in patch["items"][0] else patch["items"]
    assert {"name", "address", "contact"} >= {name for name in fields if name != "branch_id"}
    made = standing(settled)["SOP"]
    assert (made["name"], made["address"]["street"], made["contact"]["phone"]) == (
        "Sopot Centrum",
        "Monte Cassino",
        None,
    )
    assert settled.run().planned == 0


def test_what_the_panel_filled_in_stays_where_the_settings_are_silent(settled):
    branch = settled.shop.branch_id("MAG")
    headers = {"Authorization": "Bearer klucz-do-sklepu-7f31c0", "If-Match": "*"}
    answer = settled.shop._client.patch(f"/v1/branches/{branch}", json={"contact": {"phone": "22 5"}}, headers=headers)
    assert answer.status_code == 200
    assert settled.run().planned == 0
    assert standing(settled)["MAG"]["contact"]["phone"] == "22 5"


def test_an_id_that_was_changed_is_told_and_stock_of_it_waits(settled):
    """Contract 4: the ID cannot change after create; told, not guessed."""
    branches = [dict(one) for one in settled.document["branches"]]
    branches[1]["id"] = "KRAK"
    settled.save(branches=branches)
    report = settled.run()
    assert {one.reason for one in report.findings} == {"BRANCH_ID_CHANGED", "BRANCH_NOT_IN_SHOP"}
    assert (report.refused, report.needs_a_person) == ((), True)
    assert standing(settled).keys() == {"MAG", "KRA"}
    check = settled.ask("check", CHANNEL, lang="pl")
    assert check.code == 2
    assert "KRAK" in check.text


def test_a_name_somebody_else_took_is_an_item_and_the_rest_goes_on(settled):
    settled.shop.owner("add_branch", external_id="INNY", name="sopot")
    with_sopot(settled, name="Gdańsk")
    settled.run()
    with_sopot(settled, name="Sopot")
    report = settled.run()
    assert report.counts["failed.amend-branch"] == 1
    assert settled.ask("errors", CHANNEL, "BRANCH_TAKEN").code == 0
    assert settled.reasons()["Sopot"] == {"BRANCH_TAKEN"}
    with_sopot(settled, name="Gdańsk Wrzeszcz")
    settled.run()
    assert "Sopot" not in settled.reasons()


def test_a_region_is_chosen_from_the_list_only(settled):
    """Manual: "pole Region zawiera listę regionów zdefiniowaną w serwisie M/store i trzeba wybrać właściwy wpis manualnie"."""
    with_sopot(settled, region="marsjański")
    report = settled.run()
    assert [one.reason for one in report.findings] == ["REGION_UNKNOWN"]
    assert "SOP" not in standing(settled)


def three(stage, **facts):
    """The two branches of the stage, with another city for the second, and Sopot."""
    stage.save(
        branches=[
            {"id": "MAG", "name": "Magazyn Główny", "main_warehouse": "1"},
            {"id": "KRA", "name": "Kraków", "main_warehouse": "3", "address": {"city": "Kraków"}},
            {**SOPOT, **facts},
        ]
    )


def goes_on(stage, quantity):
    """Whether the other branches are written, and get their stock."""
    stage.company.set_stock(symbol(1), "MAG", quantity)
    report = stage.run()
    assert report.state == "done"
    assert stage.shop.shelf()[symbol(1)].stock == {"MAG": quantity, "KRA": 1}
    assert standing(stage)["KRA"]["address"]["city"] == "Kraków"
    assert report.needs_a_person
    return report


def test_a_branch_that_cannot_be_made_stops_only_itself_and_its_stock(settled):
    """Decision table 8.26: a region nobody knows, or another ID; each is named, and nothing else waits."""
    settled.company.set_stock(symbol(1), "ZAP", 7)
    three(settled, region="marsjański")
    report = goes_on(settled, 91)
    assert [dict(one.facts)["branch"] for one in report.findings] == ["SOP"]
    assert "! " in settled.ask("run", CHANNEL).out
    settled.shop.owner("add_branch", external_id="INNY", name="Sopot")
    three(settled, name="Sopot", id="SOP")
    for quantity in (92, 93):
        assert {one.reason for one in goes_on(settled, quantity).findings} == {
            "BRANCH_ID_CHANGED",
            "BRANCH_NOT_IN_SHOP",
        }
    assert "SOP" not in standing(settled)


def test_stock_of_a_branch_the_shop_refuses_follows_once_it_stands(settled):
    """Decision table 8.26; what waits is neither sent nor counted over and over, and nothing has to move to go out."""
    settled.company.set_stock(symbol(1), "ZAP", 7)
    readonly = settled.shop.owner("issue_key", scopes=[one for one in FULL if one != "branches:write"])
    settled.save(shop={"key": readonly})
    with_sopot(settled)
    first = settled.run()
    assert (first.counts["failed.create-branch"], first.counts["failed.stock"]) == (1, CARDS)
    assert settled.reasons()["Sopot"] == {"SHOP_FORBIDDEN"}
    settled.shop.posts()
    second = settled.run()
    assert (second.counts["failed.create-branch"], second.counts.get("failed.stock", 0)) == (1, 0)
    assert settled.shop.written() == []
    assert settled.reasons() == {"Sopot": {"SHOP_FORBIDDEN"}}
    settled.save(shop={"key": KEY})
    for _ in range(2):
        report = settled.run()
    assert (report.failed, settled.shop.shelf()[symbol(1)].stock["SOP"]) == (0, 7)
    assert (settled.run().planned, settled.reasons()) == (0, {})


def test_warehouse_data_fill_a_branch_and_the_region_stays_to_be_chosen(settled):
    """Manual: "Polecenie 'Pobierz dane magazynu z Subiekta' pozwala automatycznie wypełnić pola"."""
    said = settled.ask("warehouses", CHANNEL, "--fill", "kra", lang="pl")
    assert said.code == 0
    assert "regions" in said.text
    branch = settled.pomost.export_settings(CHANNEL)["branches"][1]
    assert branch["address"]["street"] == "Przemysłowa"
    assert branch["contact"]["email"] == "krakow@hurtownia.example"
    assert branch.get("region", "") == ""
    settled.pomost.run(CHANNEL, RunRequest())
    assert standing(settled)["KRA"]["address"]["city"] == "Kraków"
    other = settled.ask("warehouses", CHANNEL, "--fill", "MAG", "--warehouse", "ZAP")
    assert other.code == 0
    assert settled.pomost.export_settings(CHANNEL)["branches"][0]["address"]["flat_number"] == "B"


def test_what_cannot_be_filled_is_named(settled):
    unknown = settled.ask("warehouses", CHANNEL, "--fill", "XXX")
    assert (unknown.code, "MAG, KRA" in unknown.text) == (2, True)
    assert settled.ask("warehouses", CHANNEL, "--fill", "MAG", "--warehouse", "99").code == 2


def test_a_preview_shows_branches_field_by_field(settled):
    with_sopot(settled, address={"city": "Sopot"})
    shown = json.loads(settled.ask("preview", CHANNEL, "--only", "branches", "--json").out)
    (change,) = shown["changes"]
    assert (change["kind"], change["symbol"]) == ("create-branch", "Sopot")
    assert {"field": "city", "before": "", "after": "Sopot"} in change["fields"]
    assert "SOP" not in standing(settled)
    assert settled.ask("approve", CHANNEL).code == 0
    assert "SOP" in standing(settled)
