"""The operations: what a person may ask of Pomost, each a command and a screen."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pomost.app import changes, explaining, launching, parties, reporting, searching, versions
from pomost.app import orders as order_views
from pomost.app.changes import ChangeFilter, ChangesPage, Unusual
from pomost.app.connecting import Connections
from pomost.app.document import unfit, unstorable
from pomost.app.exporting import Sheet, exported
from pomost.app.launching import Activity, Errand, Launcher, Work
from pomost.app.orders import OrdersPage
from pomost.app.qualifying import QualifiedCount, count_qualified
from pomost.app.reporting import ErrorsPage
from pomost.app.results import (
    Change,
    CheckResult,
    CustomerExplanation,
    CustomersReport,
    ErrorGroup,
    Explanation,
    OrderExplanation,
    OrderRow,
    RunReport,
    SettingsMoved,
    SettingsWrong,
    SwitchedOff,
)
from pomost.app.searching import Hit
from pomost.app.secrecy import masked
from pomost.app.versions import SettingChange
from pomost.app.workspace import check_workspace
from pomost.connectors import ERPS, SHOPS
from pomost.model.branch import Branch, Warehouse
from pomost.model.reason import Finding
from pomost.model.request import RunRequest
from pomost.model.setting import Choice, ChoiceKind
from pomost.model.text import Language, Text
from pomost.ports.fault import Fault, Refused, Unsupported
from pomost.rules.settings_of_orders import suggested_mark
from pomost.runs import offer, rollback
from pomost.runs.planning import judged
from pomost.runs.session import Progress, lease_name, quiet
from pomost.store import channels as channel_shelf
from pomost.store import leases
from pomost.store.launches import Launched
from pomost.store.secrets import Vault

_SHOP_LISTS = frozenset({ChoiceKind.REGIONS, ChoiceKind.UNIT_TYPES, ChoiceKind.ORDER_STATUSES, ChoiceKind.BRANCHES})


def utc_now() -> datetime:
    return datetime.now(UTC)


class Pomost:
    """An opened Pomost. `clock` gives UTC; `logs`: where channels keep their Info logs, None for nowhere.

    `launcher` starts runs as processes of their own; without it `start` is refused.
    """

    def __init__(
        self,
        vault: Vault,
        clock: Callable[[], datetime] = utc_now,
        logs: Path | None = None,
        launcher: Launcher | None = None,
    ) -> None:
        self._vault = vault
        self._clock = clock
        self._launcher = launcher
        self._ways = Connections(vault, clock, logs)

    # --- channels and settings

    def channels(self) -> list[tuple[str, str, str, str, RunReport | None]]:
        """Name, company, ERP, shop and last run of every channel."""
        rows = []
        for name in channel_shelf.names():
            settings, _ = self._ways.settings(name)
            latest = reporting.runs(name, 1)
            rows.append((name, settings.head.company, settings.head.erp, settings.head.shop, next(iter(latest), None)))
        return rows

    def save_channel(self, document: dict[str, Any], author: str, made_from: int | None = None) -> int:
        """Check and keep a settings document; secrets left out keep their values. Returns the version's number.

        `made_from`: the version the document was made from, 0 for a new channel, which is given a mark for its orders;
        where somebody saved a newer one meanwhile, nothing is kept. Raises SettingsWrong, and else SettingsMoved.
        """
        if made_from == 0:
            document = _with_mark(document)
        settings = self._ways.draft(document)
        newest = channel_shelf.versions(settings.head.name, 1)
        kept = newest[0][3] if newest else {}
        problems = [*unstorable(document), *unfit(settings, kept)]
        problems += check_workspace(settings.policy.other.temp_directory)
        if problems:
            raise SettingsWrong(masked(problems, settings.sealed))
        kept_now = (settings.document, settings.secrets, self._vault, author, self._clock(), made_from)
        try:
            return channel_shelf.save(*kept_now).number
        except channel_shelf.VersionMoved as moved:
            number, by, at, _ = channel_shelf.versions(settings.head.name, 1)[0]
            raise SettingsMoved(number, by, at) from moved

    def switch(self, name: str, author: str, *, on: bool) -> CheckResult | None:
        """Switch a channel on, if both connections pass their check, or off. Returns the check, None when off."""
        checked = self.check(name) if on else None
        document = self.export_settings(name)
        if (checked is None or checked.passed) and document["channel"].get("active", True) is not on:
            self.save_channel({**document, "channel": {**document["channel"], "active": on}}, author)
        return checked

    def export_settings(self, name: str) -> dict[str, Any]:
        """The newest document, secrets left out."""
        return self._ways.settings(name)[0].document

    def settings_history(self, name: str, limit: int = 0) -> list[tuple[int, str, datetime, dict[str, Any]]]:
        """Number, author, time and document of the versions, newest first; with a `limit` only so many."""
        self._ways.known(name)
        return channel_shelf.versions(name, limit)

    def settings_diff(self, name: str, older: int, newer: int | None = None) -> list[SettingChange]:
        """What differs between two versions of the settings; `newer` None: the newest."""
        history = self.settings_history(name)
        latest = history[0][0] if newer is None else newer
        return versions.differences(versions.version_of(history, older), versions.version_of(history, latest))

    def restore_settings(self, name: str, number: int, author: str) -> int:
        """Save an older version anew, as the newest. Secrets, and whether the channel is on, stay as they are.

        Returns the new version's number.
        """
        history = self.settings_history(name)
        old, now = versions.version_of(history, number), history[0]
        active = now[3]["channel"].get("active", True)
        return self.save_channel({**old, "channel": {**old["channel"], "active": active}}, author, made_from=now[0])

    def remove_channel(self, name: str) -> None:
        self._ways.known(name)
        channel_shelf.remove(name)

    # --- before a run

    def check(self, name: str) -> CheckResult:
        """Try both connections step by step, then judge the settings against what both sides know."""
        settings, version = self._ways.settings(name)
        erp_steps = reporting.checked(lambda: ERPS[settings.head.erp].connect(settings.erp, settings.focus))
        shop_steps = reporting.checked(lambda: SHOPS[settings.head.shop].connect(settings.shop))
        findings: tuple[Finding, ...] = ()
        if all(step.passed for step in (*erp_steps, *shop_steps)):
            try:
                with self._ways.connected(settings, version) as channel:
                    findings = judged(channel).findings
            except Fault as fault:
                shop_steps.append(reporting.failed_step(Text("Ocena ustawień", "Judging the settings"), fault))
        return CheckResult(tuple(erp_steps), tuple(shop_steps), findings)

    def choices(self, name: str, kind: ChoiceKind) -> list[Choice]:
        """A list for settings, from the ERP or the shop. Raises Refused for one this ERP or shop does not have."""
        with self._ways.looking(name) as channel:
            try:
                return list(channel.shop.choices(kind) if kind in _SHOP_LISTS else channel.erp.choices(kind))
            except Unsupported as unknown:
                raise Refused(unknown.text, unknown.advice) from unknown

    def warehouses(self, name: str) -> list[Warehouse]:
        """Warehouses with addresses ("Pobierz dane magazynu z Subiekta")."""
        with self._ways.looking(name) as channel:
            return list(channel.erp.warehouses())

    def fill_branch(self, name: str, branch: str, warehouse: str, author: str) -> Branch:
        """Fill a branch's address and contact from a warehouse, as a new version of the settings."""
        document = self.export_settings(name)
        filled = parties.fill_branch(document, branch, warehouse, self.warehouses(name))
        self.save_channel(document, author)
        return filled

    def count_qualified(self, name: str, document: Mapping[str, Any], seconds: float = 3.0) -> QualifiedCount:
        """How many cards a draft of the settings lets into the shop, counted for at most so long.

        Of a channel that was saved before, only the draft's goods count: the rest may be half edited.
        """
        draft = document
        if name in channel_shelf.names():
            draft = {**self.export_settings(name), "goods": document.get("goods", {})}
        with self._ways.connected(self._ways.draft(draft)) as channel:
            return count_qualified(channel, seconds)

    # --- runs

    def preview(self, name: str, request: RunRequest, progress: Progress = quiet) -> RunReport:
        with self._ways.working(name) as channel:
            return reporting.ended(offer.preview(channel, request, progress))

    def run(self, name: str, request: RunRequest, progress: Progress = quiet) -> RunReport:
        with self._ways.working(name, sending=True) as channel:
            return reporting.ended(offer.run(channel, request, progress))

    def approve(
        self, name: str, number: int | None, checksum: str, by: str, progress: Progress = quiet, *, force: bool = False
    ) -> RunReport:
        with self._ways.working(name, sending=True) as channel:
            request = RunRequest(force=force)
            return reporting.ended(offer.approve(channel, number, checksum, by, request, progress))

    def rollback(
        self, name: str, number: int, by: str, progress: Progress = quiet, *, force: bool = False
    ) -> RunReport:
        with self._ways.working(name, sending=True) as channel:
            undone = rollback.rollback(channel, number, by, RunRequest(force=force), progress)
            return reporting.ended(undone.ended, left_alone=undone.left_alone)

    def start(self, name: str, errand: Errand, by: str) -> Launched:
        """Start a run, a preview, an approval or a rollback as a process of its own, and do not wait for it.

        Raises Busy with the facts when somebody works or broke off, unless the errand says `force`.
        """
        head = self._ways.settings(name)[0].head
        if not head.active and errand.work is not Work.PREVIEW:
            raise SwitchedOff(name)
        if self._launcher is None:
            raise Refused(
                Text("Ten Pomost nie uruchamia synchronizacji w tle.", "This Pomost starts no runs of its own."),
                Text("Uruchom ją poleceniem: pomost run KANAŁ.", "Start it by: pomost run CHANNEL."),
            )
        return launching.ask(self._launcher, name, head.company, errand, by, self._clock())

    def carry_out(self, launch: int, progress: Progress = quiet) -> RunReport:
        """Do, in this process, what was asked by `start`. However it ends, whoever asked hears of it."""
        return launching.carry_out(self._ways, launch, progress)

    def activity(self, name: str) -> Activity:
        """What goes on in a channel now: who works, where, since when, how far; asked of the store alone."""
        self._ways.known(name)
        return launching.activity(name, channel_shelf.company(name), self._clock())

    def cancel(self, name: str) -> bool:
        """Ask the run that is under way to stop at its next item. False when none is."""
        self._ways.known(name)
        if leases.holder(lease_name(name), self._clock()) is None:
            return False
        leases.ask_to_stop(lease_name(name))
        return True

    # --- after a run

    def history(self, name: str, limit: int = 20) -> list[RunReport]:
        self._ways.known(name)
        return reporting.runs(name, limit)

    def report(self, name: str, number: int) -> RunReport:
        self._ways.known(name)
        return reporting.run(name, number)

    def changes(self, name: str, number: int, wanted: ChangeFilter | None = None) -> Iterator[Change]:
        """Changes of a run field by field, in the order they are sent."""
        self._ways.known(name)
        return changes.matching(name, number, wanted or ChangeFilter())

    def changes_page(
        self, name: str, number: int, wanted: ChangeFilter, after: str = "", limit: int = 50
    ) -> ChangesPage:
        """One page of a run's changes, however many there are."""
        self._ways.known(name)
        return changes.page(name, number, wanted, after, limit)

    def export_changes(
        self, name: str, number: int, sheet: Sheet, language: Language, wanted: ChangeFilter | None = None
    ) -> Iterator[bytes]:
        """A run's changes as a file for a spreadsheet, piece by piece."""
        self.report(name, number)
        return exported(changes.matching(name, number, wanted or ChangeFilter()), sheet, language)

    def unusual(self, name: str, number: int) -> list[Unusual]:
        """What the guard holds back of a run, with numbers and examples."""
        self._ways.known(name)
        return changes.unusual(name, number)

    def errors(self, name: str, reason: str = "", limit: int = 1000) -> list[ErrorGroup]:
        """The inbox grouped by reason; with `reason` that group's items too."""
        self._ways.known(name)
        return reporting.errors(name, reason, limit)

    def errors_page(self, name: str, reason: str, search: str = "", after: str = "", limit: int = 50) -> ErrorsPage:
        """One page of what is unresolved for one reason."""
        self._ways.known(name)
        return reporting.errors_page(name, reason, search, after, limit)

    def retry(self, name: str, reason: str = "", symbol: str = "") -> int:
        """Decide again about unresolved items in the next run, and release held ones. Returns how many."""
        with self._ways.looking(name) as channel:
            return reporting.retry(channel, reason, symbol)

    def explain(self, name: str, text: str) -> list[Explanation]:
        """Products by symbol or EAN, each with its whole trail."""
        with self._ways.looking(name) as channel:
            return explaining.explain(channel, text)

    def explain_customer(self, name: str, text: str) -> list[CustomerExplanation]:
        """The shop's customers with this id or tax number, each with its whole trail and what is near."""
        with self._ways.looking(name) as channel:
            return parties.explain_customer(channel, text)

    def customers(self, name: str, *, suggest: bool = False, limit: int = 50) -> CustomersReport:
        """How the shop's customers stand; with `suggest` also what is near those nobody was found for."""
        with self._ways.looking(name) as channel:
            return parties.overview(channel, suggest=suggest, limit=limit)

    def orders(self, name: str, states: Sequence[str] = (), limit: int = 50) -> list[OrderRow]:
        """The newest orders with how far they are on both sides; `states` as in `LinkState`."""
        with self._ways.looking(name) as channel:
            return order_views.listed(channel, states, limit)

    def orders_page(
        self, name: str, states: Sequence[str] = (), text: str = "", after: str = "", limit: int = 50
    ) -> OrdersPage:
        """One page of orders, the newest first: in these states, of numbers that begin with the text."""
        with self._ways.looking(name) as channel:
            return order_views.page(channel, states, text, after, limit)

    def search(self, name: str, text: str) -> list[Hit]:
        """Whatever a symbol, EAN, name, tax number or order number may mean, to be explained."""
        with self._ways.looking(name) as channel:
            return searching.search(channel, text)

    def settle_order(self, name: str, order: str, document: str = "") -> OrderRow:
        """Say which document of the ERP is an order's that waits for it, by number or id; blank: a new one is made.

        The next run acts on it. Raises Refused where the order does not wait for this, or the document is not one of
        those under its number.
        """
        with self._ways.looking(name) as channel:
            return order_views.settle(channel, order, document)

    def explain_order(self, name: str, text: str) -> list[OrderExplanation]:
        """Orders by number, id or number of the document, each with its whole life."""
        with self._ways.looking(name) as channel:
            return order_views.explained(channel, text)


def _with_mark(document: dict[str, Any]) -> dict[str, Any]:
    """A new channel's document with a mark for its orders, unless it says one itself."""
    head, orders = document.get("channel", {}), document.get("orders", {})
    if "mark" in orders:
        return document
    taken = [
        str(one.get("orders", {}).get("mark", "")) for one in channel_shelf.documents_of(str(head.get("company", "")))
    ]
    return {**document, "orders": {**orders, "mark": suggested_mark(str(head.get("shop", "")), taken)}}
