"""Keys that earlier programs kept in the shop's address leave every version when the store is opened."""

import json
from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.core.management import call_command

from pomost.store.database import close_store, open_store
from pomost.store.models import Channel, SettingsVersion
from tests.databases import path_of
from tests.walking import places_of

KEY = "mst_0123456789abcdef"
without_key = import_module("pomost.store.migrations.0012_no_keys_in_addresses").without_key


@pytest.mark.parametrize(
    ("kept", "left"),
    [
        ("https://api.sklep.example/v1", "https://api.sklep.example/v1"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
        (KEY, ""),
        ("", ""),
        ("sklep.example", ""),
        (f"https://{KEY}", ""),
        (f"https://sklep.example {KEY}", ""),
        (f"https://sklep.example:{KEY}/", ""),
        (f"https://sklep.example/?token={KEY}", "https://sklep.example/"),
        (f"https://sklep.example/a#{KEY}", "https://sklep.example/a"),
        (f"https://ja:{KEY}@sklep.example/a", "https://sklep.example/a"),
        (f"https://sklep.example/a/{KEY}/b", "https://sklep.example/a/b"),
    ],
)
def test_an_address_is_what_is_left(kept, left):
    assert without_key(kept) == left


def test_versions_are_cleaned_once_and_nothing_else_of_them(store_url):
    open_store(store_url)
    now = datetime.now(UTC)
    channel = Channel.objects.create(name="hurt", company="F", erp="memory", shop="mstore", created=now)
    shops = [
        {"address": KEY, "timeout": 5},
        {"address": f"https://s.example/?token={KEY}"},
        {"address": "https://s.example"},
    ]
    documents = [{"channel": {"name": "hurt"}, "shop": shop, "prices": {"level": "3"}} for shop in shops]
    documents += [{"channel": {"name": "hurt"}}, {"shop": "tekst"}]
    for number, document in enumerate(documents, 1):
        SettingsVersion.objects.create(channel=channel, number=number, document=document, author="ja", at=now)
    call_command("migrate", "store", "0011", verbosity=0)
    open_store(store_url)
    found = [row.document for row in SettingsVersion.objects.order_by("number")]
    assert [one.get("shop") for one in found] == [
        {"address": "", "timeout": 5},
        {"address": "https://s.example/"},
        {"address": "https://s.example"},
        None,
        "tekst",
    ]
    assert [one.get("prices") for one in found] == [{"level": "3"}] * 3 + [None] * 2
    assert KEY not in json.dumps(found)
    close_store()
    if store_url.startswith("sqlite"):
        folder = path_of(store_url)
        assert not [one for one in places_of(folder.parent, KEY) if one.startswith(folder.name)]
