"""The manual says to type the key into the field Adres: whoever does finds it nowhere but among the sealed secrets."""

import json

import pytest

from pomost.panel.roles import Role
from pomost.store.database import close_store
from tests.panel.visitor import Visitor, dotted
from tests.walking import places_of

NEW = "mst_nowy_klucz_4711_0815"
TAB = "/channels/hurt/settings/connection/"
ADDRESSES = {
    "the key alone": (NEW, 422),
    "the key with spaces": (f"  {NEW}\t", 422),
    "the key after https://": (f"https://{NEW}", 422),
    "a word before the key": (f"Klucz API: {NEW}", 422),
    "the address with the key behind it": ("{url}/?key=" + NEW, 302),
    "the address with the key in its path": ("{url}/" + NEW, 302),
    "the address with the key after a space": ("{url} " + NEW, 422),
}


def fields(stage, **changes):
    """The Connection tab as it stands, dotted names as a form sends them."""
    document = stage.pomost.export_settings("hurt")
    given = {f"erp__{name}": value for name, value in document["erp"].items() if not isinstance(value, bool)}
    given |= {"channel__company": document["channel"]["company"], "shop__address": document["shop"]["address"]}
    return {**given, **changes}


def nowhere(stage, *pages):
    """Not on disk, not in any version or audit row, nor on any page shown since."""
    close_store()
    assert places_of(stage.home, NEW) == set()
    assert NEW not in json.dumps([str(one) for one in stage.pomost.settings_history("hurt")])
    for role in Role:
        reader = Visitor(role, login=f"czytelnik-{role}")
        for place in ("/audit/", "/channels/hurt/versions/", TAB):
            assert NEW not in reader.get(place).html
    for page in pages:
        assert NEW not in page.html


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_key_in_the_address_is_taken_as_the_key_or_refused_before_it_is_saved(hurt, owner, name):
    typed, status = ADDRESSES[name]
    page = owner.save(TAB, **fields(hurt, shop__address=typed.format(url=hurt.shop.url)))
    assert page.status == status
    nowhere(hurt, page)
    if status == 302:
        assert hurt.pomost._ways.settings("hurt")[0].shop.key == NEW
        assert hurt.pomost.export_settings("hurt")["shop"]["address"] == hurt.shop.url
    else:
        assert "https://" in page.text
        assert "Klucz API" in page.text
        assert hurt.pomost.settings_history("hurt", 1)[0][0] == 1


def test_and_so_when_a_channel_is_made(hurt, owner):
    head = {"channel__name": "nowy", "channel__company": "Nowa", "channel__erp": "subiekt-gt"}
    pages = []
    for shop in ("mstore", "esklep"):
        typed = {"channel__shop": shop, "erp__database": "GT", "shop__address": NEW, "shop__key": "inny-klucz"}
        page = owner.post("/new-channel/", dotted({**head, **typed}))
        assert page.status == 422
        assert "to nie jest adres" in page.text
        pages.append(page)
    nowhere(hurt, *pages)
    assert [row[0] for row in hurt.pomost.channels()] == ["hurt"]


@pytest.mark.parametrize("field", ["erp__server", "erp__login", "erp__database", "channel__company", "erp__encryption"])
def test_a_key_typed_into_another_field_as_well_is_refused(hurt, owner, field):
    """The same text in the field of the key and in one that everybody sees."""
    page = owner.save(TAB, **fields(hurt, **{"shop__key": NEW, field: f"x {NEW}"}))
    assert page.status == 422
    assert "hasło albo klucz" in page.text or "nie jest jednym z" in page.text
    nowhere(hurt, page)


def test_a_connection_text_with_a_password_is_refused(hurt, owner):
    page = owner.save(TAB, **fields(hurt, erp__server=f"Server=KASA;UID=sa;PWD={NEW}"))
    assert page.status == 422
    nowhere(hurt, page)


def test_a_mistake_elsewhere_does_not_repeat_the_key(hurt, owner):
    page = owner.save(TAB, **fields(hurt, shop__key=NEW, shop__timeout=NEW))
    assert page.status == 422
    assert "•••” nie jest liczbą" in page.text


@pytest.mark.parametrize(("address", "status"), [("{url}/?key=" + NEW, 409), (NEW, 422)])
def test_two_who_change_the_connection_are_told_without_the_key(hurt, owner, address, status):
    """The page of a conflict shows what each of them typed."""
    other = Visitor(login="druga")
    other.save(TAB, **fields(hurt, channel__company="Inna"))
    page = owner.save(
        TAB, version="1", **fields(hurt, shop__address=address.format(url=hurt.shop.url), channel__company="Moja")
    )
    assert page.status == status
    nowhere(hurt, page)
