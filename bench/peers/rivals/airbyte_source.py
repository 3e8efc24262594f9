"""Airbyte CDK: a Python source with two streams.

After Airbyte's documentation: "Basic Concepts" (connector-development/cdk-python/basic-concepts: `check_connection`,
`streams`) and "Incremental Streams" (connector-development/cdk-python/incremental-stream: cursor field, state,
checkpoints by interval for records in the cursor's order). The query takes rows of the cursor's own moment in again, so
that nothing at the edge is lost.
"""

import sys
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from airbyte_cdk.entrypoint import launch
from airbyte_cdk.models import ConnectorSpecification, SyncMode
from airbyte_cdk.sources import AbstractSource
from airbyte_cdk.sources.streams import CheckpointMixin, Stream

from bench.peers.rivals import erp

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}


class _Rows(Stream, CheckpointMixin):
    primary_key = "id"
    cursor_field = "modified"
    state_checkpoint_interval = 1000
    statement = ""
    fields: ClassVar[Mapping[str, Any]] = {}

    def __init__(self, database: str) -> None:
        self.database, self._cursor_value = database, ""

    @property
    def state(self) -> dict[str, Any]:
        return {self.cursor_field: self._cursor_value}

    @state.setter
    def state(self, value: Mapping[str, Any]) -> None:
        self._cursor_value = value.get(self.cursor_field, "")

    def get_json_schema(self) -> dict[str, Any]:
        return {"type": "object", "properties": dict(self.fields)}

    def read_records(self, sync_mode: SyncMode, **_: Any) -> Iterator[dict[str, Any]]:
        since = self._cursor_value if sync_mode == SyncMode.incremental else ""
        for page in erp.pages(self.database, self.statement, since):
            for row in page:
                self._cursor_value = row["modified"]
                yield row


class Offers(_Rows):
    name = "offers"
    statement = erp.OFFERS
    fields: ClassVar = dict.fromkeys(("ean", "sku", "unit", "price", "vat", "modified"), TEXT) | dict.fromkeys(
        ("id", "multiplier"), NUMBER
    )


class Stocks(_Rows):
    name = "stocks"
    statement = erp.STOCKS
    fields: ClassVar = {"id": NUMBER, "ean": TEXT, "quantity": NUMBER, "modified": TEXT}


class SourceSubiekt(AbstractSource):
    def spec(self, _: Any) -> ConnectorSpecification:
        needs = {"type": "object", "required": ["database"], "properties": {"database": TEXT}}
        return ConnectorSpecification(connectionSpecification=needs)

    def check_connection(self, _: Any, config: Mapping[str, Any]) -> tuple[bool, Any]:
        next(erp.pages(config["database"], erp.OFFERS), None)
        return True, None

    def streams(self, config: Mapping[str, Any]) -> list[Stream]:
        return [Offers(config["database"]), Stocks(config["database"])]


if __name__ == "__main__":
    launch(SourceSubiekt(), sys.argv[1:])
