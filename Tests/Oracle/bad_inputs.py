#!/usr/bin/env python3
"""Feeds the built program wrong specs, data and command lines.

    python3 Tests/Oracle/bad_inputs.py --binary .build/release/sweep [--mutations 1500] [--seed N]

Each known mistake must end with its documented exit status, a message that names its place, and
no output folder. Each random mutation must end with some documented status, within the time
limit and without a signal. Ends with `N passed, N failed`.
"""

import argparse
import concurrent.futures
import copy
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

from compare import ENVIRONMENT
from mistakes import FILES, SPEC, kinds

DOCUMENTED = {0, 3, 64, 65, 66, 74}
LEAF = {"epochs", "count", "repeats", "polynomial", "degree", "rows", "features", "max_jobs",
        "batch_size", "k_fold"}


def execute(binary, folder, arguments, seconds=20):
    """(exit status or None at the time limit, stderr)"""
    try:
        result = subprocess.run([binary, *arguments], cwd=folder, capture_output=True,
                                timeout=seconds, stdin=subprocess.DEVNULL, env=ENVIRONMENT)
    except subprocess.TimeoutExpired:
        return None, ""
    return result.returncode, result.stderr.decode(errors="replace")


def lay(folder, files):
    for name, content in files.items():
        path = folder / name
        if content is None:
            path.mkdir()
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())


def left_behind(folder, files):
    return sorted(path.name for path in folder.iterdir() if path.name not in files)


def check_kind(binary, kind):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        lay(folder, kind.files)
        status, message = execute(binary, folder, kind.arguments)
        found = []
        if status not in kind.statuses:
            found.append(f"exit {status} instead of {' or '.join(map(str, kind.statuses))}")
        for pattern in kind.patterns:
            if not re.search(pattern, message):
                found.append(f"no /{pattern}/ in {message.strip()[:300]!r}")
        if left := left_behind(folder, kind.files):
            found.append(f"left {left} behind")
        return [f"FAILED {kind.name}", *(f"    {line}" for line in found)] if found else []


def too_long(value, key=None):
    """Whether a mutant asks, rightly, for more work than a test should do."""
    if isinstance(value, dict):
        return any(too_long(inner, name) for name, inner in value.items())
    if isinstance(value, list):
        return any(too_long(inner, key) for inner in value)
    limit = 12 if key in ("polynomial", "degree") else 2000
    return key in LEAF and isinstance(value, (int, float)) and value > limit


def mutate(text, dice):
    """One to three small damages to a text, as bytes."""
    words = [b"-1", b"0", b"1e308", b"1e-320", b"null", b"true", b"[]", b"{}", b'"', b",", b":",
             b"\xff", b"\x00", b"\r", b"\n", b"nan", b"-0", b"0.1", b"1e999", b"[[", b"}", b'""',
             "λ".encode(), b"\\u0000", b"\\ud800", b"99999999999999999999", b"01", b"3"]
    data = bytearray(text.encode() if isinstance(text, str) else text)
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(data) + 1)
        span = dice.choice([1, 1, 2, 5, 20, 80])
        match dice.randrange(7):
            case 0:
                del data[at:at + span]
            case 1:
                data[at:at] = dice.choice(words)
            case 2:
                data[at:at + span] = dice.choice(words)
            case 3:
                data[at:at] = data[at:at + span]
            case 4:
                del data[at:]
            case 5 if data:
                data[at % len(data)] ^= 1 << dice.randrange(8)
            case 6:
                numbers = list(re.finditer(rb"-?\d+(\.\d+)?([eE][-+]?\d+)?", bytes(data)))
                if numbers:
                    chosen = dice.choice(numbers)
                    data[chosen.start():chosen.end()] = dice.choice(words)
    return bytes(data)


def mutants(count, seed):
    """(seed of the mutant, files): a spec or one of its data files is damaged."""
    dice = random.Random(seed)
    bases = [({**copy.deepcopy(SPEC), **extra}, files) for extra, files in FILES]
    for number in range(count):
        spec, files = dice.choice(bases)
        files = dict(files)
        text = json.dumps(spec, indent=dice.choice([None, 1]))
        if dice.random() < 0.5 and files:
            target = dice.choice(sorted(files))
            files[target] = mutate(files[target], dice)
            files["spec.json"] = text
        else:
            files["spec.json"] = mutate(text, dice)
            try:
                if too_long(json.loads(files["spec.json"])):
                    continue
            except (ValueError, RecursionError):
                pass
        yield number, files


def check_mutant(binary, mutant):
    number, files = mutant
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        lay(folder, files)
        status, message = execute(binary, folder, ["run", "spec.json", "--output", "out", "-q"])
        found = []
        if status not in DOCUMENTED:
            found.append("ran into the time limit" if status is None else f"exit {status}")
        if status in (64, 65, 66):
            found += [] if message.strip() else ["no message"]
            found += [f"left {left} behind" for left in [left_behind(folder, files)] if left]
        if not found:
            return []
        kept = pathlib.Path(tempfile.mkdtemp(prefix=f"mutant-{number}-"))
        lay(kept, files)
        return [f"FAILED mutant {number}, kept in {kept}", *(f"    {line}" for line in found)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", default=".build/release/sweep")
    parser.add_argument("--mutations", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    binary = str(pathlib.Path(options.binary).resolve())
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = [*pool.map(lambda kind: check_kind(binary, kind), kinds())]
        known = len(results)
        found = mutants(options.mutations, options.seed)
        results += pool.map(lambda mutant: check_mutant(binary, mutant), found)
    failed = sum(bool(lines) for lines in results)
    print(*(line for lines in results for line in lines), sep="\n", end="\n" if failed else "")
    print(f"{known} kinds of mistake and {len(results) - known} random mutations")
    print(f"{len(results) - failed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
