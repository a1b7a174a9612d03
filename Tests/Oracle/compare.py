"""Runs the built program on a spec and holds its tables against the oracle's."""

import csv
import json
import os
import pathlib
import subprocess
import tempfile

import numpy as np

from oracle import Oracle

TOLERANCE = {"normal": 1e-9, "min_norm": 1e-9, "gd": 1e-8, "sgd": 1e-8, "projected_gd": 1e-8,
             "newton": 1e-8}
WORDS = {"solver", "schedule", "status", "selected"}


class Case:
    """A spec and its files; `tolerances` replaces the default of a solver or of a column."""

    def __init__(self, name, spec, files=None, tolerances=None, columns_skipped=(), verify=None):
        self.name, self.spec, self.files = name, spec, files or {}
        self.tolerances, self.columns_skipped = tolerances or {}, set(columns_skipped)
        self.verify = verify


class Pair:
    """Two specs whose curves must agree in some columns, point by point."""

    def __init__(self, name, first, second, files, columns, tolerance=1e-9):
        self.name, self.columns, self.tolerance = name, columns, tolerance
        self.first, self.second = Case(name, first, files), Case(name, second, files)

    def differences(self, one, two):
        for a, b in zip(one.csv("curve.csv"), two.csv("curve.csv"), strict=True):
            for column in self.columns:
                want = float(a[column])
                yield from expect(f"point {a['point']} {column}", float(b[column]), want,
                                  self.tolerance * abs(want))


def expect(name, have, want, tolerance):
    if not abs(have - want) <= tolerance:
        yield f"{name} is {have!r} instead of {want!r} (± {tolerance:g})"


class Tables:
    """What a run left behind."""

    def __init__(self, folder, result):
        self.folder, self.status = pathlib.Path(folder), result.returncode
        self.stdout, self.stderr = result.stdout, result.stderr

    def csv(self, name):
        with open(self.folder / name, newline="") as file:
            return list(csv.DictReader(file))

    def json(self, name):
        return json.loads((self.folder / name).read_text())

    def coefficients(self, column="coefficient", point=0, fold=0):
        rows = [r for r in self.csv("coefficients.csv")
                if int(r["point"]) == point and int(r["fold"]) == fold]
        return {r["feature"]: float(r[column]) for r in rows}


def write(case, folder):
    for name, content in case.files.items():
        path = folder / name
        if isinstance(content, np.ndarray):
            np.save(path, content)
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (folder / "spec.json").write_text(json.dumps(case.spec, indent=1))


# Swift's crash handler writes pages and can hang; the exit status says enough here.
ENVIRONMENT = {**os.environ, "SWIFT_BACKTRACE": "enable=no"}


def execute(binary, folder, *arguments):
    command = [binary, "run", "spec.json", "--output", "out", "-q", *arguments]
    return Tables(folder / "out", subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL,
        env=ENVIRONMENT))


class Failed(Exception):
    """The program did not end with exit status 0."""


def run(binary, case, folder):
    folder.mkdir()
    write(case, folder)
    tables = execute(binary, folder)
    if tables.status != 0:
        raise Failed(f"exit {tables.status}: {tables.stderr.strip()[:400]}")
    return tables


def differences(binary, case):
    """What differs, as lines; none when the program agrees with the oracle."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name) / "1"
        if isinstance(case, Pair):
            second = pathlib.Path(name) / "2"
            return list(case.differences(run(binary, case.first, folder),
                                         run(binary, case.second, second)))
        tables = run(binary, case, folder)
        if case.verify:
            return list(case.verify(tables))
        oracle = Oracle(case.spec, folder)
        found = compare_rows(case, oracle, oracle.curve, tables.csv("curve.csv"), "curve")
        return found + compare_rows(case, oracle, oracle.jobs, tables.csv("jobs.csv"), "jobs")


def compare_rows(case, oracle, expected, actual, table):
    if len(expected) != len(actual):
        return [f"{table}.csv has {len(actual)} rows instead of {len(expected)}"]
    power = float(np.mean(oracle.target**2))
    found = []
    for want, have in zip(expected, actual):
        for column, value in want.items():
            if column not in have or column in case.columns_skipped:
                continue
            text = have[column]
            where = f"{table}.csv point {want['point']} fold {want.get('fold', '-')}: {column}"
            if column in WORDS or value is None or isinstance(value, str):
                problem = word(column, value, text)
            else:
                problem = number(case, want, column, value, text, power)
            if problem:
                found.append(f"{where} {problem}")
        for column in oracle.metrics:
            name = f"validation_{column}"
            if name not in want and have.get(name) and want["status"]:
                found.append(f"{table}.csv point {want['point']}: {name} should be empty")
    return found


def word(column, value, text):
    if column == "status" and value is None:
        return None
    if isinstance(value, dict):
        (kind, decay), = value.items()
        value = f"{kind}({decay})"
    want = "" if value is None else str(value)
    return None if text == want else f"is {text!r} instead of {want!r}"


def number(case, want, column, value, text, power):
    value = float(value)
    try:
        have = float(text)
    except ValueError:
        return f"is {text!r} instead of {value!r}"
    tolerance = case.tolerances.get(column, case.tolerances.get(
        want["solver"], TOLERANCE[want["solver"]]))
    scale = abs(value)
    if column.endswith("_se"):
        scale = max(scale, abs(float(want[column[:-3]])))
    if column.endswith("_r2") or column.endswith("_r2_se"):
        scale = max(scale, 1)
    # Squares of residuals below the rounding of the target carry no digits.
    floor = power * 1e-28 if column.split("_", 1)[-1].startswith(("mse", "half_mse")) else 0
    if column in ("effective_df",):
        floor = 1e-9
    if column == "objective":
        floor = power * 1e-28
    if column.endswith(("rmse", "mae", "rmse_se", "mae_se")):
        floor = power**0.5 * 1e-14
    error = abs(have - value)
    if error <= tolerance * scale + floor:
        return None
    return f"is {have!r} instead of {value!r} (relative {error / max(scale, 1e-300):.1e})"
