"""Channels and their settings documents: versioned, with secrets sealed apart."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, OuterRef, Subquery

from pomost.model.text import alike
from pomost.store.models import Channel, SettingsVersion
from pomost.store.secrets import Vault


@dataclass(frozen=True, slots=True)
class StoredSettings:
    """The newest settings of a channel; `secrets` maps dotted paths such as `shop.key` to values."""

    channel: str
    company: str
    erp: str
    shop: str
    number: int
    document: dict[str, Any]
    secrets: dict[str, str]


class VersionMoved(Exception):
    """Somebody saved newer settings than the ones a change was made from."""


def names() -> list[str]:
    return list(Channel.objects.order_by("name").values_list("name", flat=True))


def save(
    document: dict[str, Any],
    secrets: dict[str, str],
    vault: Vault,
    author: str,
    now: datetime,
    made_from: int | None = None,
) -> StoredSettings:
    """Keep a new version of a channel's document; a blank secret leaves the kept one alone.

    `made_from`: the version the change was made from, 0 for a channel that did not exist; raises VersionMoved where
    that is not the newest any more.
    """
    head = document["channel"]
    with transaction.atomic():
        if made_from is not None and _newest(head["name"]) != made_from:
            raise VersionMoved(head["name"])
        row, _ = Channel.objects.get_or_create(
            name=head["name"],
            defaults={"company": head["company"], "erp": head["erp"], "shop": head["shop"], "created": now},
        )
        kept = {field: vault.open(row, field) for field in secrets} if row.company != head["company"] else {}
        if (row.company, row.erp, row.shop) != (head["company"], head["erp"], head["shop"]):
            row.company, row.erp, row.shop = head["company"], head["erp"], head["shop"]
            row.save()
        for field, value in secrets.items():
            # A seal is bound to the company's name, so renaming the company means sealing again.
            text = value or kept.get(field)
            if text:
                vault.keep(row, field, text)
        last = _newest(row.name)
        newest = row.versions.filter(number=last).first()
        if newest is None or newest.document != document:
            last += 1
            SettingsVersion.objects.create(channel=row, number=last, document=document, author=author, at=now)
    return load(head["name"], list(secrets), vault)


def load(name: str, secret_fields: list[str], vault: Vault) -> StoredSettings:
    """The newest settings. Raises KeyError for an unknown channel, SecretUnreadable."""
    row = Channel.objects.filter(name=name).first()
    if row is None:
        raise KeyError(name)
    newest = row.versions.order_by("-number").first()
    assert newest is not None, "a channel is saved together with its first version"
    opened = {field: vault.open(row, field) for field in secret_fields}
    secrets = {field: value for field, value in opened.items() if value is not None}
    return StoredSettings(row.name, row.company, row.erp, row.shop, newest.number, newest.document, secrets)


def kinds(name: str) -> tuple[str, str]:
    """Names of a channel's connectors: ERP and shop. Raises KeyError."""
    row = Channel.objects.filter(name=name).values_list("erp", "shop").first()
    if row is None:
        raise KeyError(name)
    return row


def company(name: str) -> str:
    """The company a channel belongs to, "" where there is no such channel."""
    return Channel.objects.filter(name=name).values_list("company", flat=True).first() or ""


def _newest(name: str) -> int:
    """The newest version's number, 0 where there is none; nobody saves another one before this transaction ends."""
    Channel.objects.select_for_update().filter(name=name).first()
    last: int | None = SettingsVersion.objects.filter(channel_id=name).aggregate(last=Max("number"))["last"]
    return last or 0


def versions(name: str, limit: int = 0) -> list[tuple[int, str, datetime, dict[str, Any]]]:
    """Number, author, time and document of every version, newest first; with a `limit` only so many."""
    rows = SettingsVersion.objects.filter(channel_id=name).order_by("-number")[: limit or None]
    return [(row.number, row.author, row.at, row.document) for row in rows]


def neighbours(name: str) -> dict[str, dict[str, Any]]:
    """Newest documents of other channels into the same company: of its name, or over the same server and database."""
    newest = _all_newest()
    ours = newest.pop(name, None)
    if ours is None:
        return {}
    return {other: row.document for other, row in newest.items() if _same_company(ours, row)}


def documents_of(company: str) -> list[dict[str, Any]]:
    """Newest documents of all channels into a company of this name."""
    return [row.document for row in _all_newest().values() if alike(row.channel.company) == alike(company)]


def _all_newest() -> dict[str, SettingsVersion]:
    last = SettingsVersion.objects.filter(channel=OuterRef("channel")).order_by("-number").values("number")[:1]
    rows = SettingsVersion.objects.filter(number=Subquery(last)).select_related("channel")
    return {row.channel_id: row for row in rows}


def _same_company(one: SettingsVersion, other: SettingsVersion) -> bool:
    if alike(one.channel.company) == alike(other.channel.company):
        return True
    places = [
        (row.channel.erp, *(str(row.document.get("erp", {}).get(key, "")) for key in ("server", "database")))
        for row in (one, other)
    ]
    return places[0] == places[1] and any(places[0][1:])


def remove(name: str) -> bool:
    """Forget a channel with its whole memory; the shop and the ERP are not touched."""
    return Channel.objects.filter(name=name).delete()[0] > 0
