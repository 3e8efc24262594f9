"""What clients of Sfera do again and again: log in, write an order, be refused."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from pomost.sandbox.sfera.errors import ComError

TODAY = "2026-03-05"


def log_in(launcher, **changed):
    given = {"Produkt": 1, "Serwer": r"HOST\INSERTGT", "Baza": "GT", "Autentykacja": 0, "Uzytkownik": "sa"}
    for name, value in {**given, "UzytkownikHaslo": "", "Operator": "Szef", **changed}.items():
        setattr(launcher, name, value)
    return launcher


def draft(subiekt, *lines, customer=1, **properties):
    """A ZK that is not saved: lines are pairs (symbol, quantity) or triples with a net price."""
    order = subiekt.SuDokumentyManager.DodajZK()
    order.KontrahentId = customer
    for name, value in properties.items():
        setattr(order, name, value)
    for symbol, quantity, *price in lines:
        line = order.Pozycje.Dodaj(symbol)
        line.IloscJm = Decimal(quantity)
        if price:
            line.CenaNettoPrzedRabatem = Decimal(price[0])
    return order


def saved(subiekt, *lines, **properties):
    """Id and number of a ZK that was saved and closed."""
    order = draft(subiekt, *lines, **properties)
    order.Zapisz()
    found = SimpleNamespace(id=order.Identyfikator, number=order.NumerPelny)
    order.Zamknij()
    return found


def number_of(error):
    """The program's number of an error, unsigned."""
    inner = error.excepinfo
    return (inner[5] if inner else error.hresult) & 0xFFFFFFFF


def refused(action, number=None, text=""):
    with pytest.raises(ComError) as caught:
        action()
    if number is not None:
        assert number_of(caught.value) == number
    if text:
        assert text in caught.value.excepinfo[2]
    return caught.value
