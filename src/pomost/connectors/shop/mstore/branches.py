"""Branches of M/store (contract, section 4): read, created, and changed only over the version that was looked at."""

from collections.abc import Mapping
from typing import Any

from pomost.connectors.shop.mstore import translation as to
from pomost.connectors.shop.mstore.api import ItemResult, MstoreApi
from pomost.connectors.shop.mstore.lists import Lists
from pomost.connectors.shop.mstore.rows import BranchRow
from pomost.model.branch import Address, Contact, ShopBranch
from pomost.model.change import AmendBranch, CreateBranch
from pomost.model.outcome import Done, Failed, Outcome
from pomost.model.reason import Finding, Reason
from pomost.model.text import alike

_PATH = "/v1/branches"
_TAKEN = frozenset({"duplicate-branch-id", "duplicate-branch-name"})
_TRIES = 3
_CONFLICT = 412
_ADDRESS = ("street", "house_number", "flat_number", "postal_code", "city", "country")
_CONTACT = ("person", "email", "phone")


class Branches:
    """The account's branches; the list is held until one of them is written."""

    def __init__(self, api: MstoreApi, lists: Lists) -> None:
        self._api = api
        self._lists = lists

    def rows(self, *, fresh: bool = False) -> list[BranchRow]:
        return self._lists.get(_PATH, lambda: list(self._api.rows(_PATH, BranchRow)), fresh=fresh)

    def ids(self) -> dict[str, str]:
        """Our branch ids, as alike names, to the shop's own."""
        return {alike(row.external_id): row.id for row in self.rows()}

    def names(self) -> dict[str, str]:
        """The shop's own ids to ours, as the shop writes them."""
        return {row.id: row.external_id for row in self.rows()}

    def create(self, change: CreateBranch, attempt: str) -> Outcome:
        body = {"external_id": change.branch.id, **_body(change.branch.fields, blank=False)}
        self._lists.forget(_PATH)
        return _outcome(self._api.create(_PATH, body, attempt), change)

    def amend(self, change: AmendBranch) -> Outcome:
        """Write the fields that differ, unless somebody changed one of them since it was compared."""
        result = ItemResult(_CONFLICT)
        for _ in range(_TRIES):
            row = next(
                (one for one in self.rows(fresh=True) if alike(one.external_id) == alike(change.target.id)), None
            )
            if row is None:
                return Failed(Finding.of(Reason.BRANCH_NOT_IN_SHOP, branch=change.target.id), retry=True)
            held, before = branch(row).fields, change.before.fields
            missing = {name: value for name, value in change.fields.items() if held[name] != value}
            if not missing:
                return Done(row.version)
            moved = [name for name in missing if held[name] != before[name]]
            if moved:
                return Failed(Finding.of(Reason.BRANCH_CHANGED, fields=", ".join(moved)), retry=True)
            result = self._api.patch(f"{_PATH}/{row.id}", _body(missing, blank=True), row.version)
            self._lists.forget(_PATH)
            if result.status != _CONFLICT:
                return _outcome(result, change)
        return Failed(Finding.of(Reason.BRANCH_CHANGED, fields=", ".join(change.fields)), retry=True)


def branch(row: BranchRow) -> ShopBranch:
    address = {name: getattr(row.address, name, None) or "" for name in _ADDRESS}
    contact = {name: getattr(row.contact, name, None) or "" for name in _CONTACT}
    return ShopBranch(
        row.external_id, row.name, row.region_id or "", Address(**address), Contact(**contact), row.active
    )


def _body(fields: Mapping[str, str], *, blank: bool) -> dict[str, Any]:
    """Fields as the contract nests them; with `blank` an empty one travels as null, which clears it."""
    chosen = {name: value or None for name, value in fields.items() if value or blank}
    body: dict[str, Any] = {"name": chosen["name"]} if "name" in chosen else {}
    if "region" in chosen:
        body["region_id"] = chosen["region"]
    for part, names in (("address", _ADDRESS), ("contact", _CONTACT)):
        inner = {name: chosen[name] for name in names if name in chosen}
        if inner:
            body[part] = inner
    return body


def _outcome(result: ItemResult, change: CreateBranch | AmendBranch) -> Outcome:
    wanted = change.branch if isinstance(change, CreateBranch) else change.after
    if result.code in _TAKEN:
        return Failed(Finding.of(Reason.BRANCH_TAKEN, branch=f"{wanted.id}, {wanted.name}"))
    if result.code == "region-unknown":
        return Failed(Finding.of(Reason.REGION_UNKNOWN, branch=wanted.id, region=wanted.region))
    return to.outcome(result, change)
