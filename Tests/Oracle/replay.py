#!/usr/bin/env python3
"""Replays the program's shuffles with the generator that docs/decisions.md shows.

    python3 Tests/Oracle/replay.py --binary .build/release/sweep

Test rows, folds and the epochs of `sgd`, from the seed alone. Ends with `N passed, N failed`.
"""

import argparse
import csv
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEST, FOLDS, SGD = 0x74657374, 0x666F6C64, 0x736764
ROWS = 41


def documented():
    """The Stream that the document shows."""
    text = (ROOT / "docs/decisions.md").read_text()
    names = {}
    exec(re.search(r"```python\n(.*?)```", text, re.DOTALL).group(1), names)
    return names["Stream"]


Stream = documented()


def data():
    """Rows without a pattern: x, z and y by a rule of whole numbers."""
    return [[i * i % 17 / 8, i * 7 % 13 / 8, (i * i % 17 - i * 5 % 11) / 4] for i in range(ROWS)]


def split(seed, spec, repeat):
    """Test rows, the rest in data order, and that in the order of a repeat."""
    test = math.ceil(spec.get("test", 0) * ROWS)
    order = Stream(seed, TEST).permutation(ROWS)
    rest = sorted(order[: ROWS - test])
    shuffle = Stream(seed, FOLDS, repeat).permutation(len(rest))
    return sorted(order[ROWS - test:]), rest, [rest[i] for i in shuffle]


def cut(spec, rows):
    """(training rows in their order, validation rows) of each fold."""
    if "holdout" in spec:
        held = math.ceil(spec["holdout"] * len(rows))
        return [(rows[:-held], rows[-held:])]
    k, folds, start = spec["k_fold"], [], 0
    for fold in range(k):
        end = start + len(rows) // k + (fold < len(rows) % k)
        folds.append((rows[:start] + rows[end:], rows[start:end]))
        start = end
    return folds


def descend(rows, orders, eta, penalty, batch):
    """Mini-batch descent on the squared loss, as docs/guide/gradient-descent.md has it."""
    w, b, size = [0.0, 0.0], 0.0, min(batch, len(rows))
    for order in orders:
        for first in range(0, len(rows), size):
            part = [rows[i] for i in order[first:first + size]]
            slopes = [w[0] * x + w[1] * z + b - y for x, z, y in part]
            w = [(1 - eta * penalty * len(part) / size) * w[j]
                 - eta / size * sum(s * row[j] for s, row in zip(slopes, part)) for j in (0, 1)]
            b -= eta / size * sum(slopes)
    return [b, *w]


def replayed(binary, folder, seed, spec, batch):
    """What differs between a run and its replay."""
    table, epochs, eta, penalty = data(), 3, 0.05, 0.1
    lines = ["x,z,y", *(",".join(map(repr, row)) for row in table)]
    (folder / "d.csv").write_text("\n".join(lines) + "\n")
    (folder / "s.json").write_text(json.dumps({
        "data": {"csv": "d.csv", "target": "y"}, "features": {"standardize": "none"},
        "split": spec, "seed": seed, "outputs": ["coefficients", "predictions"],
        "grid": {"solver": "sgd", "eta": eta, "lambda": penalty, "batch_size": batch,
                 "epochs": epochs},
    }))
    subprocess.run([binary, "run", "s.json", "--output", "out", "-q"], cwd=folder, check=True)

    def rows(name):
        with open(folder / "out" / name, newline="") as file:
            return list(csv.DictReader(file))

    def near(name, found, wanted):
        if any(abs(a - b) > 1e-12 * (1 + abs(b)) for a, b in zip(found, wanted, strict=True)):
            yield f"{name}: {found} instead of {wanted}"

    predictions, coefficients = rows("predictions.csv"), rows("coefficients.csv")
    for repeat in range(spec.get("repeats", 1)):
        _, rest, order = split(seed, spec, repeat)
        for fold, (training, validation) in enumerate(cut(spec, order)):
            key = (str(repeat), str(fold))
            found = [int(r["row"]) for r in predictions if (r["repeat"], r["fold"]) == key]
            if found != sorted(validation):
                yield f"repeat {repeat} fold {fold} validates on {found}, not {sorted(validation)}"
            orders = [Stream(seed, SGD, repeat, fold, e).permutation(len(training))
                      for e in range(epochs)]
            wanted = descend([table[i] for i in training], orders, eta, penalty, batch)
            yield from near(f"repeat {repeat} fold {fold}", [
                float(r["coefficient"]) for r in coefficients if (r["repeat"], r["fold"]) == key
            ], wanted)
    orders = [Stream(seed, SGD, -1, -1, e).permutation(len(rest)) for e in range(epochs)]
    wanted = descend([table[i] for i in rest], orders, eta, penalty, batch)
    best = json.loads((folder / "out/best.json").read_text())["selected"]["coefficients"]
    yield from near("refit", list(best.values()), wanted)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", default=".build/release/sweep")
    binary = str(pathlib.Path(parser.parse_args().binary).resolve())
    passed = failed = 0
    for seed in (0, 7, 2**64 - 1):
        for spec in ({"k_fold": 5}, {"k_fold": 3, "repeats": 2, "test": 0.2},
                     {"holdout": 0.25, "repeats": 3}, {"holdout": 0.3, "test": 0.1}):
            for batch in (1, 4):
                with tempfile.TemporaryDirectory() as folder:
                    found = list(replayed(binary, pathlib.Path(folder), seed, spec, batch))
                passed, failed = passed + (not found), failed + bool(found)
                for line in [f"FAILED seed {seed} {spec} batch {batch}", *found[:4]] if found else []:
                    print(line if line.startswith("FAILED") else f"    {line}")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
