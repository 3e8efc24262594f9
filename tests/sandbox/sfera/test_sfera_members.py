"""Only documented members exist; arguments, threads and errors are as strict as a client may ever meet."""

import subprocess
import sys
import threading
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from tests.sandbox.sfera.acts import draft, log_in, refused

import pomost
from pomost.sandbox.sfera.errors import ComError, UnknownMember
from pomost.sandbox.sfera.sfera import CLASSES, open_sfera

UNKNOWN, NOT_FOUND, MISMATCH, OVERFLOW = 0x80020006, 0x80020003, 0x80020005, 0x8002000A
COUNT, WRONG_THREAD = 0x8002000E, 0x8001010E


def documented():
    """Names of the interface by class, as public descriptions of its type library have them."""
    found = {}
    for line in Path(__file__).with_name("members.txt").read_text(encoding="utf-8").splitlines():
        head, _, tail = line.rpartition(":")
        if head:
            name = head
        found.setdefault(name, set()).update(tail.split())
    return found


@pytest.mark.parametrize("model", CLASSES, ids=lambda one: one.com_name)
def test_no_member_is_invented(model):
    assert set(model.members) - documented()[model.com_name] == set()


@pytest.mark.parametrize("name", ["Slowniki", "magazynid", "_session", "session", "Zakończ"])
def test_an_unknown_member_is_refused(subiekt, name):
    for action in (lambda: getattr(subiekt, name), lambda: setattr(subiekt, name, 1)):
        error = refused(action, UNKNOWN)
        assert isinstance(error, UnknownMember)
        assert isinstance(error, AttributeError)


def test_names_that_look_right_do_not_exist(subiekt):
    order = draft(subiekt)
    customer = subiekt.KontrahenciManager.DodajKontrahenta()
    for target, name in [
        (order, "Id"), (order, "PlatnoscPrzelewId"), (order, "RejestrujWKSeF"), (order, "MagazynId"),
        (customer, "AdresEMail"), (customer, "Kraj"), (customer, "PanstwoId"),
    ]:  # fmt: skip
        assert not hasattr(target, name)


def test_what_is_only_read_is_not_written(subiekt):
    order = draft(subiekt, ("WODA", 1))
    for target, name, value in [
        (order, "Identyfikator", 5), (order, "NumerPelny", "ZK 5"), (order, "WartoscNetto", Decimal(1)),
        (order, "Zapisz", 1), (order.Pozycje.Element(1), "TowarId", 2), (subiekt, "IdentyfikatorProcesu", 1),
    ]:  # fmt: skip
        refused(lambda target=target, name=name, value=value: setattr(target, name, value), NOT_FOUND)


@pytest.mark.parametrize(
    "name, values",
    [
        ("KontrahentId", ["1", True, 1.0, None, Decimal(1)]),
        ("Uwagi", [1, b"x", None]),
        ("Rezerwacja", [1, 0, "True", None]),
        ("RabatProcent", [1.5, "1.5", True, None, Decimal("1.00001"), Decimal("NaN")]),
        ("TerminRealizacji", ["2026-03-09", date(2026, 3, 9), None]),
    ],
)
def test_a_wrong_type_is_refused_and_changes_nothing(subiekt, name, values):
    order = draft(subiekt)
    before = getattr(order, name)
    for value in values:
        assert refused(lambda value=value: setattr(order, name, value), MISMATCH).argerror == 1
    assert getattr(order, name) == before


def test_arguments_are_counted_and_checked(subiekt):
    lines = draft(subiekt).Pozycje
    refused(lines.Dodaj, COUNT)
    refused(lambda: lines.Dodaj(1, 2), COUNT)
    refused(lambda: lines.Element("1"), MISMATCH)
    assert refused(lambda: subiekt.Kontrahenci.IstniejeWg("x", "2"), MISMATCH).argerror == 2
    refused(lambda: setattr(subiekt, "MagazynId", 1 << 31), OVERFLOW)
    refused(lambda: subiekt.UstawPoleWlasne(subiekt, "Opis Mstore", "x"), MISMATCH)


def test_values_come_back_as_the_wire_carries_them(subiekt):
    order = draft(subiekt, ("WODA", 3))
    line = order.Pozycje.Element(1)
    assert [type(value) for value in (line.IloscJm, line.CenaNettoPrzedRabatem, order.WartoscBrutto)] == [Decimal] * 3
    order.TerminRealizacji = datetime(2026, 3, 9, 12, tzinfo=UTC)
    assert order.TerminRealizacji.isoformat() == "2026-03-09T12:00:00"
    assert (order.Rezerwacja, order.Identyfikator, order.Uwagi) == (True, None, "")


def test_an_error_has_the_shape_of_pywin32(subiekt):
    error = refused(draft(subiekt).Zapisz)
    assert error.args == (error.hresult, error.strerror, error.excepinfo, error.argerror)
    assert error.hresult == -2147352567
    assert error.strerror == "Wystąpił wyjątek."
    assert error.excepinfo == (0, "InsERT GT", "Dokument nie zawiera pozycji.", None, 0, -2147467259)
    assert error.argerror is None


def test_or_the_bare_one_of_other_clients(start):
    error = refused(draft(start(error_shape="bare")).Zapisz)
    assert (error.hresult, error.excepinfo) == (-2147467259, None)


def test_another_thread_is_refused_everywhere(company, subiekt):
    order = draft(subiekt, ("WODA", 1))
    lines = order.Pozycje
    numbers = []

    def foreign():
        for action in (
            lambda: subiekt.MagazynId, lambda: setattr(order, "Uwagi", "x"), order.Zapisz, lines.Element,
            lambda: subiekt.NieMa,
        ):  # fmt: skip
            try:
                action()
            except ComError as error:
                numbers.append(error.hresult & 0xFFFFFFFF)

    thread = threading.Thread(target=foreign)
    thread.start()
    thread.join()
    assert numbers == [WRONG_THREAD] * 5
    assert order.Uwagi == ""


def test_a_thread_of_its_own_may_dispatch_for_itself(company):
    found = []

    def own():
        subiekt = log_in(open_sfera(company)("InsERT.GT")).Uruchom()
        found.append(subiekt.OperatorNazwa)
        subiekt.Zakoncz()

    thread = threading.Thread(target=own)
    thread.start()
    thread.join()
    assert found == ["Szef"]


def test_what_the_program_says_of_itself(subiekt):
    assert (subiekt.OperatorNazwa, subiekt.OperatorId, subiekt.Zajeta) == ("Szef", 1, False)
    assert subiekt.PodmiotNazwa == "Hurtownia Pod Mostem sp. z o.o."
    assert subiekt.Wersja in subiekt.WersjaTekst
    assert repr(subiekt) == "<COM object Subiekt>"


def test_a_bare_interpreter_is_enough():
    """The package is loaded by a small process that has nothing but the standard library."""
    source = Path(pomost.__file__).parents[1]
    code = (
        f"import sys; sys.path.insert(0, {str(source)!r})\n"
        "import pomost.sandbox.sfera.sfera, pomost.sandbox.sfera.clerk\n"
        "known = {*sys.stdlib_module_names, '__main__'}\n"
        "strange = {name for name in sys.modules if name.split('.')[0] not in known}\n"
        "print(sorted(name for name in strange if not name.startswith('pomost.sandbox.sfera')))"
    )
    told = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "['pomost', 'pomost.sandbox']"
