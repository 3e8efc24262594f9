"""dlt: a mirror that keeps history by row hashes, then what changed in it into a custom destination.

The one way of dlt's documentation that needs no timestamp and notices deletions. After "Merge loading" (general-usage/
merge-loading: the `scd2` strategy, row hashes for Arrow tables), "The SQL client" (general-usage/
dataset-access/sql-client) and, for the second half, the pages `dlt_cursor` names. The mirror is DuckDB, the database of
dlt's own tutorials.

`python -m bench.peers.rivals.dlt_history HOME DATABASE URL KEY skip|stop`
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import dlt
import pyarrow as pa
from dlt.sources.helpers.transform import add_row_hash_to_table

from bench.peers.rivals import erp
from bench.peers.rivals.mstore import BATCH, Mstore

home, database, url, key, on_refusal = sys.argv[1:]
shop = Mstore(url, key, on_refusal)
HISTORY = {"disposition": "merge", "strategy": "scd2", "row_version_column_name": "row_hash"}
ALIVE = "SELECT *, _dlt_valid_from AS changed, false AS gone FROM {table} WHERE _dlt_valid_to IS NULL"
GONE = """
    UNION ALL SELECT *, _dlt_valid_to AS changed, true AS gone FROM offers o WHERE _dlt_valid_to IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM offers n WHERE n.id = o.id AND n._dlt_valid_to IS NULL)
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY _dlt_valid_to DESC) = 1
"""


def tables(statement: str) -> Iterator[Any]:
    for page in erp.pages(database, statement):
        yield pa.Table.from_pylist(page).drop_columns("modified")


def mirrored(name: str, statement: str) -> Any:
    resource = dlt.resource(tables(statement), name=name, write_disposition=HISTORY)
    return resource.add_map(add_row_hash_to_table("row_hash"))


def changes(
    query: str,
    changed: Any = dlt.sources.incremental(
        "changed", initial_value=datetime(2000, 1, 1, tzinfo=UTC), range_start="open"
    ),
) -> Iterator[Any]:
    statement = f"SELECT * EXCLUDE (_dlt_valid_from, _dlt_valid_to) FROM ({query}) WHERE changed > %s"
    with mirror.sql_client() as client, client.execute_query(statement, changed.start_value) as cursor:
        yield from cursor.iter_arrow(chunk_size=5000)


@dlt.destination(
    batch_size=BATCH,
    name="mstore",
    loader_file_format="parquet",
    max_parallel_load_jobs=1,
    loader_parallelism_strategy="sequential",
)
def mstore(items: Any, table: dict[str, Any]) -> None:
    shop.send(table["name"], items.to_pylist())


mirror = dlt.pipeline(
    "mirror", destination=dlt.destinations.duckdb(f"{home}/mirror.duckdb"), dataset_name="subiekt", pipelines_dir=home
)
mirror.run([mirrored("offers", erp.OFFERS), mirrored("stocks", erp.STOCKS)])
outward = dlt.pipeline("subiekt_mstore", destination=mstore, pipelines_dir=home)
outward.run(
    [
        dlt.resource(changes, name="offers")(ALIVE.format(table="offers") + GONE),
        dlt.resource(changes, name="stocks")(ALIVE.format(table="stocks")),
    ]
)
