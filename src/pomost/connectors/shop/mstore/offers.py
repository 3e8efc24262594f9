"""Offers of M/store (contract, section 7): read, published, amended, and withdrawn once their stock is nought."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from pomost.connectors.shop.mstore import translation as to
from pomost.connectors.shop.mstore.account import moment
from pomost.connectors.shop.mstore.api import ItemResult, MstoreApi, garbled
from pomost.connectors.shop.mstore.rows import OfferRow
from pomost.connectors.shop.mstore.stocks import Stocks
from pomost.connectors.shop.mstore.versions import Item, Rows, Versions
from pomost.model.change import Amend, Publish, Withdraw
from pomost.model.offer import Stock
from pomost.model.outcome import Done, Failed, Outcome
from pomost.model.unit import SalesUnit
from pomost.ports.fault import Forbidden
from pomost.ports.shop import ShelfItem

_OURS = "api"  # `updated_by` of what our key wrote
_OFFERS, _BATCH = "/v1/offers", "/v1/offers:batch"


class Offers:
    """The account's offers."""

    def __init__(self, api: MstoreApi, stocks: Stocks, versions: Versions) -> None:
        self._api = api
        self._stocks = stocks
        self._versions = versions
        self._rows = Rows(self._write, one=self._version, many=self._read_versions)

    def forget(self) -> None:
        """The visit begins or ends."""
        self._rows.forget()

    def written(self, since: datetime) -> Iterator[ShelfItem]:
        """Offers our key was the last to write after this moment: what a person writes comes under another name.

        The service's list begins at the moment itself; what was written then is known.
        """
        for row in self._api.rows(_OFFERS, OfferRow, [("updated_since", moment(since))]):
            if row.updated_by == _OURS and (row.updated_at is None or row.updated_at > since):
                yield ShelfItem(row.product_id, row.active, to.offer(row, {}), ())

    def all(
        self, units: Callable[[], Mapping[str, SalesUnit]], stocks: Mapping[str, list[Stock]]
    ) -> Iterator[ShelfItem]:
        """Every offer with its stock; `units`: the catalogue's by their ids, for offers that tell no more of theirs."""
        known: Mapping[str, SalesUnit] | None = None
        for row in self._api.rows(_OFFERS, OfferRow):
            if row.sales_unit is None and known is None:
                known = units()
            offer = to.offer(row, known or {})
            yield ShelfItem(row.product_id, row.active, offer, tuple(stocks.get(row.product_id, ())))

    def some(self, product_ids: Sequence[str], stocks: Mapping[str, list[Stock]]) -> Iterator[ShelfItem]:
        """A few offers, asked for one by one."""
        for product_id in product_ids:
            row = self._one(product_id)
            if row is not None and row.product_id != product_id:
                raise garbled("product_id")
            held = tuple(stocks.get(product_id, ()))
            if row is not None:
                yield ShelfItem(product_id, row.active, to.offer(row, {}), held)
            elif held:
                yield ShelfItem(product_id, active=False, offer=None, stocks=held)

    def send(self, changes: Sequence[Publish | Amend | Withdraw], attempt: str, size: int) -> Iterator[Outcome]:
        """One batch; before a withdrawal its stock is zeroed, and a product whose stock was not taken stays."""
        withdrawals = [change for change in changes if isinstance(change, Withdraw)]
        kept = self._stocks.zero(self._versions, withdrawals, attempt, size) if withdrawals else {}
        items = [to.offer_item(change) for change in changes if change.target.product_id not in kept]
        results = iter(self._versions.batch(_BATCH, items, attempt, self._rows) if items else ())
        for change in changes:
            if change.target.product_id in kept:
                yield kept[change.target.product_id]
                continue
            outcome = to.outcome(next(results), change)
            refused = isinstance(outcome, Failed) and not outcome.retry
            if isinstance(change, Withdraw) and refused and self._is_off(change.target.product_id):
                outcome = Done("off")
            yield outcome

    def _is_off(self, product_id: str) -> bool:
        """Whether a product is not on offer. The batch refuses to withdraw what was never offered (section 7)."""
        try:
            row = self._one(product_id)
        except Forbidden:
            return False  # the refusal stands
        return row is None or row.status != "active"

    def _one(self, product_id: str) -> OfferRow | None:
        found: OfferRow | None = self._api.row_or_none(f"{_OFFERS}/{quote(product_id, safe='')}", OfferRow)
        return found

    def _version(self, product_id: str) -> str | None:
        row = self._one(product_id)
        return None if row is None else row.version or None

    def _write(self, item: Item, version: str | None, _: str) -> ItemResult:
        path = f"{_OFFERS}/{quote(str(item['product_id']), safe='')}"
        return self._api.put(path, item, None) if version is None else self._api.patch(path, item, version)

    def _read_versions(self, _: str) -> Mapping[str, str]:
        rows: Iterator[Any] = self._api.rows(_OFFERS, OfferRow)
        return {row.product_id: row.version for row in rows}
