#!/usr/bin/env python3
"""Measures sweep against its peers and writes the table that the README shows.

    measure.py --program SWEEP --folder FOLDER [--rows ridge,sgd,…] [--rounds N] [--output FILE]

run.sh installs the peers and calls this. Exit 1 when a check of equal work fails.
"""

import argparse
import json
import os
import pathlib
import platform
import sys

from rows import Bench, Row
from turns import Sweep
from workloads import Workloads

ROWS = ("ridge", "sgd", "logistic", "sparse", "points", "lambdas", "csv", "memory", "cores")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--folder", type=pathlib.Path, required=True)
    parser.add_argument("--rows", default=",".join(ROWS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--budget", type=float, default=20, help="seconds after which a side gets no more turns")
    parser.add_argument("--output", type=pathlib.Path, help="default: FOLDER/table.md")
    return parser.parse_args()


def number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3g}"


def markdown(rows: list[Row]) -> str:
    lines = ["| work | measured | result | at least | aim | reached |", "|---|---|---|---|---|---|"]
    for row in rows:
        lines.append(
            f"| {row.work} | {row.measured} | {row.result:.3g} {row.unit} | {number(row.least)} | "
            f"{number(row.aim)} | {row.verdict} |")
    return "\n".join(lines) + "\n"


def particulars(rows: list[Row]) -> str:
    lines = []
    for row in rows:
        if row.work:
            lines.append(f"\n**{row.work}**\n")
        lines += [f"- {detail}" for detail in row.details]
        if row.work:
            lines += [f"- {'checked' if holds else 'WRONG'}: {text}" for text, holds in row.checks]
    return "\n".join(lines) + "\n"


def machine() -> str:
    info = pathlib.Path("/proc/cpuinfo").read_text()
    model = next((line.split(":")[1].strip() for line in info.splitlines() if "model name" in line),
                 platform.processor())
    load = os.getloadavg()[0]
    return f"{model}, {os.cpu_count()} cores; load average {load:.1f} at the end"


def warn_when_busy() -> None:
    load = os.getloadavg()[0]
    if load > 0.5 * (os.cpu_count() or 1):
        print(
            f"measure.py: load average {load:.1f}; other work slows threads that wait for each other "
            "most, so trust processor times", file=sys.stderr)


def main() -> int:
    options = arguments()
    folder = options.folder.resolve()
    workloads = Workloads(folder / "data")
    workloads.peers = folder
    bench = Bench(Sweep(options.program, folder / "data"), workloads, options.rounds, options.budget)
    rows: list[Row] = []
    warn_when_busy()
    for name in options.rows.split(","):
        found = getattr(bench, name)()
        rows += found
        print(markdown(found) + particulars(found), flush=True)
    text = f"{markdown(rows)}\n{machine()}\n{particulars(rows)}"
    output = options.output or folder / "table.md"
    output.write_text(text)
    output.with_suffix(".json").write_text(
        json.dumps([vars(row) | {"verdict": row.verdict} for row in rows], indent=1, default=bool))
    print(f"written: {output}")
    return any(row.verdict == "WRONG" for row in rows)


if __name__ == "__main__":
    sys.exit(main())
