"""What people are told when work ends early: one sentence and one advice an exception, whichever door they stand at."""

from pomost.model.sentences_of_runs import advise, say
from pomost.model.text import Language, Text
from pomost.ports.fault import Fault
from pomost.runs.planning import SettingsRefused
from pomost.runs.session import Busy, StopAsked
from pomost.store.database import StoreError
from pomost.store.leases import Holder, LeaseLost

_UNEXPECTED = Text(
    "Nieoczekiwany błąd Pomostu. Szczegóły zapisano w pliku pomost.log w folderze logów; prosimy o zgłoszenie.",
    "An unexpected error in Pomost. Details are in pomost.log of the folder of logs; please report it.",
)
_BUSY = Text(
    "Synchronizacja trwa od {since} na {host} ({owner}): {pl}.",
    "A synchronisation has been running since {since} on {host} ({owner}): {en}.",
)
_ONE_BY_ONE = Text(
    "Ręczne synchronizacje jednego podmiotu nie biegną równolegle; poczekaj na jej koniec.",
    "Manual runs of one company never run side by side; wait for it to end.",
)
_TAKEN_OVER = Text(
    "Synchronizację przejął: {by}. Niczego więcej nie wysłano.", "Taken over by {by}. Nothing more was sent."
)
_STOPPED = Text("Zatrzymano; następna synchronizacja dokończy.", "Stopped; the next run goes on from here.")
_STORE = Text(
    "Nie można zapisać danych Pomostu: {error}. Sprawdź wolne miejsce i prawa do folderu danych; "
    "to, czego nie zapisano, zostanie wysłane ponownie.",
    "Pomost's data cannot be written: {error}. Check free space and rights of the data folder; "
    "whatever was not recorded is sent again.",
)


def why_ended(error: BaseException) -> Text:  # noqa: PLR0911  (one return per way to end)
    """Why the work ended; several lines where several things must be mended."""
    match error:
        case Busy():
            return _busy(error)
        case LeaseLost(holder=holder):
            return _TAKEN_OVER.fill(by="?" if holder is None else _name(holder))
        case StopAsked() | KeyboardInterrupt():
            return _STOPPED
        case SettingsRefused():
            return Text(_with_findings(error, "pl"), _with_findings(error, "en"))
        case Fault():
            return Text(error.say("pl"), error.say("en"))
        case StoreError():
            return _STORE.fill(error=error)
        case _:
            return _UNEXPECTED


def _busy(busy: Busy) -> Text:
    held = busy.holder
    step = Text("-", "-") if held.step is None else held.step.told
    since = held.started.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    told = _BUSY.fill(since=since, host=held.host, owner=_name(held), pl=step.pl, en=step.en)
    return told if busy.same_shop else Text(f"{told.pl}\n{_ONE_BY_ONE.pl}", f"{told.en}\n{_ONE_BY_ONE.en}")


def _name(holder: Holder) -> str:
    """Who it is, without the mark that tells two runs of theirs apart."""
    return holder.owner.partition("#")[0]


def _with_findings(refused: SettingsRefused, language: Language) -> str:
    lines = [f"  {say(one, language)} {advise(one, language)}" for one in refused.findings]
    return "\n".join([refused.say(language), *lines])
