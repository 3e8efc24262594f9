"""A process of its own that runs one channel between a Subiekt GT file and a served M/store, and says how it ended.

Processes are forked from one that has loaded the program already, so that a hundred of them cost little to start.
"""

import logging
import os
import signal
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import count
from multiprocessing.connection import Connection

import structlog

from pomost.connectors.erp.subiekt_gt import SUBIEKT_GT
from pomost.connectors.erp.subiekt_gt.settings import Driver, SubiektSettings
from pomost.connectors.shop.mstore import MSTORE
from pomost.connectors.shop.mstore.settings import MstoreSettings
from pomost.model.branch import Branch
from pomost.model.conditions import Qualification
from pomost.model.policy import GoodsPolicy, GuardPolicy, Policy, PricePolicy, StockPolicy
from pomost.model.request import RunRequest
from pomost.ports.erp import Focus
from pomost.ports.shop import ShopConnector
from pomost.runs import offer
from pomost.runs.channel import Channel
from pomost.runs.session import Busy
from pomost.store.database import open_store
from pomost.store.leases import LeaseLost
from pomost.store.models import Channel as ChannelRow

NAME = "c"
FOCUS = Focus(frozenset({"3"}), frozenset({"1"}), frozenset({"tw_Pole1", "tw_Pole2"}), frozenset({"1"}))
POLICY = Policy(
    GoodsPolicy(
        enabled=True,
        qualification=Qualification.ALL,
        unit_type_field="tw_Pole1",
        unit_multiplier_field="tw_Pole2",
    ),
    PricePolicy(enabled=True, level="3"),
    StockPolicy(enabled=True),
    (Branch("MAG", "Magazyn", "1"),),
    GuardPolicy(share=Decimal(1), floor=1_000_000),
)


class Moment(StrEnum):
    """When the power goes, seen from one POST: no byte of it left; it was taken and the answer not read; it was read."""

    BEFORE = "before"
    UNREAD = "unread"
    UNRECORDED = "unrecorded"


@dataclass(frozen=True)
class Cut:
    """The power goes at the `post`-th POST, counted from 1."""

    post: int
    moment: Moment


@dataclass(frozen=True)
class Errand:
    """What a process is to do: one run, or several after each other, over one store, company and shop.

    `hurry`: the clock leaps half a minute whenever somebody looks at it, so that waiting is over soon.
    """

    store: str
    erp: str
    shop: str
    key: str
    cut: Cut | None = None
    runs: int = 1
    force: bool = False
    hurry: bool = False


def do(errand: Errand, answer: Connection) -> None:
    """Run, and send a list of how the runs ended: facts, or the error with its trace."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    try:
        open_store(errand.store)
        channel = _channel(errand)
        answer.send([_run(channel, errand) for _ in range(errand.runs)])
    except Exception as error:  # noqa: BLE001  (the parent reads what it was)
        answer.send([{"error": repr(error), "trace": traceback.format_exc()}])


def _channel(errand: Errand) -> Channel:
    ChannelRow.objects.get_or_create(
        name=NAME, defaults={"company": "company", "erp": "subiekt-gt", "shop": "mstore", "created": datetime.now(UTC)}
    )
    leaps = count(step=31) if errand.hurry else None
    shop = MSTORE.connect(MstoreSettings(errand.shop, errand.key))
    if errand.cut is not None and errand.cut.moment is not Moment.UNREAD:
        _lay_fuse(shop, errand.cut)
    return Channel(
        NAME,
        "company",
        POLICY,
        SUBIEKT_GT.connect(SubiektSettings(errand.erp, driver=Driver.SQLITE), FOCUS),
        shop,
        lambda: datetime.now(UTC) + timedelta(seconds=next(leaps) if leaps else 0),
        1,
        "digest",
    )


def _run(channel: Channel, errand: Errand) -> dict[str, object]:
    try:
        ended = offer.run(channel, RunRequest(force=errand.force))
    except Busy as busy:
        holder = busy.holder
        return {
            "busy": holder.owner,
            "host": holder.host,
            "step": holder.step and holder.step.told.pl,
            "alive": holder.alive,
        }
    except LeaseLost as lost:
        return {"lost": lost.name}
    return {"state": str(ended.run.state), "counts": dict(ended.run.counts)}


def _lay_fuse(shop: ShopConnector, cut: Cut) -> None:
    """This process ends itself around its `cut.post`-th POST; what the shop does to it is the shop's affair."""
    client = shop._client  # type: ignore[attr-defined]
    post, numbers = client.post, count(1)

    def posting(*what: object, **more: object) -> object:
        last = next(numbers) == cut.post
        if last and cut.moment is Moment.BEFORE:
            darkness()
        answer = post(*what, **more)
        if last:
            darkness()
        return answer

    client.post = posting


def darkness() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
