"""Writing into Subiekt GT through Sfera: one child process, held briefly, that registers orders exactly once."""

import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import structlog

from pomost.connectors.erp.subiekt_gt.settings import Driver, SubiektSettings
from pomost.connectors.erp.subiekt_gt.sfera_faults import finding_of, gone, sfera_fault
from pomost.model.offer import PriceKind
from pomost.model.order import DocumentRef, OrderDocument, OrderDraft, OrderKey
from pomost.model.outcome import Done, Failed, Outcome
from pomost.model.reason import Finding, Reason
from pomost.model.text import Text
from pomost.model.totals import DocumentTotals, Totals, taxed
from pomost.ports.checking import CheckStep
from pomost.ports.fault import Fault
from pomost.transport.com import ComChild, ComFailure

_log = structlog.get_logger("pomost.sfera")
PROGRAM = Path(__file__).with_name("sfera_program.py")
_GROSZ = Decimal("0.01")
_LOCK_SECONDS = 120.0
_SANDBOX = {"module": "pomost.sandbox.sfera.sfera", "name": "open_sfera"}
Find = Callable[[OrderKey], tuple[OrderDocument, ...]]


class Sfera:
    """Sfera of one company. `find` looks for documents already made from an order, in the database."""

    def __init__(self, settings: SubiektSettings, find: Find, told: Mapping[str, Any] | None = None) -> None:
        """`told`: what the child is told first, by default `opening(settings)`."""
        self._settings = settings
        self._find = find
        self._told = dict(opening(settings) if told is None else told)
        self._child: ComChild | None = None
        self._turn = threading.RLock()
        self._rest: threading.Timer | None = None
        self._deaths = 0

    def register(self, draft: OrderDraft) -> Outcome:
        """Look for the order's document and make one where there is none, under the ERP's own lock.

        Whatever holds the lock is alone: two runs, also one that slept through its own takeover, never both save.
        Raises a Fault where no order can be registered now, or where it is not known whether this one was.
        """
        with self._turn:
            try:
                child = self._held()
                return self._standing(draft) or self._made(child, draft)
            except ComFailure as failure:
                return self._after(failure, draft)
            finally:
                self._rest_later()

    def rehearse(self, draft: OrderDraft) -> Finding | DocumentTotals | None:
        """Sfera's own dry run (`ZapiszSymulacja`) of a draft. Raises a Fault where no order can be tried now."""
        with self._turn:
            try:
                return totals_of(self._held().ask("rehearse", self._patience(), draft=plain(draft)), draft.counts_from)
            except ComFailure as failure:
                return self._judged(failure, draft)[1]
            finally:
                self._rest_later()

    def check(self, sample: OrderDraft | None) -> Iterator[CheckStep]:
        """Start Subiekt GT through Sfera, log in, take the company's lock, rehearse an order, and let go of it all.

        Writes nothing: the sample goes through Sfera's own dry run, and is looked for afterwards.
        """
        step = Text("Sfera: uruchomienie Subiekta GT", "Sfera: starting Subiekt GT")
        try:
            with self._turn:
                told = self._held().ask("launch", self._settings.sfera_start_seconds)
                found = Text("{version}, podmiot {company}", "{version}, company {company}").fill(**told)
                yield CheckStep(step, passed=True, found=found)
                if sample is not None:
                    step = Text("Sfera: próba zapisu ZK", "Sfera: a ZK rehearsed")
                    self._held().ask("rehearse", self._settings.sfera_call_seconds, draft=plain(sample))
                    yield self._rehearsed(step, sample)
        except ComFailure as failure:
            fault = sfera_fault(failure, self._settings)
            yield CheckStep(step, passed=False, found=fault.text, advice=fault.advice)
        finally:
            self.close()

    def _rehearsed(self, step: Text, sample: OrderDraft) -> CheckStep:
        """What is to be said of a rehearsal: nothing of it may be in the database."""
        saved = ", ".join(str(one.ref) for one in self._find(sample.identity))
        if not saved:
            return CheckStep(step, passed=True, found=Text("niczego nie zapisano", "nothing was saved"))
        return CheckStep(
            step,
            passed=False,
            found=Text(
                "Subiekt zapisał próbny dokument: {saved}", "Subiekt saved the rehearsed document: {saved}"
            ).fill(saved=saved),
            advice=Text("Usuń go w Subiekcie i zgłoś to.", "Delete it in Subiekt, and report this."),
        )

    def close(self) -> None:
        """Give back the seat, the lock and the process."""
        with self._turn:
            if self._rest is not None:
                self._rest.cancel()
                self._rest = None
            child, self._child = self._child, None
            if child is not None:
                child.close()

    def _held(self) -> ComChild:
        """The child, running and holding the company's lock. Raises ComFailure."""
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None
        if self._child is not None and self._child.alive:
            return self._child
        settings = self._settings
        child = ComChild([settings.sfera_python or sys.executable], PROGRAM)
        try:
            child.ask("open", _LOCK_SECONDS + settings.sfera_start_seconds, **self._told)
        except ComFailure:
            child.close()
            raise
        self._child = child
        return child

    def _standing(self, draft: OrderDraft) -> Outcome | None:
        """The order's document if it is there already; another's under its number must not be taken for it."""
        documents = self._find(draft.identity)
        own = next((one for one in documents if one.customer == draft.customer), None)
        if own is not None:
            return Done(str(own.ref.id), own.ref, own.totals)
        if not documents:
            return None
        listed = ", ".join(str(one.ref) for one in documents)
        return Failed(Finding.of(Reason.ORDER_NUMBER_TAKEN, documents=listed), retry=True)

    def _made(self, child: ComChild, draft: OrderDraft) -> Outcome:
        told = child.ask("register", self._patience(), draft=plain(draft))
        self._deaths = 0
        document = DocumentRef("ZK", int(told["id"]), str(told["number"]))
        return Done(str(document.id), document, totals_of(told, draft.counts_from))

    def _patience(self) -> float:
        """Seconds: the first call starts the program; a locked record is waited for as often as the settings say."""
        settings = self._settings
        waiting = settings.sfera_lock_tries * settings.sfera_lock_pause
        return settings.sfera_start_seconds + settings.sfera_call_seconds + waiting

    def _after(self, failure: ComFailure, draft: OrderDraft) -> Outcome:
        """What a failed registration means. An error may come after the document was saved, so that is looked at."""
        fault, finding = self._judged(failure, draft)
        made = self._standing(draft)
        if isinstance(made, Done):
            return made
        if self._deaths > 1:
            raise fault  # it dies of more than one order: no use in going through them all
        return Failed(finding, retry=finding.reason is not Reason.ERP_REFUSED)

    def _judged(self, failure: ComFailure, draft: OrderDraft) -> tuple[Fault, Finding]:
        """What a failure means as a fault, and of this one draft. Raises that fault where no order can be taken."""
        _log.warning("sfera failed", kind=failure.kind, code=failure.code, detail=failure.detail, order=draft.number)
        if gone(failure):
            # With the program the child's objects are dead too: both are made anew for the next order.
            child, self._child = self._child, None
            if child is not None:
                child.kill()
            self._deaths += 1
        fault = sfera_fault(failure, self._settings)
        finding = finding_of(failure)
        if finding is None:
            raise fault
        return fault, finding

    def _rest_later(self) -> None:
        """A seat of the licence is held no longer than it is of use."""
        if self._child is not None:
            self._rest = threading.Timer(self._settings.sfera_idle_seconds, self.close)
            self._rest.daemon = True
            self._rest.start()


def totals_of(told: Mapping[str, Any], side: PriceKind) -> DocumentTotals:
    """What the program told of a document's totals, rates by their ids.

    It reckons VAT from the sum of each rate or line by line, as the company is set up; its own total says which, and
    where both come to it, they are grosze apart.
    """
    whole = Totals(*(Decimal(told[name]).quantize(_GROSZ) for name in ("net", "vat", "gross")))
    from_lines, from_sums = {}, {}
    for ident, (net, gross, rate) in told["rates"].items():
        lines = Totals(Decimal(net), Decimal(gross) - Decimal(net), Decimal(gross))
        from_lines[ident] = lines
        from_sums[ident] = taxed(lines.net if side is PriceKind.NET else lines.gross, Decimal(rate), side)
    by_sums = sum((one.tax for one in from_sums.values()), Decimal(0)) == whole.tax
    return DocumentTotals(whole, from_sums if by_sums else from_lines)


def opening(settings: SubiektSettings) -> dict[str, Any]:
    """What the child is told first: whom to ask for objects, what to hold, how to log in."""
    sandbox = settings.driver is Driver.SQLITE
    name = f"pomost:{settings.database}"
    lock: dict[str, Any] = {"kind": "server", "name": name, "connection": _ado(settings), "seconds": _LOCK_SECONDS}
    if sandbox:
        lock = {"kind": "file", "path": f"{settings.database}.pomost.lock", "seconds": _LOCK_SECONDS}
    own = settings.sfera_sql_login
    user, password = (own, settings.sfera_sql_password) if own else (settings.login, settings.password)
    return {
        "dispatch": {"kind": "factory", **_SANDBOX, "arguments": [settings.database]} if sandbox else {"kind": "com"},
        "lock": lock,
        "login": {
            "server": settings.server or "(local)",
            "database": settings.database,
            "user": user,
            "password": password,
            "operator": settings.sfera_operator,
            "operator_password": settings.sfera_operator_password,
        },
        "tries": settings.sfera_lock_tries,
        "pause": settings.sfera_lock_pause,
    }


def plain(draft: OrderDraft) -> dict[str, Any]:
    """A draft as JSON: amounts as text, so that no digit is lost."""
    return {
        "customer": draft.customer,
        "warehouse": draft.warehouse,
        "counts_from": draft.counts_from.value,
        "currency": draft.currency,
        "reserve": draft.reserve,
        "original_number": draft.original_number,
        "remarks": draft.remarks,
        "price_level": draft.price_level,
        "category": draft.category,
        "due": None if draft.due is None else draft.due.isoformat(),
        "lines": [
            {
                "key": line.key,
                "symbol": line.symbol,
                "unit": line.unit,
                "quantity": str(line.quantity),
                "price": str(line.price),
                "total": str(line.total),
                "note": line.note,
            }
            for line in draft.lines
        ],
    }


def _ado(settings: SubiektSettings) -> str:
    """How the child's own connection reaches the server: Windows has this provider in both bitnesses."""
    login = (
        (("User ID", settings.login), ("Password", settings.password))
        if settings.login
        else (("Integrated Security", "SSPI"),)
    )
    parts = (("Provider", "SQLOLEDB"), ("Data Source", settings.server), ("Initial Catalog", settings.database), *login)
    return ";".join(f'{name}="{value.replace(chr(34), chr(34) * 2)}"' for name, value in parts)
