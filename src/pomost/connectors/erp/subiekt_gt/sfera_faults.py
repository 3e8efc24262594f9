"""What an error of Sfera means to the user of Subiekt GT: for everybody, or for this one order; and what to do."""

from pomost.connectors.erp.subiekt_gt.settings import SubiektSettings
from pomost.model.reason import Finding, Reason
from pomost.model.text import Text
from pomost.ports.fault import Fault, Refused, Unavailable
from pomost.transport.com import ComFailure

_LOCKED = "zablokowany przez operatora"
_SEATS = Text(
    "Zwolnij stanowisko Subiekta albo dokup licencję; zamówienia poczekają.",
    "Free one of Subiekt's seats, or buy a licence; the orders wait.",
)
_REGISTER = Text(
    "Zainstaluj Subiekta GT ze Sferą na tym komputerze i wskaż 32-bitowego Pythona z pywin32 (sfera_python).",
    "Install Subiekt GT with Sfera on this machine and name a 32-bit Python with pywin32 (sfera_python).",
)
_WINDOW = Text(
    "Uruchom Subiekta jako operator Sfery i wyłącz w jego parametrach pytanie, które się pokazuje; zamówienie "
    "zostanie zapisane w następnej synchronizacji.",
    "Start Subiekt as Sfera's operator and switch off in its parameters the question it shows; the order is "
    "registered by the next run.",
)

# Numbers seen in the wild; what they stop is every order, so the run of orders ends with a person's task.
_REFUSED: dict[str, tuple[Text, Text]] = {
    "0x80041329": (
        Text(
            "Serwer SQL odrzucił logowanie Subiekta GT (0x80041329).",
            "The SQL server refused Subiekt GT's login (0x80041329).",
        ),
        Text(
            "Popraw login SQL dla Sfery i jego hasło (zakładka Połączenie); przy logowaniu Windows daj temu "
            "użytkownikowi prawo do bazy podmiotu.",
            "Correct Sfera's SQL login and its password (tab Connection); with a Windows login give that user a right "
            "to the company's database.",
        ),
    ),
    "0x8004132B": (
        Text(
            "Baza jest otwarta, ale Subiekt GT nie uruchomił się w tle (0x8004132B).",
            "The database is open, but Subiekt GT did not start in the background (0x8004132B).",
        ),
        Text(
            "Sprawdź po kolei: operatora Sfery {operator} i jego hasło, jego prawo do Sfery, licencję Sfery tego "
            "podmiotu; zamknij okno Subiekta otwarte na tym komputerze.",
            "Check in turn: Sfera's operator {operator} and the password, that operator's right to Sfera, the licence "
            "of Sfera for this company; close a window of Subiekt left open on this machine.",
        ),
    ),
    "0x80041262": (
        Text("Licencja na Sferę wygasła.", "The licence of Sfera has expired."),
        Text("Odnów licencję u InsERT; zamówienia poczekają.", "Renew it with InsERT; the orders wait."),
    ),
    "0x800411F2": (
        Text("Brak ważnej licencji na Sferę.", "There is no valid licence of Sfera."),
        Text("Kup lub aktywuj Sferę dla Subiekta GT.", "Buy or activate Sfera for Subiekt GT."),
    ),
    "0x800411DC": (
        Text("Zamówienie jest już zrealizowane.", "The order was realised already."),
        Text("Otwórz dokument w Subiekcie.", "Open the document in Subiekt."),
    ),
    "0x8000FFFF": (
        Text("Sfera nie działa w tym wątku.", "Sfera does not work in this thread."),
        Text("To nasz błąd: zgłoś go z logiem.", "A mistake of ours: report it with the log."),
    ),
    "0x80040154": (Text("Sfera nie jest zarejestrowana w systemie.", "Sfera is not registered here."), _REGISTER),
    "0x800401F3": (Text("Na tym komputerze nie ma Sfery.", "There is no Sfera on this machine."), _REGISTER),
    "pywin32-missing": (
        Text("Python dla Sfery nie ma pakietu pywin32.", "The Python for Sfera has no pywin32."),
        Text("Uruchom: python -m pip install pywin32", "Run: python -m pip install pywin32"),
    ),
}
_LATER: dict[str, tuple[Text, Text]] = {
    "0x800412BE": (Text("Wszystkie stanowiska Sfery są zajęte.", "All seats of Sfera are taken."), _SEATS),
    "0x800413D5": (Text("Przekroczono liczbę licencji Subiekta.", "Subiekt's licences are used up."), _SEATS),
    "0x800412F6": (Text("Przekroczono limit pracowników.", "The limit of employees is exceeded."), _SEATS),
    "lock-busy": (
        Text("Inny program Pomostu zapisuje w tym podmiocie.", "Another Pomost writes into this company."),
        Text("Poczekaj, aż skończy; zamówienia nie przepadną.", "Wait until it ends; no order is lost."),
    ),
}
# The program went away under us, or a window stopped it: this order is looked for and tried again.
_GONE = frozenset({"0x80010105", "0x800706BA", "0x80010108", "0x80010007"})


def sfera_fault(failure: ComFailure, settings: SubiektSettings) -> Fault:
    """The fault behind a failure that stops every order."""
    told = _REFUSED.get(failure.code) or _LATER.get(failure.code)
    if told is not None:
        text, advice = told
        kind = Refused if failure.code in _REFUSED else Unavailable
        return kind(text, advice.fill(operator=settings.sfera_operator))
    match failure.kind:
        case "start":
            text = Text(
                "Nie można uruchomić Pythona dla Sfery: {detail}", "The Python for Sfera does not start: {detail}"
            )
            return Refused(text.fill(detail=failure.detail), _REGISTER)
        case "hung":
            text = Text(
                "Subiekt GT nie odpowiadał ({detail}): prawdopodobnie czeka na odpowiedź w oknie. Zakończono jego "
                "proces uruchomiony przez Pomost.",
                "Subiekt GT did not answer ({detail}): it probably waits in a window. The process Pomost started was "
                "ended.",
            )
            return Unavailable(text.fill(detail=failure.detail), _WINDOW)
        case "died":
            text = Text("Proces Sfery zakończył się: {detail}", "The Sfera process ended: {detail}")
            return Unavailable(text.fill(detail=failure.detail), _REGISTER)
        case _:
            text = Text("Sfera zgłosiła błąd {code}: {detail}", "Sfera reported error {code}: {detail}")
            advice = Text(
                "Sprawdź operatora {operator} i podmiot w Subiekcie; jeśli się powtarza, zgłoś treść.",
                "Check operator {operator} and the company in Subiekt; if it recurs, report the text.",
            )
            detail = failure.detail or "-"
            filled = text.fill(code=failure.code, detail=detail)
            return Unavailable(filled, advice.fill(operator=settings.sfera_operator))


def gone(failure: ComFailure) -> bool:
    """Whether the program is no longer there, so that nobody can say what it did last."""
    return failure.kind in {"hung", "died"} or failure.code in _GONE


def finding_of(failure: ComFailure) -> Finding | None:
    """Why this one order was not registered; None where no order can be."""
    if failure.kind == "start" or failure.code in _REFUSED or failure.code in _LATER:
        return None
    if gone(failure):
        return Finding.of(Reason.ERP_SILENT)
    if _LOCKED in failure.detail:
        return Finding.of(Reason.ERP_LATER, detail=failure.detail)
    return Finding.of(Reason.ERP_REFUSED, detail=_said(failure))


def _said(failure: ComFailure) -> str:
    match failure.code:
        case "line-total":
            told = "pozycja {line} ({symbol}): wartość {found} zamiast {wanted} / line {line}: {found}, not {wanted}"
            return told.format_map(failure.facts)
        case "lines":
            return "pozycji {found} zamiast {wanted} / {found} lines, not {wanted}".format_map(failure.facts)
        case _:
            return f"{failure.detail} ({failure.code})" if failure.detail else failure.code
