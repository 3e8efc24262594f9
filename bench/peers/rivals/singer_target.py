"""Singer SDK: a target that sends batches.

After the Singer SDK's documentation: "SDK Dev Guide" (dev_guide: `BatchSink.process_batch`), "How to design a Sink"
(sinks: the SaaS example), "Tap and target performance" (guides/performance: the msgspec reader) and the built-in
settings `batch_size_rows` and `validate_records`.
"""

from typing import Any

from singer_sdk import BatchSink, Target
from singer_sdk import typing as th
from singer_sdk.contrib.msgspec import MsgSpecReader

from bench.peers.rivals.mstore import Mstore


class MstoreSink(BatchSink):
    def __init__(self, target: "TargetMstore", *arguments: Any, **options: Any) -> None:
        super().__init__(target, *arguments, **options)
        self.shop = target.shop

    def process_batch(self, context: dict[str, Any]) -> None:
        self.shop.send(self.stream_name, context["records"])


class TargetMstore(Target):
    name = "target-mstore"
    default_sink_class = MstoreSink
    message_reader_class = MsgSpecReader
    config_jsonschema = th.PropertiesList(
        th.Property("url", th.StringType, required=True),
        th.Property("key", th.StringType, required=True, secret=True),
        th.Property("on_refusal", th.StringType, allowed_values=["skip", "stop"], default="stop"),
    ).to_dict()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.max_parallelism = 1
        self.shop = Mstore(self.config["url"], self.config["key"], self.config["on_refusal"])


if __name__ == "__main__":
    TargetMstore.cli()
