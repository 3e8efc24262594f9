"""What a test may ask of the sandbox, as data that passes through JSON: the installation, its habits, and troubles."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, TypeVar

from pomost.sandbox.sfera.errors import CODES

DEEDS = ("error", "lock", "hang", "close", "die", "wait")
LINKS = ("order", "document", "both", "chain", "none")
QUESTIONS = ("reservation", "payment", "warehouse")
BITS = 32

_CHOICES: Mapping[str, Collection[Any]] = {
    "do": DEEDS,
    "when": ("before", "after"),
    "code": CODES,
    "bits": (BITS, 2 * BITS),
    "apartment": ("STA", "MTA"),
    "error_shape": ("exception", "bare"),
    "vat_from": ("sums", "lines"),
    "line_value": ("kept", "from_price"),
    "partly": ("closed", "open"),
    "links": LINKS,
    "reservation_control": (0, 1, 2),
    "price_places": (2, 3, 4),
}


class _Checked:
    """Values of a field that lists its choices are among them."""

    def __post_init__(self) -> None:
        for name, choices in _CHOICES.items():
            if hasattr(self, name) and getattr(self, name) not in choices:
                raise ValueError(f"{name} is {getattr(self, name)!r}, not one of {', '.join(map(str, choices))}")


@dataclass(frozen=True, slots=True)
class Trouble(_Checked):
    """One thing that goes wrong.

    `at` is a call such as `SuDokument.Zapisz`, or `Subiekt.MagazynId=` for a write. `do` says what happens `when`
    ('before' or 'after' the call's work is done): 'error' of a `code` with an own `text`, 'lock' (the record is locked
    by another operator), 'hang' on a window, 'close' of the program by a person, 'die' of the calling process, 'wait'
    of so many `seconds`. `skip` calls pass first, then it strikes `times` times, None meaning for ever.
    """

    at: str
    do: str = "error"
    when: str = "before"
    code: str = "failure"
    text: str | None = None
    skip: int = 0
    times: int | None = 1
    seconds: float = 0


@dataclass(frozen=True, slots=True)
class Habits(_Checked):
    """How this installation is set up, where the real ones differ or nobody knows.

    `price_places`: decimals of prices; `vat_from`: VAT of a document counted from the 'sums' per rate or from 'lines';
    `line_value`: a written value of a line is 'kept', or counted anew 'from_price'; `partly`: a partly realised order
    is 'closed' (status 8) or stays 'open' (6, 7); `links`: which side names the other when an order is realised;
    `reservation_control`: what "by settings" means (0 skip, 1 a window asks, 2 refuse); `asks`: questions that open a
    window when left undecided ('reservation', 'payment') or raised ('warehouse'); `linked_goods`: symbol of a card and
    of the one that is added with it; `today`: the day (ISO) of new documents, empty for the real one.
    """

    price_places: int = 4
    vat_from: str = "sums"
    line_value: str = "kept"
    partly: str = "closed"
    links: str = "order"
    reservation_control: int = 0
    asks: Sequence[str] = ()
    linked_goods: Mapping[str, str] = field(default_factory=dict)
    today: str = ""

    def day(self) -> datetime:
        """Midnight of the day documents are made on."""
        day = datetime.fromisoformat(self.today) if self.today else datetime.now().astimezone()
        return day.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)


@dataclass(frozen=True, slots=True)
class Script(_Checked):
    """Everything the factory takes besides the company's file.

    `installed`: Sfera is on the machine at all; `bits`, `apartment`: what the client pretends to be; `server`,
    `company`: names that `Serwer` and `Baza` must have, empty for any; `sql_logins`, `passwords`: of database logins
    and of operators by name; `windows_login`: Windows' own login may open the database; `without_right`: operators who
    may not use Sfera; `licensed`: Sfera's licence is this company's; `window_open`: a person has Subiekt open on the
    machine; `error_shape`: 'exception' as IDispatch gives errors, 'bare' as other clients see them;
    `linger`: seconds the program outlives its client; `journal`: path of a file for calls and for the counts of
    troubles, so that they survive a restart of the calling process.
    """

    installed: bool = True
    bits: int = BITS
    apartment: str = "STA"
    server: str = ""
    company: str = ""
    sql_logins: Mapping[str, str] = field(default_factory=lambda: {"sa": ""})
    passwords: Mapping[str, str] = field(default_factory=dict)
    windows_login: bool = True
    without_right: Sequence[str] = ()
    licensed: bool = True
    window_open: bool = False
    error_shape: str = "exception"
    linger: float = 0
    journal: str = ""
    habits: Habits = Habits()
    troubles: Sequence[Trouble] = ()


Read = TypeVar("Read", Script, Habits, Trouble)


def _read(kind: type[Read], given: Mapping[str, Any]) -> Read:
    unknown = set(given) - {one.name for one in fields(kind)}
    if unknown:
        raise ValueError(f"a {kind.__name__.lower()} has no {', '.join(sorted(unknown))}")
    return kind(**given)


def read_script(given: Mapping[str, Any], calls: Collection[str]) -> Script:
    """The script of plain data; `ValueError` names what is not known, calls of troubles included."""
    parts = dict(given)
    habits = _read(Habits, parts.pop("habits", {}))
    troubles = [_read(Trouble, one) for one in parts.pop("troubles", [])]
    unknown = {trouble.at for trouble in troubles} - set(calls)
    if unknown:
        raise ValueError(f"no call is named {', '.join(sorted(unknown))}")
    if set(habits.asks) - set(QUESTIONS):
        raise ValueError(f"asks takes only {', '.join(QUESTIONS)}")
    return _read(Script, {**parts, "habits": habits, "troubles": tuple(troubles)})
