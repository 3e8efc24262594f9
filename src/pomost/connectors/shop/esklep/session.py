"""The exchange under way: its fence, its heartbeat, and what the shop has seen in it (contract, section 2)."""

import threading
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

import structlog

from pomost.connectors.shop.esklep.api import EsklepApi, Problem, garbled, read, taken_over, unexpected
from pomost.connectors.shop.esklep.rows import Area as Row
from pomost.connectors.shop.esklep.rows import Committed, Holder, Session
from pomost.model.subject import Area
from pomost.model.text import Text
from pomost.ports.entries import Exchange, Mode, ShopBusy, ShopHolder, Swept
from pomost.ports.fault import Fault, Unavailable

_log = structlog.get_logger("pomost.esklep")
_SESSIONS = "/v1/sync-sessions"
_CURSORS = "/v1/sync-cursors"
NAMES = {
    Area.CUSTOMER: "customers",
    Area.PRICE_TYPE: "dictionaries",
    Area.WAREHOUSE: "dictionaries",
    Area.ATTRIBUTE: "dictionaries",
    Area.GROUP: "groups",
    Area.PRODUCT: "products",
    Area.PRICES: "prices",
    Area.CUSTOMER_DISCOUNT: "discounts_customer",
    Area.PUBLIC_DISCOUNT: "discounts_public",
    Area.PROMOTION: "bundles",
    Area.FILES: "files",
    Area.STOCKS: "stocks",
}
"""The contract's areas; its dictionaries are three of ours."""
_PROTOCOL = "1.0"
_BATCHES = 2**20
"""More than a session has: a batch takes seconds at worst and milliseconds at best."""


@dataclass(slots=True)
class OpenSession:
    """A session that was opened and not closed. `seen`: what tells apart the items the shop saw, by its areas.

    `batches`: how many were stamped in it.
    """

    id: str
    fence: int
    seen: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    lost: Fault | None = None
    batches: int = 0
    _over: threading.Event = field(default_factory=threading.Event)
    _heart: threading.Thread | None = None

    @property
    def headers(self) -> dict[str, str]:
        return {"Sync-Session": self.id, "Sync-Fence": str(self.fence)}

    def stamp(self) -> int:
        """A stamp for one batch: greater than any given in this session or, by its fence, in an earlier one."""
        self.batches += 1
        return self.fence * _BATCHES + self.batches

    def beat(self, api: EsklepApi, seconds: int) -> None:
        """Keep it alive from a thread of its own, also while nothing is written for long."""
        self._heart = threading.Thread(target=self._beat, args=(api, seconds), name=f"session {self.id}", daemon=True)
        self._heart.start()

    def rest(self) -> None:
        self._over.set()
        if self._heart is not None:
            self._heart.join()

    def _beat(self, api: EsklepApi, seconds: int) -> None:
        while not self._over.wait(seconds):
            try:
                answer = api.tell(f"{_SESSIONS}/{self.id}/heartbeat", {})
            except Fault as fault:
                _log.warning("heartbeat missed", fault=fault.text.en)
                continue
            if isinstance(answer, Problem) and answer.code == "fence-lost":
                self.lost = taken_over(answer.holder)
                return


def open_session(api: EsklepApi, exchange: Exchange) -> tuple[OpenSession, Mapping[Area, str]]:
    """Begin; raises ShopBusy where another is open and `takeover` was not asked for.

    Of each of our areas it is about, also by another's asking, the cursor it was last closed with.
    """
    modes: dict[str, Mode] = {}
    for area, mode in exchange.areas.items():
        modes[NAMES[area]] = Mode.FULL if Mode.FULL in {mode, modes.get(NAMES[area])} else mode
    answer = api.tell(
        _SESSIONS,
        {
            "run_id": exchange.run,
            "started_by": "manual" if exchange.manual else "scheduler",
            "operator": exchange.operator,
            "host": exchange.host,
            "areas": [{"area": name, "mode": mode} for name, mode in modes.items()],
            "takeover": exchange.takeover,
            "protocol_version": _PROTOCOL,
        },
    )
    if isinstance(answer, Problem):
        if answer.code == "sync-in-progress":
            raise _busy(answer.holder)
        raise unexpected(answer)
    told = read(Session, answer)
    session = OpenSession(told.id, told.fence)
    api.headers = session.headers
    session.beat(api, told.heartbeat_s)
    return session, _of_ours(told.areas, modes)


def cursors(api: EsklepApi, areas: Iterable[Area]) -> Mapping[Area, str]:
    """What `open_session` would tell of these areas, asked without opening anything."""
    return _of_ours(api.rows(_CURSORS, Row), {NAMES[area] for area in areas})


def _of_ours(rows: Iterable[Row], names: Container[str]) -> Mapping[Area, str]:
    told = {row.area: row.confirmed_cursor or "" for row in rows}
    return {area: told.get(name, "") for area, name in NAMES.items() if name in names}


def commit(api: EsklepApi, session: OpenSession, cursors: Mapping[Area, str], confirmed: int | None) -> Swept:
    """Close the areas with what the shop saw of each; the same wish again gets the same answer."""
    names = {NAMES[area]: cursor for area, cursor in cursors.items()}
    wish = {
        "areas": [
            {"area": name, "cursor": cursor, "items_sent": len(session.seen[name]), "complete": True}
            for name, cursor in names.items()
        ],
        "confirm_withdrawals": confirmed,
    }
    answer = api.tell(f"{_SESSIONS}/{session.id}/commit", wish)
    if isinstance(answer, Problem):
        return _refused(answer)
    ours = {NAMES[area]: area for area in cursors}
    told = read(Committed, answer).areas
    return Swept({ours[row.area]: row.withdrawn for row in told if row.area in ours and row.withdrawn})


def _refused(problem: Problem) -> Swept:
    if problem.code == "sweep-too-large":
        number = problem.body.get("withdrawals")
        if not isinstance(number, int):
            raise garbled("withdrawals")
        return Swept(wants=number)
    if problem.code == "fence-lost":
        raise taken_over(problem.holder)
    if problem.code == "count-mismatch":
        text = Text(
            "Sklep widział inną liczbę pozycji, niż wysłano ({detail}); niczego nie wycofał.",
            "The shop saw another number of items than were sent ({detail}); it withdrew nothing.",
        )
        advice = Text(
            "Uruchom pełną synchronizację jeszcze raz; jeśli się powtarza, zgłoś to operatorowi sklepu.",
            "Make the full run again; if it recurs, report it to the shop.",
        )
        raise Unavailable(text.fill(detail=problem.body.get("areas", problem.detail)), advice)
    raise unexpected(problem)


def abort(api: EsklepApi, session: OpenSession) -> None:
    """Give it up; a shop that cannot be told finds out by itself when the heart stops."""
    try:
        answer = api.tell(f"{_SESSIONS}/{session.id}/abort", {})
    except Fault as fault:
        _log.warning("not given up", fault=fault.text.en)
        return
    if isinstance(answer, Problem):
        _log.info("given up already", code=answer.code)


def _busy(holder: Holder | None) -> ShopBusy:
    one = holder or Holder()
    told = ShopHolder(
        one.operator, one.host, one.started_by == "manual", one.started_at, one.heartbeat_at, alive=one.alive
    )
    facts = {"who": one.operator or "?", "host": one.host or "?", "since": one.started_at or "?"}
    text = (
        Text(
            "Synchronizacja danych odbywa się na innym stanowisku lub poprzez automat ({who}, {host}, od {since}).",
            "Another workstation or the scheduler is exchanging data with the shop ({who}, {host}, since {since}).",
        )
        if one.alive
        else Text(
            "Poprzednia synchronizacja została niepoprawnie przerwana ({who}, {host}, od {since}).",
            "The exchange before was broken off ({who}, {host}, since {since}).",
        )
    )
    advice = Text(
        "Poczekaj, aż się skończy, albo uruchom z --force: tamta zostanie zatrzymana.",
        "Wait until it ends, or run with --force: that one will be stopped.",
    )
    return ShopBusy(text.fill(**facts), advice, told)
