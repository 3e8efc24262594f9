"""Arbitrary changes, as wide as their types allow."""

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import strategies as st

from pomost.model.change import Amend, Publish, SetStock, Target, Withdraw
from pomost.model.offer import Basis, Offer, PriceKind, Stock
from pomost.model.outcome import Done, Failed, Skipped
from pomost.model.reason import Finding, Reason
from pomost.model.unit import SalesUnit

texts = st.text(max_size=12)
findings = st.builds(Finding, st.sampled_from(Reason), st.lists(st.tuples(texts, texts), max_size=2).map(tuple))
why = st.lists(findings, max_size=2).map(tuple)
targets = st.builds(Target, st.integers(-(2**63), 2**63 - 1), texts, st.text(min_size=1, max_size=12))
units = st.builds(SalesUnit, texts, st.integers(1, 1000), texts)
money = st.decimals(Decimal("0.01"), Decimal("99999999.99"), places=2)
offers = st.builds(
    Offer,
    sku=texts,
    unit=units,
    recalculated=st.booleans(),
    vat=texts,
    price=st.none() | money,
    price_kind=st.none() | st.sampled_from(PriceKind),
    currency=st.none() | texts,
    min_quantity=st.none() | st.integers(1, 10_000),
)
stocks = st.builds(Stock, texts, st.integers(0, 10**12), st.none() | st.booleans(), st.sampled_from(Basis))
moments = st.none() | st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
changes = st.one_of(
    st.builds(Publish, targets, offers, why),
    st.builds(Amend, targets, st.none() | offers, offers, st.booleans(), why),
    st.builds(SetStock, targets, st.none() | stocks, stocks, moments, why),
    st.builds(Withdraw, targets, st.none() | offers, st.lists(texts, max_size=3).map(tuple), why),
)
outcomes = st.one_of(st.builds(Done, texts), st.builds(Skipped, findings), st.builds(Failed, findings, st.booleans()))
