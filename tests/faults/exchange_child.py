"""A process of its own that exchanges an Optima company with a served e-Sklep, and may lose power on the way."""

import logging
import os
import signal
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from multiprocessing.connection import Connection

import structlog

from pomost.connectors.erp.optima import OPTIMA
from pomost.connectors.erp.optima.settings import Driver, OptimaSettings
from pomost.connectors.shop.esklep import ESKLEP, EsklepSettings
from pomost.model.policy import CustomerPolicy, GoodsPolicy, Policy, PricePolicy, StockPolicy
from pomost.model.request import RunRequest
from pomost.ports.erp import Focus
from pomost.ports.shop import ShopConnector
from pomost.runs import offer
from pomost.runs.channel import Channel
from pomost.store.database import open_store
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
    """One run. The power goes at the `post`-th POST: before a byte of it left, or when its answer was read (`late`)."""

    store: str
    company: str
    shop: str
    key: str
    post: int = 0
    late: bool = False


def carry(passage: Passage, answer: Connection) -> None:
    """Run, and tell how it ended: state and counts, or the error with its trace."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    try:
        open_store(passage.store)
        ChannelRow.objects.get_or_create(
            name=NAME, defaults={"company": NAME, "erp": "optima", "shop": "esklep", "created": datetime.now(UTC)}
        )
        shop = ESKLEP.connect(EsklepSettings(passage.shop, passage.key))
        if passage.post:
            _lay_fuse(shop, passage)
        erp = OPTIMA.connect(OptimaSettings(database=passage.company, driver=Driver.SQLITE, station="1"), Focus())
        channel = Channel(NAME, NAME, POLICY, erp, shop, lambda: datetime.now(UTC), 1, "digest")
        ended = offer.run(channel, RunRequest())
        answer.send((str(ended.run.state), dict(ended.run.counts)))
    except Exception:  # noqa: BLE001  (the parent reads what it was)
        answer.send(("error", traceback.format_exc()))


def _lay_fuse(shop: ShopConnector, passage: Passage) -> None:
    client = shop._client  # type: ignore[attr-defined]
    post, numbers = client.post, count(1)

    def posting(*what: object, **more: object) -> object:
        last = next(numbers) == passage.post
        if last and not passage.late:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = post(*what, **more)
        if last:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    client.post = posting
