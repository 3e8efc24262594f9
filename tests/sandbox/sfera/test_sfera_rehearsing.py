"""The dry run (`ZapiszSymulacja`) refuses exactly what saving refuses, in the same words, and leaves all as it was."""

import ast
import inspect
import sqlite3
from contextlib import closing
from copy import deepcopy
from decimal import Decimal

import pytest
from tests.sandbox.sfera.acts import TODAY

from pomost.sandbox.sfera import checking, filing
from pomost.sandbox.sfera.clerk import Clerk
from pomost.sandbox.sfera.drafting import add_product, add_service, base_on, new_paper
from pomost.sandbox.sfera.errors import Dialog, Refusal
from pomost.sandbox.sfera.filing import file, rehearse
from pomost.sandbox.sfera.paper import FS, WZ, ZK
from pomost.sandbox.sfera.script import Habits

ASKING = Habits(today=TODAY, asks=("reservation", "payment"), reservation_control=1)
REFUSING = Habits(today=TODAY, reservation_control=2)

WINDOW = "a window waits for somebody"


class Desk:
    """A desk over the company, and papers on it."""

    def __init__(self, company, habits):
        self.company = company
        self.clerk = Clerk(company, habits=habits)
        self.desk = self.clerk._desk

    def paper(self, form=ZK, quantity=2, symbol="WODA"):
        made = new_paper(self.desk, form, 1)
        made.header |= {"dok_PlatnikId": 1, "dok_OdbiorcaId": 1}
        made.reserve, made.control = True, 0
        made.payments.cash = None
        add_product(self.desk, made, symbol, with_linked=False).quantity = Decimal(quantity)
        made.payments.credit = Decimal(0)
        return made

    def written(self):
        tables = ("ins_ident", "dok__Dokument", "dok_Pozycja", "dok_Vat", "adr_Historia", "tw_Stan", "fl_Wartosc")
        with closing(sqlite3.connect(self.company)) as connection:
            return [connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables]


def header(**fields):
    def change(_desk, paper):
        paper.header |= fields

    return change


def line(**fields):
    def change(_desk, paper):
        for name, value in fields.items():
            setattr(paper.lines[0], name, value)

    return change


def with_(**fields):
    def change(_desk, paper):
        for name, value in fields.items():
            setattr(paper, name, value)

    return change


def payments(**fields):
    def change(_desk, paper):
        for name, value in fields.items():
            setattr(paper.payments, name, value)

    return change


def nameless_service(_desk, paper):
    add_service(paper).vat_id = 100001


def no_lines(_desk, paper):
    paper.lines.clear()


def taken_number(desk, paper):
    other = desk.paper()
    file(desk.desk, other)
    paper.header |= {"dok_Nr": other.header["dok_Nr"], "dok_NrPelny": ""}


def realised_order(desk, paper):
    """An order somebody realised while it lay open here."""
    key = desk.clerk.write_order(1, [("WODA", 1)])
    desk.clerk.invoice(key)
    paper.header |= {"dok_Id": key, "dok_NrPelny": "ZK 1"}


def more_than_there_is(control, **fields):
    def change(_desk, paper):
        paper.lines[0].quantity, paper.control = Decimal(10**4), control
        for name, value in fields.items():
            setattr(paper, name, value)

    return change


def undecided(desk, paper):
    paper.reserve = None


SOUND = {
    "an ordinary order": (ZK, lambda *_: None, REFUSING),
    "beyond the stock, unchecked": (ZK, more_than_there_is(0), REFUSING),
    "beyond the stock, without reservation": (ZK, more_than_there_is(2, reserve=False), REFUSING),
    "beyond the stock, by settings that skip": (ZK, more_than_there_is(3), Habits(today=TODAY)),
    "reservation left to the parameters": (ZK, undecided, REFUSING),
    "an invoice": (FS, lambda *_: None, REFUSING),
    "a dispatch note": (WZ, lambda *_: None, REFUSING),
}
FAULTS = {
    "customer unknown": (ZK, header(dok_PlatnikId=999), REFUSING, ""),
    "recipient unknown": (ZK, header(dok_OdbiorcaId=None), REFUSING, ""),
    "no lines": (ZK, no_lines, REFUSING, "nie zawiera pozycji"),
    "quantity nought": (ZK, line(quantity=Decimal(0)), REFUSING, "musi być większa od zera"),
    "quantity below nought": (ZK, line(quantity=Decimal(-1)), REFUSING, "musi być większa od zera"),
    "no VAT rate": (ZK, line(vat_id=None), REFUSING, "nie ma stawki VAT"),
    "VAT rate unknown": (ZK, line(vat_id=7), REFUSING, "FOREIGN KEY"),
    "service without a name": (ZK, nameless_service, REFUSING, "Usługa jednorazowa"),
    "warehouse unknown": (ZK, line(warehouse=9), REFUSING, "Nie znaleziono magazynu"),
    "currency unknown": (ZK, header(dok_Waluta="USD"), REFUSING, "Nieznana waluta"),
    "rate of exchange nought": (ZK, header(dok_WalutaKurs=Decimal(0)), REFUSING, "Nieznana waluta"),
    "category unknown": (ZK, header(dok_KatId=999), REFUSING, "FOREIGN KEY"),
    "number taken": (ZK, taken_number, REFUSING, "Dokument o numerze"),
    "realised meanwhile": (ZK, realised_order, REFUSING, "nie może być edytowany"),
    "payments that do not add up": (ZK, payments(cash=Decimal(1)), REFUSING, "Suma płatności"),
    "payment below nought": (ZK, payments(cash=Decimal(-1), credit=Decimal("7.15")), REFUSING, "Suma płatności"),
    "remarks too long": (ZK, header(dok_Uwagi="x" * 501), REFUSING, "dłuższa niż 500"),
    "text of a line too long": (ZK, line(text="x" * 256), REFUSING, "dłuższa niż 255"),
    "amount too large": (ZK, line(net=Decimal(10**14), quantity=Decimal(10**3)), REFUSING, "za duża"),
    "flag unknown": (ZK, with_(flag=("Nie ma", "")), REFUSING, "Nie ma"),
    "beyond the stock, refused": (ZK, more_than_there_is(2), REFUSING, "Brak towaru"),
    "beyond the stock, refused by settings": (ZK, more_than_there_is(3), REFUSING, "Brak towaru"),
    "beyond the stock, asked": (ZK, more_than_there_is(1), REFUSING, WINDOW),
    "beyond the stock, asked by settings": (ZK, more_than_there_is(3), ASKING, WINDOW),
    "reservation undecided": (ZK, undecided, ASKING, WINDOW),
    "payment undecided": (ZK, payments(credit=None), ASKING, WINDOW),
    "an invoice beyond the stock": (FS, more_than_there_is(0), REFUSING, "Brak towaru"),
    "a dispatch note beyond the stock": (WZ, more_than_there_is(0), REFUSING, "Brak towaru"),
}


def said(act, desk, paper):
    """What the program answers: None for nothing wrong, else its number and words; a window stops it for good."""
    try:
        act(desk.desk, paper)
    except Refusal as refusal:
        return refusal.code.number, refusal.text
    except Dialog:
        return 0, WINDOW
    return None


def both(company, form, fault, habits):
    """The answers of the dry run and of saving, about the same paper."""
    desk = Desk(company, habits)
    try:
        paper = desk.paper(form)
        fault(desk, paper)
        before, held = desk.written(), deepcopy(paper)
        rehearsed = said(rehearse, desk, paper)
        assert desk.written() == before
        missing, paper.missing = paper.missing, []
        assert paper == held, "the dry run decides nothing"
        assert all(any(one is line for line in paper.lines) for one in missing)
        return rehearsed, said(file, desk, paper), desk.written() != before
    finally:
        desk.clerk.close()


@pytest.mark.parametrize("name", FAULTS)
def test_the_dry_run_refuses_what_saving_refuses(company, name):
    *case, text = FAULTS[name]
    rehearsed, saved, written = both(company, *case)
    assert rehearsed == saved
    assert text in saved[1]
    assert not written


@pytest.mark.parametrize("name", SOUND)
def test_the_dry_run_lets_pass_what_is_saved(company, name):
    assert both(company, *SOUND[name]) == (None, None, True)


def test_a_document_of_an_order_is_rehearsed_with_the_orders_own_reservation(company):
    """All there is was reserved by the order: it may be invoiced, once, and no more than that."""
    desk = Desk(company, REFUSING)
    key = desk.clerk.write_order(1, [("SOK", 4)], reserve=True)
    for quantity, answer in ((4, None), (5, (0x80004005, "Brak towaru w magazynie."))):
        paper = new_paper(desk.desk, FS, 1)
        base_on(desk.desk, paper, key)
        paper.lines[0].quantity = Decimal(quantity)
        assert said(rehearse, desk, paper) == answer
    desk.clerk.close()


def refusals(module):
    """The words of every refusal a module raises, without what is put into them; a window is one too."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if not isinstance(node, ast.Raise) or node.exc is None:
            continue
        if not isinstance(node.exc, ast.Call):
            yield WINDOW
            continue
        told = node.exc.args[1]
        parts = told.values if isinstance(told, ast.JoinedStr) else [told]
        yield max((one.value for one in parts if isinstance(one, ast.Constant)), key=len)


@pytest.mark.parametrize("module", [checking, filing], ids=lambda one: one.__name__.rpartition(".")[2])
def test_every_refusal_of_saving_is_walked_here(module):
    """A new refusal in what saving checks needs a row above."""
    walked = [text for *_, text in FAULTS.values()]
    assert [one for one in refusals(module) if one and not any(text and text in one for text in walked)] == []
