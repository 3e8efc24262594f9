"""dlt: incremental resources into a custom destination.

After dlt's documentation: "Cursor-based incremental loading" (general-usage/incremental/cursor:
`dlt.sources.incremental`, `start_value` in the query, the primary key against doubles at the edge of a range), "Custom
destination: Reverse ETL" (dlt-ecosystem/destinations/destination: `@dlt.destination`, a batch that is one request,
retries, resuming) and "Optimizing dlt" (reference/performance: pages, not single rows, are yielded).

`python -m bench.peers.rivals.dlt_cursor HOME DATABASE URL KEY cursor|full skip|stop`: stock by the cursor, or all of it
"""

import sys
from collections.abc import Iterator
from typing import Any

import dlt

from bench.peers.rivals import erp
from bench.peers.rivals.mstore import BATCH, Mstore

home, database, url, key, stock, on_refusal = sys.argv[1:]
shop = Mstore(url, key, on_refusal)


@dlt.resource(primary_key="id")
def offers(modified: Any = dlt.sources.incremental("modified", initial_value="")) -> Iterator[Any]:
    yield from erp.pages(database, erp.OFFERS, modified.start_value)


@dlt.resource(primary_key="id")
def stocks(modified: Any = dlt.sources.incremental("modified", initial_value="")) -> Iterator[Any]:
    yield from erp.pages(database, erp.STOCKS, modified.start_value)


@dlt.resource(name="stocks", primary_key="id")
def all_stocks() -> Iterator[Any]:
    yield from erp.pages(database, erp.STOCKS)


@dlt.destination(batch_size=BATCH, name="mstore", max_parallel_load_jobs=1, loader_parallelism_strategy="sequential")
def mstore(items: list[dict[str, Any]], table: dict[str, Any]) -> None:
    shop.send(table["name"], items)


pipeline = dlt.pipeline("subiekt_mstore", destination=mstore, pipelines_dir=home)
pipeline.run([offers, stocks if stock == "cursor" else all_stocks])
