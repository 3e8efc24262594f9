"""Bad input: whatever stands in a field or an address, the answer is a clear page, and nothing is lost or leaked."""

import re
from urllib.parse import urlencode

import pytest

from pomost.panel.models import Event
from pomost.panel.roles import Role
from pomost.panel.tabs import DRAWN
from tests.end_to_end.stage import KEY, PASSWORD
from tests.panel.visitor import Visitor

NASTY = {
    "html": "<script>alert(1)</script>\"'><b>",
    "sql": "'; DROP TABLE store_channel; --",
    "long": "ż" * 5000,
    "nul": "a\x00b",
    "braces": "{{ 7|add:7 }}{% now 'Y' %} {path} %s",
    "emoji": "🍺\u202e\u200b",
    "blank": "   ",
    "number": "9" * 5000,
    "digit": "²",
}


def names(html):
    return sorted(set(re.findall(r'name="([a-z]+\.[a-z0-9_.]+)"', html)))


@pytest.mark.parametrize("tab", DRAWN)
def test_every_field_of_every_tab_takes_anything_without_falling_over(hurt, owner, tab):
    address = f"/channels/hurt/settings/{tab}/"
    for nasty in NASTY.values():
        shown = owner.get(address)
        before = hurt.pomost.export_settings("hurt")
        fields = {name: nasty for name in names(shown.html) if "__n__" not in name}
        page = owner.post(address, {**fields, "version": shown.value_of("version")})
        assert page.status in {302, 422}, page.text[:500]
        assert "<script>alert" not in page.html
        after = hurt.pomost.export_settings("hurt")
        if page.status == 422:
            assert after == before
            assert "Niczego nie zapisano" in page.text
        assert after["channel"] == {**before["channel"], "company": after["channel"]["company"]}
    assert owner.get(address).status == 200


def test_what_was_typed_comes_back_with_the_error_beside_it(owner):
    page = owner.save("/channels/hurt/settings/guard/", guard__share="dużo", guard__floor="20")
    assert page.status == 422
    assert 'value="dużo"' in page.html
    assert "„dużo” nie jest liczbą" in page.text
    assert 'aria-invalid="true"' in page.html


def test_limits_are_told_beside_the_field(owner):
    page = owner.save("/channels/hurt/settings/guard/", guard__share="2,5")
    assert page.status == 422
    assert "ma być od 0 do 1" in page.text


def test_a_polish_comma_is_a_decimal_point(hurt, owner):
    assert owner.save("/channels/hurt/settings/guard/", guard__share="0,35", guard__floor="1 000").status == 302
    assert hurt.pomost.export_settings("hurt")["guard"] == {"share": "0.35", "floor": 1000}


NOWHERE = (
    "/channels/nie-ma/settings/goods/",
    "/channels/..%2f..%2fetc/settings/goods/",
    "/channels/hurt/settings/erp/",
    "/nic",
    "/channels/hurt/lists/hasla/",
    "/channels/hurt/settings/branch/?of=99",
    "/channels/hurt/condition/goods/x/",
    f"/channels/hurt/condition/goods/{'9' * 300}/",
)


def test_an_address_that_leads_nowhere_says_so(owner):
    for address in NOWHERE:
        page = owner.get(address)
        assert (page.status, "Nie ma" in page.text) == (404, True), address
    assert owner.post("/people/999/").status == 404


def test_secrets_are_never_shown_in_a_page_nor_in_the_audit_log(hurt, owner):
    address = "/channels/hurt/settings/connection/"
    shown = owner.get(address)
    fresh = "nowy-klucz-bardzo-tajny"
    database = hurt.pomost.export_settings("hurt")["erp"]["database"]
    told = {
        "shop.address": hurt.shop.url,
        "erp.database": database,
        "erp.driver": "sqlite",
        "channel.company": "Hurtownia",
    }
    assert owner.post(address, {**told, "shop.key": fresh, "version": shown.value_of("version")}).status == 302
    event = Event.objects.get(kind="settings")
    assert {"path": "shop.key", "before": "•••", "after": "•••"} in event.facts
    for page in (owner.get(address), owner.get("/audit/"), owner.get("/channels/hurt/versions/"), shown):
        for secret in (fresh, KEY, PASSWORD):
            assert secret not in page.html


def test_a_key_pasted_into_the_address_is_taken_out_of_it(hurt, owner):
    address = "/channels/hurt/settings/connection/"
    shown = owner.get(address)
    database = hurt.pomost.export_settings("hurt")["erp"]["database"]
    told = {"erp.database": database, "erp.driver": "sqlite", "channel.company": "Hurtownia"}
    pasted = f"{hurt.shop.url}/?key=klucz-wklejony-razem"
    owner.post(address, {**told, "shop.address": pasted, "version": shown.value_of("version")})
    assert "klucz-wklejony" not in owner.get(address).html
    assert hurt.pomost.export_settings("hurt")["shop"]["address"] == hurt.shop.url


def test_a_number_no_list_is_as_long_as_is_no_number(owner):
    for number in ("9" * 5000, "9" * 19, "²", "-1"):
        assert owner.get(f"/audit/?{urlencode({'before': number})}").status == 200
        assert owner.post("/channels/hurt/versions/", {"restore": number}).status == 404
        page = owner.post("/channels/hurt/settings/goods/", {"goods.conditions": number, "version": number})
        assert page.status in {302, 409, 422}
        assert owner.post("/people/", {"user": number}).status == 404


def test_more_rows_than_a_list_may_have_are_told_and_none_is_dropped(hurt, owner):
    place = "/channels/hurt/settings/goods/"
    rows = {f"goods.conditions.{number}.field": "group" for number in range(201)}
    told = {**rows, "goods.conditions": [str(number) for number in range(201)]}
    page = owner.post(place, {**told, "version": owner.get(place).value_of("version")})
    assert (page.status, "najwyżej 200 wierszy, a jest 201" in page.text) == (422, True)
    assert 'name="goods.conditions.200.field"' in page.html


def test_what_is_the_owners_is_refused_to_others(hurt):
    for role in (Role.VIEWER, Role.OPERATOR):
        visitor = Visitor(role)
        for address in ("/audit/", "/people/", "/new-channel/", "/channels/hurt/remove/"):
            assert visitor.get(address).status == 403


def test_a_mistake_of_ours_is_one_sentence_and_the_trace_goes_to_the_log(hurt, owner, monkeypatch, caplog):
    monkeypatch.setattr("pomost.panel.screens.audit.Event.objects", None)
    owner.client.raise_request_exception = False
    page = owner.get("/audit/")
    assert page.status == 500
    assert "Nieoczekiwany błąd" in page.text
    assert "Traceback" not in page.html
    (told,) = [one for one in caplog.records if one.exc_info and "/audit/" in one.getMessage()]
    assert told.exc_info[0] is AttributeError
