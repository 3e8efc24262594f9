#!/bin/sh
# The pipe of tap and target, and the last state kept for the next run, as the Singer specification shows it.
# singer_run.sh PYTHON FOLDER: the folder holds tap.json and target.json.
python=$1 folder=$2
touch "$folder/states.jsonl"
tail -n 1 "$folder/states.jsonl" > "$folder/state.json"
[ -s "$folder/state.json" ] || echo '{}' > "$folder/state.json"
set -o pipefail 2> /dev/null
"$python" -m bench.peers.rivals.singer_tap --config "$folder/tap.json" --state "$folder/state.json" |
    "$python" -m bench.peers.rivals.singer_target --config "$folder/target.json" >> "$folder/states.jsonl"
