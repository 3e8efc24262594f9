"""What Airbyte's platform does around its connectors: pipe the source into the destination and keep the states.

After "Airbyte Protocol" (understanding-airbyte/airbyte-protocol: one state per stream, kept once the destination gives
it back). The folder holds source.json, destination.json and catalog.json.

`python -m bench.peers.rivals.airbyte_sync FOLDER`
"""

import json
import subprocess
import sys
from pathlib import Path

folder = Path(sys.argv[1])
kept = folder / "states.jsonl"
states = {}
for line in kept.read_text().splitlines() if kept.exists() else ():
    if line.startswith("{") and (message := json.loads(line))["type"] == "STATE":
        states[message["state"]["stream"]["stream_descriptor"]["name"]] = message["state"]
(folder / "state.json").write_text(json.dumps(list(states.values())))
run = [sys.executable, "-m"]
read = [
    "read",
    "--config",
    f"{folder}/source.json",
    "--catalog",
    f"{folder}/catalog.json",
    "--state",
    f"{folder}/state.json",
]
write = ["write", "--config", f"{folder}/destination.json", "--catalog", f"{folder}/catalog.json"]
with kept.open("a") as given_back:
    source = subprocess.Popen([*run, "bench.peers.rivals.airbyte_source", *read], stdout=subprocess.PIPE)
    destination = subprocess.Popen(
        [*run, "bench.peers.rivals.airbyte_destination", *write], stdin=source.stdout, stdout=given_back
    )
    assert source.stdout is not None
    source.stdout.close()
    sys.exit(destination.wait() or source.wait())
