"""Channels by name: their newest settings, and both sides connected."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pomost.app.document import Settings, read, secret_fields
from pomost.app.logs import info_log
from pomost.app.results import SwitchedOff, UnknownChannel
from pomost.app.workspace import working_in
from pomost.connectors import ERPS, SHOPS
from pomost.model.text import Text
from pomost.ports.fault import Refused
from pomost.runs.channel import Channel
from pomost.store import channels as channel_shelf
from pomost.store.channels import StoredSettings
from pomost.store.secrets import SecretUnreadable, Vault


@dataclass(frozen=True, slots=True)
class Connections:
    """The way from a channel's name to its settings and its two sides."""

    vault: Vault
    clock: Callable[[], datetime]
    logs: Path | None

    def known(self, name: str) -> None:
        """Raises UnknownChannel."""
        if name not in channel_shelf.names():
            raise UnknownChannel(name, channel_shelf.names())

    def settings(self, name: str) -> tuple[Settings, int]:
        """The newest settings and their version's number."""
        stored = self._stored(name)
        return read(stored.document, stored.secrets), stored.number

    def draft(self, document: Mapping[str, Any]) -> Settings:
        """A document not saved yet, with the secrets it leaves out taken from its channel, if there is one."""
        head = document.get("channel")
        name = str(head.get("name", "")) if isinstance(head, Mapping) else ""
        return read(document, self._stored(name).secrets if name in channel_shelf.names() else {})

    def _stored(self, name: str) -> StoredSettings:
        self.known(name)
        fields = secret_fields(*channel_shelf.kinds(name))
        try:
            return channel_shelf.load(name, fields, self.vault)
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

    @contextmanager
    def working(self, name: str, *, sending: bool = False) -> Iterator[Channel]:
        """A channel for a run: temporary files and the extended log go where its settings say.

        The place of temporary files belongs to the process, so a process works on one channel at a time. Raises
        SwitchedOff for a run that would send through a channel that is switched off.
        """
        settings, version = self.settings(name)
        if sending and not settings.head.active:
            raise SwitchedOff(name)
        other = settings.policy.other
        with (
            working_in(other.temp_directory),
            info_log(self.logs, name, other),
            self.connected(settings, version) as channel,
        ):
            yield channel

    @contextmanager
    def looking(self, name: str) -> Iterator[Channel]:
        """A channel for a look: any number at once in one process, for nothing of the process is changed."""
        with self.connected(*self.settings(name)) as channel:
            yield channel

    @contextmanager
    def connected(self, settings: Settings, version: int = 0) -> Iterator[Channel]:
        """Both sides as these settings say."""
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
                    clock=self.clock,
                    settings_version=version,
                    settings_digest=settings.digest,
                )
            finally:
                shop.close()
        finally:
            erp.close()
