"""Airbyte CDK: a Python destination that sends batches.

After Airbyte's documentation: "Building a Python Destination" (connector-development/tutorials/
building-a-python-destination: `spec`, `check`, `write`; a state is given back once all before it is written).
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from airbyte_cdk.destinations import Destination
from airbyte_cdk.models import (
    AirbyteConnectionStatus,
    AirbyteMessage,
    ConfiguredAirbyteCatalog,
    ConnectorSpecification,
    DestinationSyncMode,
    Status,
    Type,
)

from bench.peers.rivals.mstore import BATCH, Mstore

TEXT = {"type": "string"}


class DestinationMstore(Destination):
    def spec(self, *_: Any) -> ConnectorSpecification:
        fields = ("url", "key", "on_refusal")
        needs = {"type": "object", "required": [*fields], "properties": dict.fromkeys(fields, TEXT)}
        return ConnectorSpecification(
            connectionSpecification=needs, supported_destination_sync_modes=[DestinationSyncMode.append]
        )

    def check(self, _: Any, config: Mapping[str, Any]) -> AirbyteConnectionStatus:
        Mstore(**config).send("offers", [])
        return AirbyteConnectionStatus(status=Status.SUCCEEDED)

    def write(
        self,
        config: Mapping[str, Any],
        configured_catalog: ConfiguredAirbyteCatalog,
        input_messages: Iterable[AirbyteMessage],
    ) -> Iterator[AirbyteMessage]:
        shop = Mstore(**config)
        buffers: dict[str, list[dict[str, Any]]] = {one.stream.name: [] for one in configured_catalog.streams}
        for message in input_messages:
            if message.type == Type.RECORD:
                buffer = buffers[message.record.stream]
                buffer.append(message.record.data)
                if len(buffer) == BATCH:
                    shop.send(message.record.stream, buffer)
                    buffer.clear()
            elif message.type == Type.STATE:
                flush(shop, buffers)
                yield message
        flush(shop, buffers)


def flush(shop: Mstore, buffers: dict[str, list[dict[str, Any]]]) -> None:
    for stream, buffer in buffers.items():
        if buffer:
            shop.send(stream, buffer)
            buffer.clear()


if __name__ == "__main__":
    DestinationMstore().run(sys.argv[1:])
