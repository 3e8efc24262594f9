"""Stock of M/store (contract, sections 8 and 17): read by branch, sent as of a moment of the service's own clock."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from pomost.connectors.shop.mstore import translation as to
from pomost.connectors.shop.mstore.account import moment
from pomost.connectors.shop.mstore.api import ItemResult, MstoreApi, name_of
from pomost.connectors.shop.mstore.branches import Branches
from pomost.connectors.shop.mstore.lists import Lists
from pomost.connectors.shop.mstore.rows import StockRow
from pomost.connectors.shop.mstore.versions import Item, Rows, Versions
from pomost.connectors.shop.server_clock import ServerClock
from pomost.model.change import SetStock, Withdraw
from pomost.model.offer import Basis, Stock
from pomost.model.outcome import Failed, Outcome
from pomost.model.reason import Finding, Reason
from pomost.model.text import alike
from pomost.ports.fault import Forbidden
from pomost.ports.shop import ShelfItem

_BATCH = "/v1/stocks:batch"
_SLACK = timedelta(seconds=10)  # what is read by the shop's clock began by ours
_OK, _GONE = range(200, 300), frozenset({404, 410})


class Stocks:
    """Quantities and visibility per branch. What was read of a branch's list is held for a visit."""

    def __init__(self, api: MstoreApi, branches: Branches, lists: Lists, clock: ServerClock) -> None:
        self._api = api
        self._branches = branches
        self._lists = lists
        self._clock = clock
        self._rows = Rows(self._write, many=self._read_versions, list_of=lambda item: str(item["branch_id"]))
        self._hidden: dict[str, set[str]] = {}
        self._hiding: frozenset[str] = frozenset()
        self._followed: set[str] = set()

    def forget(self) -> None:
        """The visit begins or ends."""
        self._rows.forget()
        self._hidden.clear()
        self._followed.clear()

    # --- reading

    def shown(self) -> dict[str, list[Stock]]:
        """All stock, by product."""
        return self._by_product([])

    def written(self, product_ids: AbstractSet[str], lately: timedelta) -> dict[str, list[Stock]]:
        """Stock of these products written so short a while ago, by the shop's clock: ours need not be right."""
        found = self._by_product([("updated_since", moment(self._clock.now() - lately - _SLACK))])
        return {product_id: stocks for product_id, stocks in found.items() if product_id in product_ids}

    def sent(self, since: datetime, branches: Sequence[str]) -> Iterator[ShelfItem]:
        """Stock sent with a time after this moment; a panel's change leaves that time as it was."""
        wanted = {alike(branch) for branch in branches}
        for place in self._branches.rows():
            if alike(place.external_id) in wanted:
                for row in self._api.rows(_path(place.id), StockRow, [("updated_since", moment(since))]):
                    if row.as_of is not None and row.as_of > since:
                        yield ShelfItem(row.product_id, None, None, (to.stock(row, place.external_id),))

    def hidden(self, branch: str) -> AbstractSet[str]:
        """Products a branch does not show, whoever hid them."""
        place = self._branches.ids().get(alike(branch))
        if place is None:
            return frozenset()
        self._lists.get(_path(place), lambda: self._rows.read_whole(place), fresh=True)
        return frozenset(self._hidden[place])

    def _by_product(self, params: Sequence[tuple[str, str]]) -> dict[str, list[Stock]]:
        found: defaultdict[str, list[Stock]] = defaultdict(list)
        for place in self._branches.rows(fresh=True):
            for row in self._api.rows(_path(place.id), StockRow, params):
                found[row.product_id].append(to.stock(row, place.external_id))
        return found

    def _read_versions(self, place: str) -> Mapping[str, str]:
        hidden = self._hidden[place] = set()
        versions: dict[str, str] = {}
        for row in self._api.rows(_path(place), StockRow):
            versions[f"{place}/{row.product_id}"] = row.version
            if row.visible is False:
                hidden.add(row.product_id)
        return versions

    # --- sending

    def send(self, versions: Versions, changes: Sequence[SetStock], attempt: str) -> Iterator[Outcome]:
        """One batch. A product that is taken out of sight goes over the version that was looked at, if it was."""
        places = self._branches.ids()
        known = [change for change in changes if alike(change.after.branch) in places]
        moments = [self._clock.as_of(change.as_of) for change in known]
        items = [
            to.stock_item(change.target.product_id, places[alike(change.after.branch)], change.after, at)
            for change, at in zip(known, moments, strict=True)
        ]
        self._hiding = frozenset(name_of(item) for item in items if self._takes_away(item))
        sent = [self._conditional(item) if name_of(item) in self._hiding else item for item in items]
        results = iter(self._store(versions, sent, moments, attempt) if sent else ())
        for change in changes:
            if alike(change.after.branch) not in places:
                yield Failed(Finding.of(Reason.BRANCH_NOT_IN_SHOP, branch=change.after.branch))
            else:
                yield to.outcome(next(results), change)

    def zero(self, versions: Versions, changes: Sequence[Withdraw], attempt: str, size: int) -> dict[str, Failed]:
        """Noughts of products about to be withdrawn: sent first, they make the order of arrival harmless.

        Gives what the shop did not take of them, by product: such a product is not withdrawn (decision table 8.19).
        What the shop has not cannot be emptied, and need not be.
        """
        places = self._branches.ids()
        items: list[Item] = []
        moments: list[datetime] = []
        for change in changes:
            at = self._clock.as_of(change.as_of)
            for branch in change.branches:
                if alike(branch) in places:
                    nought = Stock(branch, 0, None, change.basis or Basis.STOCK)
                    items.append(to.stock_item(change.target.product_id, places[alike(branch)], nought, at))
                    moments.append(at)
        by_product = {change.target.product_id: change for change in changes}
        refused: dict[str, Failed] = {}
        for start in range(0, len(items), size):
            piece = slice(start, start + size)
            results = self._store(versions, items[piece], moments[piece], attempt)
            for item, result in zip(items[piece], results, strict=True):
                product_id = str(item["product_id"])
                if result.status not in _GONE:
                    outcome = to.outcome(result, by_product[product_id])
                    if isinstance(outcome, Failed):
                        refused.setdefault(product_id, outcome)
        return refused

    def _store(
        self, versions: Versions, items: Sequence[Item], moments: Sequence[datetime], attempt: str
    ) -> list[ItemResult]:
        """A result per item. Where the shop holds stock of its own future, what it took for stale is sent as later."""
        results = versions.batch(_BATCH, items, attempt, self._rows, self._still)
        at = list(moments)
        late = [place for place, one in enumerate(results) if one.code == "stale"]
        if late and self._holds_the_future({str(items[place]["branch_id"]) for place in late}):
            for place in late:
                at[place] = self._clock.lifted(at[place])
            again = [{**items[place], "as_of": moment(at[place])} for place in late]
            answered = versions.batch(_BATCH, again, f"{attempt} later", self._rows, self._still)
            for place, result in zip(late, answered, strict=True):
                results[place] = result
        for result, confirmed in zip(results, at, strict=True):
            if result.status in _OK:
                self._clock.confirmed(confirmed)
        return results

    def _write(self, item: Item, version: str | None, _: str) -> ItemResult:
        return self._api.put(
            f"{_path(str(item['branch_id']))}/{quote(str(item['product_id']), safe='')}", item, version
        )

    def _holds_the_future(self, places: AbstractSet[str]) -> bool:
        """Whether a branch holds stock as of a moment the shop's clock has not reached; each is looked through once.

        What is sent from then on is later than all of it, so that no second look is needed.
        """
        found = False
        try:
            for place in sorted(places - self._followed):
                self._followed.add(place)
                held = [row.as_of for row in self._api.rows(_path(place), StockRow) if row.as_of is not None]
                found = (bool(held) and self._clock.lies_ahead(max(held))) or found
        except Forbidden:
            return False  # without the right to look they stay stale, and are told so
        return found

    def _takes_away(self, item: Item) -> bool:
        """Whether it would hide what was in sight when this visit looked."""
        looked = self._hidden.get(item["branch_id"])
        return item.get("visible") is False and looked is not None and item["product_id"] not in looked

    def _conditional(self, item: dict[str, Any]) -> Item:
        version = self._rows.version(item)
        return {**item, "if_version": version} if version else item

    def _still(self, item: Item) -> bool:
        """Whether nobody has hidden meanwhile what this item would be the first to hide: it stays the shop's then."""
        if item.get("visible") is not False or name_of(item) not in self._hiding:
            return True
        return item["product_id"] not in self._hidden.get(item["branch_id"], ())


def _path(place: str) -> str:
    return f"/v1/branches/{quote(place, safe='')}/stocks"
