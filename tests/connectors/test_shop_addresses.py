"""Where a shop's API is: what may be kept as its address, and keys that were pasted along."""

from types import SimpleNamespace

import pytest

from pomost.connectors import SHOPS
from pomost.connectors.shop.addresses import NO_ADDRESS, is_address, prepare, split_pasted, unfit
from pomost.connectors.shop.esklep.settings import EsklepSettings
from pomost.connectors.shop.mstore.settings import MstoreSettings
from pomost.ports.fault import Fault

KEY = "mst_0123456789abcdef"
API = "https://api.sklep.example"
PASTED = [
    f"{API}?key={KEY}",
    f"{API}/?api_key={KEY}",
    f"{API}/?Token={KEY}",
    f"{API}/?access_token={KEY}&x=1",
    f"{API}/?x={KEY}",
    f"{API}#{KEY}",
    f"https://{KEY}@api.sklep.example/",
    f"https://dystrybutor:{KEY}@api.sklep.example",
    f"{API}/{KEY}",
    f"{API}/{KEY}/",
    f"  {API}/{KEY}\n",
    f"HTTPS://api.sklep.example/{KEY}",
]
NONE = [
    KEY,
    "klucz",
    "klucz-e-sklepu",
    f"{KEY} ",
    f"Klucz: {KEY}",
    f"https://{KEY}",
    f"http://{KEY}/",
    f"https:{KEY}",
    f"//{KEY}",
    f"ftp://{KEY}@sklep.example",
    f"https://:x/{KEY}",
    f"https://sklep.example:{KEY}/",
    f"{API}/?x=krotki",
    f"{API}/?cokolwiek",
    f"{API}/#sekcja",
    f"{API} {KEY}",
    f"{API}/{KEY}/{KEY[::-1]}",
    "sklep.example",
    "www.sklep.example/api",
    "",
    "https://",
    "https:///x",
]


@pytest.mark.parametrize("text", PASTED)
def test_a_key_inside_an_address_is_taken_out(text):
    address, key = split_pasted(text)
    assert (address.casefold(), key) == (API, KEY)
    assert is_address(address)
    assert prepare({"address": text, "timeout": 5}) == {"address": address, "key": KEY, "timeout": 5}
    assert prepare({"address": text, "key": "wpisany"})["key"] == "wpisany"


def test_the_rest_of_the_path_and_the_port_stay():
    assert split_pasted(f"https://sklep.example:8443/a/{KEY}/v1") == ("https://sklep.example:8443/a/v1", KEY)
    assert split_pasted(f"http://[::1]:8000/?key={KEY}") == ("http://[::1]:8000", KEY)


@pytest.mark.parametrize("text", NONE)
@pytest.mark.parametrize("shop", ["mstore", "esklep"])
def test_a_text_that_is_no_address_is_never_kept_as_one(shop, text):
    """The manual says to type the key into the field Adres; a key alone says nothing of where the shop is."""
    section = SHOPS[shop].prepare({"address": text, "key": "k"})
    ((name, told),) = SHOPS[shop].unfit(SimpleNamespace(**section))
    assert (name, told) == ("address", NO_ADDRESS)


@pytest.mark.parametrize(
    "text",
    [
        API,
        f"{API}/",
        f"{API}/v1/dystrybutor",
        "https://sklep.example:8443",
        "https://192.168.1.5/api",
        "http://127.0.0.1:8000",
        "http://localhost:1",
        "http://[::1]:1",
        "https://erp-serwer/api",
        "https://xn--zote-okna-3vb.example",
    ],
)
@pytest.mark.parametrize("shop", ["mstore", "esklep"])
def test_an_address_stays_as_it_was_typed(shop, text):
    section = SHOPS[shop].prepare({"address": text, "key": "k"})
    assert section["address"].rstrip("/") == text.rstrip("/")
    assert list(unfit(SimpleNamespace(**section))) == []


@pytest.mark.parametrize("text", NONE)
def test_connecting_with_what_is_no_address_says_so_without_repeating_it(text):
    """Settings of an earlier program may hold one: the sentence of the refusal is kept with the run."""
    for shop, settings in (("mstore", MstoreSettings(text, "k" * 16)), ("esklep", EsklepSettings(text, "k" * 16))):
        with pytest.raises(Fault) as fault:
            SHOPS[shop].connect(settings)
        said = fault.value.say("pl") + fault.value.say("en") + repr(fault.value) + repr(fault.value.__cause__)
        assert KEY not in said
        assert KEY.casefold() not in said.casefold()


def test_what_is_no_text_is_left_to_the_reading_of_settings():
    assert prepare({"address": 5}) == {"address": 5}
    assert prepare({}) == {}
