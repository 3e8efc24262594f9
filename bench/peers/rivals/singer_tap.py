"""Singer SDK: a tap with two streams, each with a replication key.

After the Singer SDK's documentation: "SDK Dev Guide" (dev_guide: the generic `Stream`, for what is neither REST nor a
table as it stands), "Stream State" (implementation/state: `is_sorted`, so that a broken sync may resume) and "Tap and
target performance" (guides/performance: the msgspec writer).
"""

from collections.abc import Iterator
from typing import Any

from singer_sdk import Stream, Tap
from singer_sdk import typing as th
from singer_sdk.contrib.msgspec import MsgSpecWriter

from bench.peers.rivals import erp

TEXT, NUMBER = th.StringType, th.IntegerType


def schema_of(**fields: Any) -> dict[str, Any]:
    schema: dict[str, Any] = th.PropertiesList(*(th.Property(name, kind) for name, kind in fields.items())).to_dict()
    return schema


class _Rows(Stream):
    primary_keys = ("id",)
    replication_key = "modified"
    is_sorted = True
    statement = ""

    def get_records(self, context: Any) -> Iterator[dict[str, Any]]:
        since = self.get_starting_replication_key_value(context) if self.replication_key else None
        for page in erp.pages(self.config["database"], self.statement, since or ""):
            yield from page


class Offers(_Rows):
    name = "offers"
    statement = erp.OFFERS
    schema = schema_of(id=NUMBER, ean=TEXT, sku=TEXT, unit=TEXT, multiplier=NUMBER, price=TEXT, vat=TEXT, modified=TEXT)


class Stocks(_Rows):
    name = "stocks"
    statement = erp.STOCKS
    schema = schema_of(id=NUMBER, ean=TEXT, quantity=NUMBER, modified=TEXT)


class AllStocks(Stocks):
    replication_key = ""


class TapSubiekt(Tap):
    name = "tap-subiekt"
    message_writer_class = MsgSpecWriter
    config_jsonschema = th.PropertiesList(
        th.Property("database", th.StringType, required=True),
        th.Property("stock", th.StringType, allowed_values=["cursor", "full"], default="cursor"),
    ).to_dict()

    def discover_streams(self) -> list[Stream]:
        return [Offers(self), Stocks(self) if self.config["stock"] == "cursor" else AllStocks(self)]


if __name__ == "__main__":
    TapSubiekt.cli()
