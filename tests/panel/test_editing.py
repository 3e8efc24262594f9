"""Editing settings: two people at once, branches, new channels, the switch, versions, the audit log."""

from urllib.parse import urlencode

from pomost.panel.events import Event
from pomost.panel.roles import Role
from tests.panel.visitor import Visitor

PRICES, STOCK = "/channels/hurt/settings/prices/", "/channels/hurt/settings/stock/"
ON = {"prices.enabled": "on", "prices.level": "3", "prices.kind": "net", "prices.currency": "PLN"}


def newest(stage):
    number, author, _, document = stage.pomost.settings_history("hurt", 1)[0]
    return number, author, document


def test_the_second_of_two_is_told_who_was_faster_and_sees_the_difference(hurt):
    anna, jan = Visitor(login="anna"), Visitor(login="jan")
    opened = jan.get(PRICES).value_of("version")
    anna.save(PRICES, **{**ON, "prices.level": "1"})
    page = jan.post(PRICES, {**ON, "prices.kind": "gross", "version": opened})
    assert page.status == 409
    assert "anna zapisał" in page.text
    assert "Poziom cen 3 1 3" in page.text  # was, saved meanwhile, typed here
    assert 'value="gross" checked' in page.html
    assert newest(hurt)[:2] == (2, "anna")
    again = jan.post(PRICES, {**ON, "prices.kind": "gross", "version": page.value_of("version")})
    assert again.status == 302
    assert newest(hurt)[2]["prices"] == {"enabled": True, "level": "3", "kind": "gross"}


def test_two_who_change_different_tabs_do_not_disturb_each_other(hurt):
    anna, jan = Visitor(login="anna"), Visitor(login="jan")
    opened = jan.get(PRICES).value_of("version")
    anna.save(STOCK, **{"stock.enabled": "on", "stock.basis": "stock"})
    assert jan.post(PRICES, {**ON, "prices.kind": "gross", "version": opened}).status == 302
    document = newest(hurt)[2]
    assert (document["stock"]["basis"], document["prices"]["kind"]) == ("stock", "gross")


def test_an_expired_session_asks_in_a_dialog_and_leaves_the_page_alone(hurt, owner):
    opened = owner.get(PRICES).value_of("version")
    owner.client.logout()
    page = owner.post(PRICES, {**ON, "version": opened}, headers={"HX-Request": "true"})
    assert page.status == 401
    assert page.answer.headers["HX-Retarget"] == "#dialog"
    assert newest(hurt)[0] == 1


BRANCH = {"name": "Filia Łódź", "id": "LDZ", "main_warehouse": "2", "region": ""}


def branch(**facts):
    return {f"branch.{name}": value for name, value in {**BRANCH, **facts}.items()}


LIST, FORM = "/channels/hurt/settings/branches/", "/channels/hurt/settings/branch/"


def test_a_branch_is_added_edited_and_removed(hurt, owner):
    form = owner.get(FORM)
    for label in ("Nazwa oddziału", "ID oddziału", "Magazyn dla ZK", "Cecha kontrahenta przypisanego do oddziału"):
        assert label in form.text
    assert owner.post(FORM, {**branch(), "version": form.value_of("version")}).goes_to == LIST
    assert newest(hurt)[2]["branches"][2] == {"id": "LDZ", "name": "Filia Łódź", "main_warehouse": "2"}
    form = owner.get(f"{FORM}?of=LDZ")
    owner.post(FORM, {**branch(name="Filia"), "of": "LDZ", "version": form.value_of("version")})
    assert newest(hurt)[2]["branches"][2]["name"] == "Filia"
    shown = owner.get(LIST)
    owner.post(LIST, {"remove": "LDZ", "version": shown.value_of("version")})
    assert [one["id"] for one in newest(hurt)[2]["branches"]] == ["MAG", "KRA"]
    page = owner.post(LIST, {"remove": "LDZ", "version": shown.value_of("version")})
    assert page.goes_to == LIST
    assert "LDZ już nie ma" in owner.get(LIST).text


def test_a_branch_is_saved_where_it_stands_by_then(hurt):
    """Somebody removes a branch before it in the list, and adds another, while it is being edited."""
    anna, jan = Visitor(login="anna"), Visitor(login="jan")
    opened = jan.get(f"{FORM}?of=KRA").value_of("version")
    anna.post(LIST, {"remove": "MAG", "version": opened})
    anna.post(FORM, {**branch(), "version": anna.get(FORM).value_of("version")})
    told = {**branch(id="KRA", name="Kraków II", main_warehouse="3"), "of": "KRA", "version": opened}
    assert jan.post(FORM, told).goes_to == LIST, "nobody has touched this branch"
    assert [(one["id"], one["name"]) for one in newest(hurt)[2]["branches"]] == [
        ("KRA", "Kraków II"),
        ("LDZ", "Filia Łódź"),
    ]


def test_two_who_edit_one_branch_are_told(hurt):
    anna, jan = Visitor(login="anna"), Visitor(login="jan")
    opened = jan.get(f"{FORM}?of=KRA").value_of("version")
    theirs = {**branch(id="KRA", name="Od Anny", main_warehouse="3"), "of": "KRA", "version": opened}
    assert anna.post(FORM, theirs).goes_to == LIST
    mine = {**theirs, **branch(id="KRA", name="Od Jana", main_warehouse="3")}
    page = jan.post(FORM, mine)
    assert page.status == 409
    assert "anna zapisał" in page.text
    assert (page.value_of("branch.name"), page.value_of("of")) == ("Od Jana", "KRA")
    assert jan.post(FORM, {**mine, "version": page.value_of("version")}).goes_to == LIST
    assert newest(hurt)[2]["branches"][1]["name"] == "Od Jana"


def test_what_was_typed_of_a_branch_that_is_gone_is_not_lost(hurt):
    anna, jan = Visitor(login="anna"), Visitor(login="jan")
    opened = jan.get(f"{FORM}?of=KRA").value_of("version")
    anna.post(LIST, {"remove": "KRA", "version": opened})
    told = {**branch(id="KRA", name="Kraków II", main_warehouse="3"), "of": "KRA", "version": opened}
    page = jan.post(FORM, told)
    assert (page.status, "Oddziału KRA już nie ma" in page.text) == (409, True)
    assert (page.value_of("branch.name"), page.value_of("of")) == ("Kraków II", "")
    assert [one["id"] for one in newest(hurt)[2]["branches"]] == ["MAG"]
    assert jan.post(FORM, {**told, "of": "", "version": page.value_of("version")}).goes_to == LIST
    assert [one["name"] for one in newest(hurt)[2]["branches"]][1:] == ["Kraków II"]


def test_a_branch_without_its_name_is_told_beside_the_field(owner):
    form = owner.get(FORM)
    page = owner.post(FORM, {**branch(name=""), "version": form.value_of("version")})
    assert (page.status, "wymagane, a nie podano" in page.text) == (422, True)
    assert page.value_of("branch.id") == "LDZ"


def test_a_branch_is_filled_from_its_warehouse_and_only_saved_when_told(hurt, owner):
    form = owner.get(f"{FORM}?of=KRA")
    told = {**branch(main_warehouse="3"), "of": "KRA", "version": form.value_of("version"), "fill": "warehouse"}
    page = owner.post(FORM, told)
    assert page.status == 200
    house = next(one for one in hurt.pomost.warehouses("hurt") if one.id == "3")
    assert page.value_of("branch.address.city") == house.address.city
    assert house.address.city
    assert page.value_of("of") == "KRA"
    assert newest(hurt)[0] == 1


def test_a_secret_that_was_not_saved_is_asked_for_again(hurt, owner):
    place = "/channels/hurt/settings/connection/"
    version = owner.get(place).value_of("version")
    told = {"channel.company": "", "shop.address": "http://127.0.0.1:9/", "shop.key": "nowy-klucz", "version": version}
    page = owner.post(place, told)
    assert page.status == 422
    assert "wpisz jeszcze raz: nie zapisano" in page.text
    assert "nowy-klucz" not in page.html
    page = owner.post("/new-channel/", {**HEAD, "shop.key": "klucz", "shop.address": "", "erp.database": ""})
    assert (page.status, "wpisz jeszcze raz: nie zapisano" in page.text) == (422, True)


HEAD = {"channel.name": "drugi", "channel.company": "Firma", "channel.erp": "subiekt-gt", "channel.shop": "mstore"}


def test_a_new_channel_is_off_until_both_checks_pass(hurt, owner, home):
    assert "Krok 1 z 2" in owner.get("/new-channel/").text
    assert "Krok 2 z 2" in owner.get(f"/new-channel/?{urlencode(HEAD)}").text
    told = {
        **HEAD,
        "shop.address": "http://127.0.0.1:9/",
        "shop.key": "klucz",
        "erp.database": str(home / "subiekt.db"),
        "erp.driver": "sqlite",
    }
    assert owner.post("/new-channel/", told).goes_to == "/channels/drugi/settings/connection/?check=now"
    assert hurt.pomost.export_settings("drugi")["channel"]["active"] is False
    page = owner.post("/channels/drugi/switch/", {"on": "on"})
    assert "Kanału nie włączono" in page.text
    assert hurt.pomost.export_settings("drugi")["channel"]["active"] is False


def test_a_channel_that_passes_is_switched_on_and_off(hurt, owner):
    owner.post("/channels/hurt/switch/", {"on": "off"})
    assert newest(hurt)[2]["channel"]["active"] is False
    assert "wyłączony" in owner.get("/channels/hurt/settings/connection/").text
    owner.post("/channels/hurt/switch/", {"on": "on"})
    assert newest(hurt)[2]["channel"]["active"] is True
    assert [one.kind for one in Event.objects.order_by("pk")] == ["channel-off", "channel-on"]


def test_the_check_says_the_manuals_sentence(owner):
    page = owner.post("/channels/hurt/check/")
    assert "Udało się nawiązać połączenie z M/store" in page.text
    assert "Oba połączenia działają" in page.text


def test_a_new_channel_needs_all_of_its_head(owner, hurt):
    for missing in HEAD:
        assert "Krok 1 z 2" in owner.post("/new-channel/", {**HEAD, missing: ""}).text
    assert [row[0] for row in hurt.pomost.channels()] == ["hurt"]


def test_a_taken_name_is_told(owner):
    page = owner.post("/new-channel/", {**HEAD, "channel.name": "hurt"})
    assert (page.status, "jest już kanał o tej nazwie" in page.text) == (422, True)


def test_a_channel_goes_only_when_its_name_is_typed(hurt, owner):
    assert owner.post("/channels/hurt/remove/", {"name": "hur"}).status == 422
    assert owner.post("/channels/hurt/remove/", {"name": "hurt"}).goes_to == "/"
    assert hurt.pomost.channels() == []


def test_every_change_is_in_the_audit_log_with_before_and_after(hurt, owner):
    owner.save(PRICES, **{**ON, "prices.kind": "gross"})
    event = Event.objects.get()
    assert (event.who, event.kind, event.channel, event.subject) == ("owner-pl", "settings", "hurt", "2")
    assert event.facts == [{"path": "prices.kind", "before": "net", "after": "gross"}]
    page = owner.get("/audit/")
    assert "prices.kind : net → gross" in page.text


def test_an_earlier_version_is_restored_and_the_switch_stays(hurt, owner):
    owner.save(PRICES, **{**ON, "prices.kind": "gross"})
    owner.post("/channels/hurt/switch/", {"on": "off"})
    page = owner.get("/channels/hurt/versions/")
    assert "Cena netto czy brutto prices.kind : net → gross" in page.text
    assert owner.post("/channels/hurt/versions/", {"restore": "1"}).status == 302
    number, author, document = newest(hurt)
    assert (number, author, document["prices"]["kind"], document["channel"]["active"]) == (4, "owner-pl", "net", False)
    assert Visitor(Role.OPERATOR).post("/channels/hurt/versions/", {"restore": "2"}).status == 403


def test_the_count_follows_the_form_not_what_is_saved(hurt, owner):
    assert "12 z 12" in owner.post("/channels/hurt/count/", {"goods.qualification": "all", "goods.kinds": "goods"}).text
    asked = {
        "goods.kinds": "goods",
        "goods.qualification": "conditions",
        "goods.conditions": "0",
        "goods.conditions.0.field": "shop-flag",
        "goods.conditions.0.values": "no",
    }
    passing = owner.post("/channels/hurt/count/", asked).text
    assert "Kwalifikuje się" in passing
    assert "12 z 12" not in passing
    assert (
        "nie są jeszcze pełne" in owner.post("/channels/hurt/count/", {**asked, "goods.conditions.0.field": "x"}).text
    )


def test_conditions_units_and_statuses_are_kept_as_the_document_has_them(hurt, owner):
    goods = {
        "goods.enabled": "on", "goods.qualification": "conditions",
        "goods.conditions": ["4", "7"],
        "goods.conditions.4.field": "group", "goods.conditions.4.values": ["1", "2"],
        "goods.conditions.7.field": "own-field", "goods.conditions.7.own_field": "tw_Pole3", "goods.conditions.7.values": "tak\nTAK",
        "goods.kinds": ["goods", "set"], "goods.pack_base": "select",
        "goods.unit_dictionary.left": ["transp.", "", "opak."], "goods.unit_dictionary.right": ["CR", "", "PU"],
    }  # fmt: skip
    assert owner.save("/channels/hurt/settings/goods/", **goods).status == 302
    held = newest(hurt)[2]["goods"]
    assert held["conditions"] == [
        {"field": "group", "values": ["1", "2"]},
        {"field": "own-field", "values": ["tak", "TAK"], "own_field": "tw_Pole3"},
    ]
    assert held["unit_dictionary"] == {"transp.": "CR", "opak.": "PU"}
    twice = {**goods, "goods.unit_dictionary.left": ["a", "a"], "goods.unit_dictionary.right": ["CR", "PU"]}
    page = owner.save("/channels/hurt/settings/goods/", **twice)
    assert (page.status, "stoi tu dwa razy" in page.text) == (422, True)
    orders = {
        "orders.statuses.invoiced": "completed",
        "orders.statuses.open": "",
        "orders.remarks": "on",
        "orders.reserve": "on",
    }
    owner.save("/channels/hurt/settings/orders/", **orders)
    assert newest(hurt)[2]["orders"]["statuses"] == {"invoiced": "completed"}
