"""The operations: what a person may ask of Pomost, each a command and later a screen."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pomost.app import explaining, parties, reporting
from pomost.app import orders as order_views
from pomost.app.document import Settings, read, secret_fields, unstorable
from pomost.app.logs import info_log, start_logging
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
    StoreFault,
    SwitchedOff,
    UnknownChannel,
)
from pomost.app.workspace import check_workspace, working_in
from pomost.connectors import ERPS, SHOPS
from pomost.model.branch import Branch, Warehouse
from pomost.model.reason import Finding
from pomost.model.request import RunRequest
from pomost.model.setting import Choice, ChoiceKind
from pomost.model.text import Text
from pomost.ports.fault import Fault, Refused
from pomost.runs import offer, rollback
from pomost.runs.channel import Channel
from pomost.runs.planning import judged
from pomost.runs.session import Progress, lease_name, quiet
from pomost.store import channels as channel_shelf
from pomost.store import leases
from pomost.store.database import StoreError, open_store
from pomost.store.secrets import SecretUnreadable, Vault, derived_key, master_key

_SHOP_LISTS = frozenset({ChoiceKind.REGIONS, ChoiceKind.UNIT_TYPES, ChoiceKind.ORDER_STATUSES, ChoiceKind.BRANCHES})


def utc_now() -> datetime:
    return datetime.now(UTC)


def default_home() -> Path:
    """Where Pomost keeps its data unless told otherwise: POMOST_HOME, else the system's usual place."""
    given = os.environ.get("POMOST_HOME")
    if given:
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", "C:/ProgramData")) / "Pomost"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local/share")) / "pomost"


def open_pomost(home: Path | None = None, store_url: str = "") -> "Pomost":
    """Open the store and the vault. Raises StoreFault where they cannot be opened."""
    place = home or default_home()
    url = store_url or os.environ.get("POMOST_STORE", "") or f"sqlite:///{(place / 'data' / 'pomost.db').absolute()}"
    try:
        start_logging(place / "logs", os.environ.get("POMOST_LOG", "INFO").upper())
        open_store(url)
        vault = Vault(master_key(place / "key"))
    except (StoreError, OSError, ValueError) as error:
        text = Text("Nie można otworzyć danych Pomostu: {error}", "Pomost's data cannot be opened: {error}")
        advice = Text(
            "Sprawdź folder danych i wolne miejsce na dysku (POMOST_HOME, POMOST_STORE).",
            "Check the data folder and free disk space (POMOST_HOME, POMOST_STORE).",
        )
        raise StoreFault(text.fill(error=_without_password(str(error), url)), advice) from error
    return Pomost(vault, logs=place / "logs")


def panel_key(home: Path | None = None) -> str:
    """What the panel signs with: made of the master key, so that it is kept where that is and nowhere else."""
    return derived_key(master_key((home or default_home()) / "key"), "panel").hex()


class Pomost:
    """An opened Pomost. `clock` gives UTC; `logs`: where channels keep their Info logs, None for nowhere."""

    def __init__(self, vault: Vault, clock: Callable[[], datetime] = utc_now, logs: Path | None = None) -> None:
        self._vault = vault
        self._clock = clock
        self._logs = logs

    # --- channels and settings

    def channels(self) -> list[tuple[str, str, str, str, RunReport | None]]:
        """Name, company, ERP, shop and last run of every channel."""
        rows = []
        for name in channel_shelf.names():
            settings, _ = self._settings(name)
            latest = reporting.runs(name, 1)
            rows.append((name, settings.head.company, settings.head.erp, settings.head.shop, next(iter(latest), None)))
        return rows

    def save_channel(self, document: dict[str, Any], author: str, made_from: int | None = None) -> int:
        """Check and keep a settings document; secrets left out keep their values. Returns the version's number.

        `made_from`: the version the document was made from, 0 for a new channel; where somebody saved a newer one
        meanwhile, nothing is kept. Raises SettingsWrong, SettingsMoved.
        """
        head = document.get("channel")
        name = str(head.get("name", "")) if isinstance(head, dict) else ""
        kept = self._settings(name)[0].secrets if name in channel_shelf.names() else {}
        settings = read(document, kept)
        problems = [*unstorable(document), *check_workspace(settings.policy.other.temp_directory)]
        if problems:
            raise SettingsWrong(problems)
        kept_now = (settings.document, settings.secrets, self._vault, author, self._clock(), made_from)
        try:
            return channel_shelf.save(*kept_now).number
        except channel_shelf.VersionMoved as moved:
            number, by, at, _ = channel_shelf.versions(name, 1)[0]
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
        return self._settings(name)[0].document

    def settings_history(self, name: str, limit: int = 0) -> list[tuple[int, str, datetime, dict[str, Any]]]:
        """Number, author, time and document of the versions, newest first; with a `limit` only so many."""
        self._known(name)
        return channel_shelf.versions(name, limit)

    def remove_channel(self, name: str) -> None:
        self._known(name)
        channel_shelf.remove(name)

    # --- before a run

    def check(self, name: str) -> CheckResult:
        """Try both connections step by step, then judge the settings against what both sides know."""
        settings, version = self._settings(name)
        erp_steps = reporting.checked(lambda: ERPS[settings.head.erp].connect(settings.erp, settings.focus))
        shop_steps = reporting.checked(lambda: SHOPS[settings.head.shop].connect(settings.shop))
        findings: tuple[Finding, ...] = ()
        if all(step.passed for step in (*erp_steps, *shop_steps)):
            try:
                with self._channel(settings, version) as channel:
                    findings = judged(channel).findings
            except Fault as fault:
                shop_steps.append(reporting.failed_step(Text("Ocena ustawień", "Judging the settings"), fault))
        return CheckResult(tuple(erp_steps), tuple(shop_steps), findings)

    def choices(self, name: str, kind: ChoiceKind) -> list[Choice]:
        """A list for settings, from the ERP or the shop."""
        with self._open(name) as channel:
            return list(channel.shop.choices(kind) if kind in _SHOP_LISTS else channel.erp.choices(kind))

    def warehouses(self, name: str) -> list[Warehouse]:
        """Warehouses with addresses ("Pobierz dane magazynu z Subiekta")."""
        with self._open(name) as channel:
            return list(channel.erp.warehouses())

    def fill_branch(self, name: str, branch: str, warehouse: str, author: str) -> Branch:
        """Fill a branch's address and contact from a warehouse, as a new version of the settings."""
        document = self.export_settings(name)
        filled = parties.fill_branch(document, branch, warehouse, self.warehouses(name))
        self.save_channel(document, author)
        return filled

    # --- runs

    def preview(self, name: str, request: RunRequest, progress: Progress = quiet) -> RunReport:
        with self._open(name) as channel:
            return reporting.ended(offer.preview(channel, request, progress))

    def run(self, name: str, request: RunRequest, progress: Progress = quiet) -> RunReport:
        with self._open(name, sending=True) as channel:
            return reporting.ended(offer.run(channel, request, progress))

    def approve(
        self, name: str, number: int | None, checksum: str, by: str, progress: Progress = quiet, *, force: bool = False
    ) -> RunReport:
        with self._open(name, sending=True) as channel:
            request = RunRequest(force=force)
            return reporting.ended(offer.approve(channel, number, checksum, by, request, progress))

    def rollback(
        self, name: str, number: int, by: str, progress: Progress = quiet, *, force: bool = False
    ) -> RunReport:
        with self._open(name, sending=True) as channel:
            undone = rollback.rollback(channel, number, by, RunRequest(force=force), progress)
            return reporting.ended(undone.ended, left_alone=undone.left_alone)

    def cancel(self, name: str) -> bool:
        """Ask the run that is under way to stop at its next item. False when none is."""
        self._known(name)
        if leases.holder(lease_name(name), self._clock()) is None:
            return False
        leases.ask_to_stop(lease_name(name))
        return True

    # --- after a run

    def history(self, name: str, limit: int = 20) -> list[RunReport]:
        self._known(name)
        return reporting.runs(name, limit)

    def report(self, name: str, number: int) -> RunReport:
        self._known(name)
        return reporting.run(name, number)

    def changes(self, name: str, number: int, kind: str = "", search: str = "") -> Iterator[Change]:
        """Changes of a run field by field, in the order they are sent."""
        self._known(name)
        return reporting.changes(name, number, kind, search)

    def errors(self, name: str, reason: str = "", limit: int = 1000) -> list[ErrorGroup]:
        """The inbox grouped by reason; with `reason` that group's items too."""
        self._known(name)
        return reporting.errors(name, reason, limit)

    def retry(self, name: str, reason: str = "", symbol: str = "") -> int:
        """Decide again about unresolved items in the next run, and release held ones. Returns how many."""
        with self._open(name) as channel:
            return reporting.retry(channel, reason, symbol)

    def explain(self, name: str, text: str) -> list[Explanation]:
        """Products by symbol or EAN, each with its whole trail."""
        with self._open(name) as channel:
            return explaining.explain(channel, text)

    def explain_customer(self, name: str, text: str) -> list[CustomerExplanation]:
        """The shop's customers with this id or tax number, each with its whole trail and what is near."""
        with self._open(name) as channel:
            return parties.explain_customer(channel, text)

    def customers(self, name: str, *, suggest: bool = False, limit: int = 50) -> CustomersReport:
        """How the shop's customers stand; with `suggest` also what is near those nobody was found for."""
        with self._open(name) as channel:
            return parties.overview(channel, suggest=suggest, limit=limit)

    def orders(self, name: str, states: Sequence[str] = (), limit: int = 50) -> list[OrderRow]:
        """The newest orders with how far they are on both sides; `states` as in `LinkState`."""
        with self._open(name) as channel:
            return order_views.listed(channel, states, limit)

    def explain_order(self, name: str, text: str) -> list[OrderExplanation]:
        """Orders by number, id or number of the document, each with its whole life."""
        with self._open(name) as channel:
            return order_views.explained(channel, text)

    # --- opening channels

    def _known(self, name: str) -> None:
        if name not in channel_shelf.names():
            raise UnknownChannel(name, channel_shelf.names())

    def _settings(self, name: str) -> tuple[Settings, int]:
        self._known(name)
        fields = secret_fields(*channel_shelf.kinds(name))
        try:
            stored = channel_shelf.load(name, fields, self._vault)
        except SecretUnreadable as error:
            raise Refused(
                Text(
                    "Nie można odczytać zaszyfrowanego ustawienia {field}.", "Secret setting {field} does not open."
                ).fill(field=error),
                Text(
                    "Klucz główny jest inny niż przy zapisie: przywróć go albo wpisz hasło od nowa.",
                    "The master key is not the one it was sealed with: restore it, or enter the secret again.",
                ),
            ) from error
        return read(stored.document, stored.secrets), stored.number

    @contextmanager
    def _open(self, name: str, *, sending: bool = False) -> Iterator[Channel]:
        settings, version = self._settings(name)
        if sending and not settings.head.active:
            raise SwitchedOff(name)
        other = settings.policy.other
        with (
            working_in(other.temp_directory),
            info_log(self._logs, name, other),
            self._channel(settings, version) as channel,
        ):
            yield channel

    @contextmanager
    def _channel(self, settings: Settings, version: int) -> Iterator[Channel]:
        erp = ERPS[settings.head.erp].connect(settings.erp, settings.focus)
        try:
            shop = SHOPS[settings.head.shop].connect(settings.shop)
            try:
                yield Channel(
                    name=settings.head.name,
                    company=settings.head.company,
                    policy=settings.policy,
                    erp=erp,
                    shop=shop,
                    clock=self._clock,
                    settings_version=version,
                    settings_digest=settings.digest,
                )
            finally:
                shop.close()
        finally:
            erp.close()


def _without_password(text: str, url: str) -> str:
    """A driver may quote the URL it was given."""
    password = url.partition("://")[2].partition("@")[0].partition(":")[2]
    return text.replace(password, "***") if password else text
