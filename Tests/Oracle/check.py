#!/usr/bin/env python3
"""Holds the built program against the numpy oracle and against published numbers.

    python3 Tests/Oracle/check.py --binary .build/release/sweep [--only WORDS] [--seed N] [--list]

Ends with `N passed, N failed`, and with exit status 1 when anything failed.
"""

import argparse
import os
import pathlib
import subprocess
import sys

os.environ.setdefault("OMP_NUM_THREADS", "1")

from cases import random_cases  # noqa: E402
from compare import Failed, differences  # noqa: E402
from consistency import consistent  # noqa: E402
from references import published  # noqa: E402
from weights import weighted  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", default=".build/release/sweep")
    parser.add_argument("--only", default="", help="cases whose name contains these words")
    parser.add_argument("--seed", type=int, default=2026, help="of the random data sets")
    parser.add_argument("--list", action="store_true", help="print the cases' names and stop")
    options = parser.parse_args()
    binary = str(pathlib.Path(options.binary).resolve())
    passed = failed = 0
    seed = options.seed
    for case in [*published(), *consistent(), *random_cases(seed), *weighted(seed)]:
        if options.only not in case.name:
            continue
        if options.list:
            print(case.name)
            continue
        try:
            found = differences(binary, case)
        except (Failed, KeyError, ValueError, OSError, subprocess.TimeoutExpired) as failure:
            found = [f"{type(failure).__name__}: {failure}"]
        passed, failed = passed + (not found), failed + bool(found)
        for line in [f"FAILED {case.name}: {len(found)} differences", *found[:6]] if found else []:
            print(line if line.startswith("FAILED") else f"    {line}")
    if not options.list:
        print(f"{passed} passed, {failed} failed")
    return failed > 0 or passed == 0 and not options.list


if __name__ == "__main__":
    sys.exit(main())
