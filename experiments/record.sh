#!/usr/bin/env bash
# Writes the tables of every experiment anew into results/ (and the schema that editors read).
#
#     experiments/record.sh [BINARY]        default: build .build/release/sweep
#
# Then look at `git diff --stat results`: what differs is what a change has moved.
set -eu -o pipefail
cd "$(dirname "$0")/.."
if [ $# -gt 0 ]; then
  sweep=$1
else
  swift build -c release -Xcc -march=native --static-swift-stdlib --product sweep
  sweep=.build/release/sweep
fi
for spec in experiments/*.json; do
  "$sweep" run "$spec" --fresh --shard none -q >/dev/null
  echo "results/$(basename "$spec" .json)"
done
"$sweep" plot results/ridge --output docs/ridge.svg -q >/dev/null
"$sweep" schema >docs/sweep.schema.json
