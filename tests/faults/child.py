"""A process of its own that runs one channel between a Subiekt GT file and a served M/store, and says how it ended."""

import json
import sys
import traceback
from datetime import UTC, datetime, timedelta
from itertools import count

from pomost.store.database import open_store

ARGUMENTS = json.loads(sys.argv[1]) if __name__ == "__main__" else {}


def run(arguments):
    """`hurry`: the clock leaps half a minute whenever somebody looks at it, so that waiting is over soon."""
    open_store(arguments["store"])
    from pomost.conformance.erp import Focus
    from pomost.connectors.erp.subiekt_gt import SUBIEKT_GT
    from pomost.connectors.erp.subiekt_gt.settings import Driver, SubiektSettings
    from pomost.connectors.shop.mstore import MSTORE
    from pomost.connectors.shop.mstore.settings import MstoreSettings
    from pomost.model.request import RunRequest
    from pomost.runs import offer
    from pomost.runs.channel import Channel
    from pomost.runs.session import Busy
    from pomost.store.leases import LeaseLost

    focus = Focus(frozenset({"3"}), frozenset({"1"}), frozenset({"tw_Pole1", "tw_Pole2"}), frozenset({"1"}))
    leaps = count(step=31) if arguments.get("hurry") else None
    channel = Channel(
        arguments["channel"],
        "company",
        policy(),
        SUBIEKT_GT.connect(SubiektSettings(arguments["erp"], driver=Driver.SQLITE), focus),
        MSTORE.connect(MstoreSettings(arguments["shop"], arguments["key"])),
        lambda: datetime.now(UTC) + timedelta(seconds=next(leaps) if leaps else 0),
        1,
        "digest",
    )
    if leaps:
        import pomost.runs.session

        pomost.runs.session.time.sleep = lambda _: None
    try:
        ended = offer.run(channel, RunRequest(force=arguments.get("force", False)))
    except Busy as busy:
        holder = busy.holder
        return {"busy": holder.owner, "host": holder.host, "progress": holder.progress, "alive": holder.alive}
    except LeaseLost as lost:
        return {"lost": lost.name}
    return {"state": ended.run.state, "counts": ended.run.counts}


def policy():
    from decimal import Decimal

    from pomost.model.branch import Branch
    from pomost.model.policy import GoodsPolicy, GuardPolicy, Policy, PricePolicy, Qualification, StockPolicy

    return Policy(
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


if __name__ == "__main__":
    try:
        print(json.dumps(run(ARGUMENTS)))
    except Exception as error:  # noqa: BLE001  (the parent reads what it was)
        print(json.dumps({"error": repr(error), "trace": traceback.format_exc()}))
