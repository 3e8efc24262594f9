"""Errors: what goes wrong inside the program, and the shape in which a client of pywin32 sees it.

The numbers of the program's own errors were seen in the wild; their texts are invented, except for the record lock and
the missing stock, whose words clients look for. A bare error in the range Windows keeps for the interfaces of programs
carries a sentence of Windows, which takes the number for one of its task scheduler.
"""

from typing import NamedTuple

SOURCE = "InsERT GT"
_SIGN_BIT = 1 << 31
_OF_PROGRAMS = range(0x80040200, 0x80050000)
WINDOWS_SENTENCE = "Usługa Harmonogram zadań nie jest uruchomiona."


class Code(NamedTuple):
    """An error's number, the text that goes with it, and whether COM itself reports it instead of the program."""

    number: int
    text: str
    from_com: bool = False


CODES = {
    "sql_login": Code(0x80041329, "Nie można zalogować się do serwera SQL."),
    "start_failed": Code(0x8004132B, "Nie można uruchomić Subiekta w tle."),
    "not_saved": Code(0x80040F20, ""),
    "licence_expired": Code(0x80041262, "Licencja na Sferę dla Subiekta GT wygasła."),
    "no_licence": Code(0x800411F2, "Brak ważnej licencji na Sferę dla Subiekta GT."),
    "seats_used_up": Code(0x800412BE, "Wykorzystano wszystkie stanowiska Sfery."),
    "licences_exceeded": Code(0x800413D5, "Przekroczono liczbę licencji."),
    "employees_exceeded": Code(0x800412F6, "Przekroczono limit pracowników."),
    "already_realised": Code(0x800411DC, "Zamówienie zostało już zrealizowane."),
    "print_template": Code(0x800416FB, "Błąd wzorca wydruku lub czcionki."),
    "ksef": Code(0x80041A54, "Błąd wysyłki do Krajowego Systemu e-Faktur."),
    "failure": Code(0x80004005, "Nieokreślony błąd."),
    "database": Code(0x80040E21, "Wieloetapowa operacja OLE DB wygenerowała błędy."),
    "exception": Code(0x80020009, "Wystąpił wyjątek.", from_com=True),
    "server_fault": Code(0x80010105, "Serwer zgłosił wyjątek.", from_com=True),
    "wrong_apartment": Code(0x8000FFFF, "Błąd krytyczny.", from_com=True),
    "wrong_thread": Code(
        0x8001010E, "Aplikacja wywołała interfejs, który był skierowany do innego wątku.", from_com=True
    ),
    "server_unavailable": Code(0x800706BA, "Serwer RPC jest niedostępny.", from_com=True),
    "disconnected": Code(0x80010108, "Wywoływany obiekt odłączył się od swoich klientów.", from_com=True),
    "class_not_registered": Code(0x80040154, "Klasa nie jest zarejestrowana.", from_com=True),
    "unknown_class": Code(0x800401F3, "Nieprawidłowy ciąg klasy.", from_com=True),
    "unknown_name": Code(0x80020006, "Nieznana nazwa.", from_com=True),
    "member_not_found": Code(0x80020003, "Nie znaleziono członka.", from_com=True),
    "type_mismatch": Code(0x80020005, "Niezgodność typu.", from_com=True),
    "overflow": Code(0x8002000A, "Poza obecnym zakresem.", from_com=True),
    "parameter_count": Code(0x8002000E, "Nieprawidłowa liczba parametrów.", from_com=True),
}
"""Every error the sandbox can give, by a name of its own."""

ExcepInfo = tuple[int, str | None, str | None, str | None, int, int]


class ComError(Exception):
    """The shape of pywin32's `pythoncom.com_error`: `args` and attributes of the same names, signed numbers.

    `excepinfo` is (code, source, description, help file, help context, the program's number), or None when COM itself
    failed. `argerror` is the position of the wrong argument.
    """

    def __init__(
        self, hresult: int, strerror: str, excepinfo: ExcepInfo | None = None, argerror: int | None = None
    ) -> None:
        super().__init__(hresult, strerror, excepinfo, argerror)
        self.hresult = hresult
        self.strerror = strerror
        self.excepinfo = excepinfo
        self.argerror = argerror


class UnknownMember(ComError, AttributeError):
    """An unknown name; pywin32's dynamic objects answer it with `AttributeError`, so this is one too."""


class Refusal(Exception):
    """The program refuses a call: a name of `CODES` and the text it tells, empty where the program tells nothing."""

    def __init__(self, code: str, text: str | None = None, argument: int | None = None) -> None:
        self.code = CODES[code]
        self.text = self.code.text if text is None else text
        self.argument = argument
        super().__init__(self.text)


class Dialog(Exception):
    """A window opens and waits for a person: the call does not return."""


class Gone(Exception):
    """The program ended: closed in order, or killed."""

    def __init__(self, *, killed: bool) -> None:
        self.code = CODES["server_unavailable" if killed else "disconnected"]
        super().__init__(self.code.text)


def signed(number: int) -> int:
    """An unsigned 32-bit number as pywin32 gives it."""
    return number - (_SIGN_BIT << 1) if number & _SIGN_BIT else number


def from_com(name: str, argument: int | None = None) -> ComError:
    """An error COM reports by itself."""
    kind = UnknownMember if name == "unknown_name" else ComError
    return kind(signed(CODES[name].number), CODES[name].text, None, argument)


def told(code: Code, text: str, argument: int | None = None, *, bare: bool = False) -> ComError:
    """An error of the program: wrapped in 'exception occurred', or bare, as clients see it that bypass IDispatch."""
    number = signed(code.number)
    if code.from_com or bare:
        return ComError(number, WINDOWS_SENTENCE if code.number in _OF_PROGRAMS else text, None, argument)
    outer = CODES["exception"]
    return ComError(signed(outer.number), outer.text, (0, SOURCE, text, None, 0, number), argument)
