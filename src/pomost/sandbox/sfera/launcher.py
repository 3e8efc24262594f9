"""What `Dispatch` gives: the launcher `InsERT.GT`, which starts the program, and the helper `InsERT.Dodatki`."""

import platform
from typing import Any

from pomost.sandbox.sfera.books import Books
from pomost.sandbox.sfera.desk import Desk, operator_names
from pomost.sandbox.sfera.errors import Dialog, Refusal
from pomost.sandbox.sfera.journal import Journal
from pomost.sandbox.sfera.kinds import text, whole
from pomost.sandbox.sfera.locks import Holder
from pomost.sandbox.sfera.members import Model, method, stored
from pomost.sandbox.sfera.program import Program
from pomost.sandbox.sfera.script import Script
from pomost.sandbox.sfera.session import Session
from pomost.sandbox.sfera.subiekt import Subiekt

_SUBIEKT = 1
_WINDOWS_LOGIN = 1
_MATCHES = range(3)
_FLAGS = 32
_NEW, _BACKGROUND = 2, 4
_CIPHER = "szyfr:"
_HEXADECIMAL = frozenset("0123456789abcdefABCDEF")
"""A plain password of the database that begins with one of these is taken for a cipher and refused."""
_STATION = 30


class Extras(Model, name="Dodatki"):
    @method(text)
    def Szyfruj(self, password: str) -> str:
        """A password in the form the launcher takes; no secret is kept by it."""
        return _CIPHER + password.encode("utf-8").hex()


def _plain(password: str) -> str:
    """Passwords are taken as `Szyfruj` gives them, and plain."""
    if password.startswith(_CIPHER):
        return bytes.fromhex(password.removeprefix(_CIPHER)).decode("utf-8")
    return password


class Launcher(Model, name="GT"):
    def __init__(self, path: str, script: Script, journal: Journal) -> None:
        self._path = path
        self._script = script
        self._journal = journal
        self._started: Session | None = None
        self.row: dict[str, Any] = {"Produkt": _SUBIEKT, "Autentykacja": 0}
        self.row |= dict.fromkeys(("Serwer", "Baza", "Uzytkownik", "UzytkownikHaslo", "Operator", "OperatorHaslo"), "")

    Produkt = stored(whole, "Produkt")
    Serwer = stored(text, "Serwer")
    Baza = stored(text, "Baza")
    Autentykacja = stored(whole, "Autentykacja")
    Uzytkownik = stored(text, "Uzytkownik")
    UzytkownikHaslo = stored(text, "UzytkownikHaslo")
    Operator = stored(text, "Operator")
    OperatorHaslo = stored(text, "OperatorHaslo")

    @method(whole, whole, optional=2)
    def Uruchom(self, match: int = 0, flags: int = 0) -> Subiekt:
        """Log in and start; without an operator the login window waits for one."""
        if match not in _MATCHES or not 0 <= flags < _FLAGS:
            raise Refusal("overflow")
        if self._script.apartment != "STA":
            raise Refusal("wrong_apartment")
        if self.row["Produkt"] != _SUBIEKT:
            raise Refusal("failure", "Piaskownica zna tylko Subiekta.")
        self._check_database()
        if self._script.window_open and flags & _BACKGROUND and not flags & _NEW:
            # A program that has a window cannot be taken into the background.
            raise Refusal("start_failed")
        books = Books(self._path)
        try:
            session = self._log_in(books)
        except BaseException:
            books.close()
            raise
        self._journal.started(session.program.pid)
        self._started = session
        return Subiekt(session)

    @property
    def behind(self) -> Session | None:
        return self._started

    def _check_database(self) -> None:
        script, row = self._script, self.row
        for name, wanted in (("Serwer", script.server), ("Baza", script.company)):
            if not row[name] or (wanted and row[name].casefold() != wanted.casefold()):
                raise Refusal("failure", f"Nie można połączyć się z bazą {row['Baza']} na serwerze {row['Serwer']}.")
        if row["Autentykacja"] == _WINDOWS_LOGIN:
            if not script.windows_login:
                raise Refusal("sql_login")
            return
        password = row["UzytkownikHaslo"]
        misread = password[:1] in _HEXADECIMAL and password != ""
        if misread or script.sql_logins.get(row["Uzytkownik"]) != _plain(password):
            raise Refusal("sql_login")

    def _log_in(self, books: Books) -> Session:
        name, operators = self.row["Operator"], operator_names(books)
        if not name:
            raise Dialog
        script = self._script
        known = name in operators and script.passwords.get(name, "") == _plain(self.row["OperatorHaslo"])
        if not known or name in script.without_right or not script.licensed:
            raise Refusal("start_failed")
        program = Program(self._script.linger)
        holder = Holder(f"{platform.node()[:_STATION]}#{program.pid}", name)
        desk = Desk(books, self._script.habits, operators[name], holder)
        own = books.value("SELECT uz_IdMagazynu FROM pd_Uzytkownik WHERE uz_Id = ?", desk.operator)
        main = books.value("SELECT mag_Id FROM sl_Magazyn ORDER BY mag_Glowny DESC, mag_Id")
        return Session(program, desk, int(own or main))
