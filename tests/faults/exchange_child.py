"""A process of its own that exchanges an Optima company with a served e-Sklep, and may lose power on the way."""

import logging
import os
import signal
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from multiprocessing.connection import Connection

import structlog

from pomost.connectors.erp.optima import OPTIMA
from pomost.connectors.erp.optima.settings import Driver, OptimaSettings
from pomost.connectors.shop.esklep import ESKLEP, EsklepSettings
from pomost.model.policy import CustomerPolicy, GoodsPolicy, Policy, PricePolicy, StockPolicy
from pomost.model.request import RunRequest
from pomost.ports.entries import ShopBusy
from pomost.ports.erp import Focus
from pomost.ports.fault import Refused
from pomost.ports.shop import ShopConnector
from pomost.runs import offer
from pomost.runs.channel import Channel
from pomost.runs.session import Busy
from pomost.store.database import open_store
from pomost.store.leases import LeaseLost
from pomost.store.models import Channel as ChannelRow
from tests.end_to_end.esklep_stage import OPEN_GUARD

NAME = "c"
POLICY = Policy(
    goods=GoodsPolicy(enabled=True),
    prices=PricePolicy(enabled=True),
    stock=StockPolicy(enabled=True),
    customers=CustomerPolicy(enabled=True),
    guard=OPEN_GUARD,
)


@dataclass(frozen=True)
class Passage:
    """One run. The power goes at the `post`-th POST: before a byte of it left, or when its answer was read (`late`).

    `still`: it does not end there but stands still, as a machine that hangs, after telling so. `hurry`: its clock leaps
    half a minute whenever somebody looks at it, so that waiting is over soon.
    """

    store: str
    company: str
    shop: str
    key: str
    post: int = 0
    late: bool = False
    still: bool = False
    force: bool = False
    hurry: bool = False
    by: str = ""


def carry(passage: Passage, answer: Connection) -> None:
    """Run, and tell how it ended: state and counts, who was in the way or took over, or the error with its trace."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    try:
        open_store(passage.store)
        ChannelRow.objects.get_or_create(
            name=NAME, defaults={"company": NAME, "erp": "optima", "shop": "esklep", "created": datetime.now(UTC)}
        )
        shop = ESKLEP.connect(EsklepSettings(passage.shop, passage.key))
        if passage.post:
            _lay_fuse(shop, passage, answer)
        leaps = count(step=31) if passage.hurry else None
        erp = OPTIMA.connect(OptimaSettings(database=passage.company, driver=Driver.SQLITE, station="1"), Focus())
        channel = Channel(NAME, NAME, POLICY, erp, shop, lambda: _now(leaps), 1, "digest")
        ended = offer.run(channel, RunRequest(force=passage.force, by=passage.by))
        answer.send((str(ended.run.state), dict(ended.run.counts)))
    except (Busy, ShopBusy) as busy:
        answer.send((type(busy).__name__, (busy.holder.owner if isinstance(busy, Busy) else busy.holder.operator)))
    except LeaseLost as lost:
        answer.send(("lost", lost.holder.owner if lost.holder else ""))
    except Refused as refused:
        answer.send(("refused", refused.say("pl")))
    except Exception:  # noqa: BLE001  (the parent reads what it was)
        answer.send(("error", traceback.format_exc()))


def _now(leaps: Iterator[int] | None) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=next(leaps) if leaps else 0)


def _lay_fuse(shop: ShopConnector, passage: Passage, answer: Connection) -> None:
    client = shop._client  # type: ignore[attr-defined]
    post, numbers = client.post, count(1)

    def burn() -> None:
        if passage.still:
            answer.send(("still", os.getpid()))
            os.kill(os.getpid(), signal.SIGSTOP)
        else:
            os.kill(os.getpid(), signal.SIGKILL)

    def posting(*what: object, **more: object) -> object:
        last = next(numbers) == passage.post
        if last and not passage.late:
            burn()
        answered = post(*what, **more)
        if last and passage.late:
            burn()
        return answered

    client.post = posting
