"""What the contract leaves to the shop, changed while it is open: all of it is within the text, none of it a fault."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Literal

from pomost.sandbox.http.access import RateForm
from pomost.sandbox.http.served import ID_FORMS, notices_of
from pomost.sandbox.mstore.access import FULL
from pomost.sandbox.mstore.holdings import Holdings
from pomost.sandbox.mstore.records import Limits, OrderStatus

BATCHES = ("offers", "stocks", "customer-assignments", "order-status-changes")
CAPABILITIES = ("postal_codes", "segments", "batch", "documents")


class Conduct(Holdings):
    def advance_clock(self, seconds: float) -> str:
        """Let time pass at once, for whatever expires; a negative step sets the clock back."""
        with self.lock:
            self.clock_offset += timedelta(seconds=seconds)
            return self.now().isoformat()

    def demand_versions(self, resources: Iterable[str] = BATCHES) -> tuple[str, ...]:
        """Batch items of these resources must name the version of what exists (section 17); none: no longer."""
        wanted = frozenset(resources)
        _refuse_unknown(wanted, BATCHES)
        self.versions_demanded = wanted
        return tuple(sorted(wanted))

    def name_scopes(self, names: Mapping[str, str] | None = None, unlisted: Iterable[str] = ()) -> tuple[str, ...]:
        """The shop's own names for scopes, as `{"customers:write": "assignments:write"}`, and those it does not list.

        Only what the account tells changes: what a key may do is decided as before, by 403.
        """
        self.scope_names, self.unlisted_scopes = dict(names or {}), frozenset(unlisted)
        _refuse_unknown({*self.scope_names, *self.unlisted_scopes}, FULL)
        return self.account(self.keys[self.key].scopes).scopes

    def narrow_key(self, scopes: Iterable[str]) -> None:
        """What the shop's first key may do from now on."""
        scopes = tuple(scopes)
        _refuse_unknown(scopes, FULL)
        self.issue_key(scopes, self.key)

    def change_capabilities(self, capabilities: Iterable[str]) -> None:
        """A poorer or a richer server: addresses of a capability it lacks are not there."""
        wanted = tuple(capabilities)
        _refuse_unknown(wanted, CAPABILITIES)
        self.capabilities = wanted

    def change_limits(self, max_page: int | None = None, max_batch: int | None = None) -> Limits:
        with self.lock:
            self.limits = Limits(max_page or self.limits.max_page, max_batch or self.limits.max_batch)
            self.max_page = self.limits.max_page
        return self.limits

    def change_rate(self, quota: int, window: int, form: RateForm = "draft") -> None:
        """How often a key may ask, and how that is told: by the draft's headers, older ones, or those with `X-`."""
        self.rate.change(quota, window, form)

    def tell_waits_as_dates(self, *, on: bool = True) -> None:
        """`Retry-After` as an HTTP date by the shop's clock, wherever it is told."""
        self.waits_as_dates = on

    def announce_end(self, deprecated: str | None = None, sunset: str | None = None) -> dict[str, str]:
        """Since when this version is deprecated and when it ends, as RFC 3339 times; neither: no end is announced."""
        since, until = (None if one is None else datetime.fromisoformat(one) for one in (deprecated, sunset))
        self.notices = notices_of(since, until)
        return self.notices

    def spell_ids(self, form: Literal["plain", "odd"]) -> None:
        """How ids look from now on; those that are there stay."""
        _refuse_unknown([form], ID_FORMS)
        self.id_form = ID_FORMS[form]

    def finish_jobs(self) -> list[str]:
        """All jobs are done now, whether or not anybody asks for them."""
        with self.lock:
            return self.jobs.finish(self.now())

    def forget_jobs(self) -> int:
        """The shop loses its jobs, and with them what it remembered of their keys: each POST may come again."""
        with self.lock:
            lost = self.jobs.forget()
            self.idempotency.forget(lambda answer: dict(answer.headers).get("Location") in lost)
        return len(lost)

    def remove_region(self, region_id: str) -> None:
        """A region nobody may name any more; branches that have it keep it."""
        with self.writing() as now:
            self.regions.remove(region_id, now)

    def put_order_status(
        self, code: str, name: str, allowed_next: Iterable[str], *, final: bool = False
    ) -> OrderStatus:
        """A status more, or another way on from one: the list is the shop's, and is read at run time (section 11)."""
        with self.writing() as now:
            status = OrderStatus(code, name, final, tuple(allowed_next))
            self.order_statuses.put(code, status, now)
        return status


def _refuse_unknown(given: Iterable[str], known: Iterable[str]) -> None:
    strange = sorted(set(given) - set(known))
    if strange:
        raise ValueError(f"unknown: {', '.join(strange)}")
