#!/usr/bin/env python3
"""Changed baselines and specs put to `sweep check`: each has one right verdict.

The verdict has to be the same in the exit status, in JUnit's XML and in GitHub's annotations:
a failure or error in both exactly when the status is 2, 3 or 5.
"""

import argparse
import csv
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

SPEC = {
    "name": "s",
    "data": {"csv": "d.csv", "target": "y"},
    "split": {"k_fold": 4},
    "grid": {"solver": ["normal", "gd"], "lambda": [0.01, 0.1, 1], "eta": 0.05, "epochs": 20},
    "metrics": ["mse", "r2"],
}
LOSS = {"metric": "validation_mse"}
BASELINE = {**LOSS, "against": "baseline"}


def rows(text):
    reader = csv.DictReader(io.StringIO(text))
    return reader.fieldnames, list(reader)


def written(fields, table):
    out = io.StringIO()
    writer = csv.DictWriter(out, fields, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(table)
    return out.getvalue()


class Cases:
    """Yields (name, status, remark or message, baseline, spec, options)."""

    def __init__(self, curve, best, error):
        self.curve, self.best, self.error = curve, best, error
        self.fields, self.rows = rows(curve)
        self.list = []

    def add(self, name, status, says="", baseline=None, spec=None, options=()):
        self.list.append((name, status, says, baseline or self.curve, {**SPEC, **(spec or {})},
                          list(options)))

    def edited(self, change, fields=None):
        table = [dict(row) for row in self.rows]
        table = change(table) or table
        return written(fields or self.fields, table)

    def set(self, row, column, value):
        def change(table):
            old = table[row][column]
            table[row][column] = value(float(old)) if callable(value) else value
        return self.edited(change)

    def every(self, column, value):
        def change(table):
            for row in table:
                row[column] = repr(value(float(row[column])))
        return self.edited(change)

    def gate(self, name, status, gate, says="", **more):
        self.add(name, status, says, spec={"gates": [gate]}, **more)

    def make(self):
        self.same_numbers()
        self.presence()
        self.bounds()
        self.against_baseline()
        self.counts()
        self.axes()
        self.wrong_specs()
        return self.list

    def same_numbers(self):
        self.add("nothing changed", 0)
        for row in range(len(self.rows)):
            better, worse = lambda x: repr(x * 0.9), lambda x: repr(x * 1.1)
            self.add(f"row {row} was better", 2, baseline=self.set(row, "validation_mse", better))
            self.add(f"row {row} was worse", 0, baseline=self.set(row, "validation_mse", worse))
            self.add(f"row {row} was diverged", 0,
                     baseline=self.set(row, "status", "diverged"))
            self.add(f"row {row} had more r2", 2, baseline=self.set(row, "validation_r2", lambda x: repr(x + 0.1)))
            self.add(f"row {row} had less r2", 0, baseline=self.set(row, "validation_r2", lambda x: repr(x - 0.1)))
            self.add(f"row {row}: another weight norm", 2,
                     baseline=self.set(row, "weight_norm", lambda x: repr(x + 1)))
            self.add(f"row {row}: within 1e-10", 0,
                     baseline=self.set(row, "validation_mse", lambda x: repr(x * (1 + 1e-10))))
            self.add(f"row {row}: beyond 1e-8", 2,
                     baseline=self.set(row, "validation_mse", lambda x: repr(x * (1 - 1e-8))))
            self.add(f"row {row} had other folds", 2, "folds",
                     baseline=self.edited(lambda t, r=row: t[r].update(
                         folds="5", validation_mse=repr(float(t[r]["validation_mse"]) * 2))))
            self.add(f"row {row} had another lambda_mean", 2,
                     baseline=self.set(row, "lambda_mean", lambda x: repr(x * 2)))
            self.add(f"row {row} had no error", 2, baseline=self.set(row, "validation_mse", ""))
        self.add("every error was better", 2, baseline=self.every("train_mse", lambda x: x * 0.5))
        self.add("every error was worse", 0, baseline=self.every("train_mse", lambda x: x * 2))
        self.add("points in another order", 0, baseline=self.edited(lambda t: t[::-1]))
        self.add("points with other numbers", 0, baseline=self.edited(
            lambda t: [row.update(point=str(50 - i)) for i, row in enumerate(t)] and t))
        self.add("another mark", 0, baseline=self.edited(
            lambda t: [row.update(selected="") for row in t] and t))

    def presence(self):
        for row in range(len(self.rows)):
            gone = self.edited(lambda t, r=row: t + [{**t[r], "point": "90", "lambda": "77"}])
            self.add(f"a point like {row} is gone", 2, "only in", gone)
            self.add(f"a point like {row} may be gone", 0, "only in", gone,
                     options=["--allow-missing"])
            self.add(f"a point like {row} is gone, gates hold", 2, "only in", gone,
                     spec={"gates": [{**LOSS, "max": 1e9}]})
            self.add(f"row {row} is new", 0, "not in", self.edited(
                lambda t, r=row: [p for i, p in enumerate(t) if i != r]))
        more = self.fields[:-1] + ["validation_mae", "validation_mae_se", self.fields[-1]]
        lost = self.edited(lambda t: [row.update(validation_mae="1") for row in t] and t, more)
        self.add("a metric is gone", 2, "validation_mae", lost)
        self.add("a metric is gone, gates hold", 2, "validation_mae", lost,
                 spec={"gates": [{"count": "diverged", "max": 0}]})
        self.add("a metric may be gone", 0, "validation_mae", lost, options=["--allow-missing"])
        self.add("a metric is new", 0, spec={"metrics": ["mse", "r2", "mae"]})
        self.add("metrics of the spec are gone", 2, "train_r2", spec={"metrics": ["mse"]})
        self.add("half of the grid is gone", 2, "3 points only in",
                 spec={"grid": {**SPEC["grid"], "solver": "normal"}})
        self.add("half of the grid may be gone", 0,
                 spec={"grid": {**SPEC["grid"], "solver": "normal"}}, options=["--allow-missing"])
        other = self.every("lambda", lambda x: x * 3)
        self.add("no point in common", 5, "nothing can be compared", other)
        self.add("no point in common, whatever may be gone", 5, baseline=other,
                 options=["--allow-missing"])
        self.add("no baseline", 5, "no such file", baseline="absent")
        self.add("a header alone", 5, baseline=self.curve.splitlines()[0] + "\n")
        self.add("a point twice", 5, "second row", baseline=self.edited(lambda t: t + [t[0]]))
        self.add("a cell that is no number", 5,
                 baseline=self.set(0, "validation_mse", "lots"))

    def bounds(self):
        for factor, status in [(1.01, 0), (0.99, 2)]:
            self.gate(f"max {factor}", status, {**LOSS, "at": "best", "max": self.best * factor})
            self.gate(f"min {2 - factor}", status, {**LOSS, "min": self.best * (2 - factor)})
        self.gate("max and min", 0, {**LOSS, "min": self.best * 0.9, "max": self.best * 1.1})
        self.gate("the second of two fails", 2, {"metric": "validation_r2", "min": 1})
        self.gate("mse at least 0", 0, {**LOSS, "min": 0}, "can never fail")
        self.gate("mse at least -1", 0, {**LOSS, "min": -1}, "can never fail")
        self.gate("mse at least 0, and at most", 2, {**LOSS, "min": 0, "max": self.best / 2})
        self.gate("r2 at most 1", 0, {"metric": "train_r2", "max": 1}, "can never fail")
        self.gate("r2 at most 2", 0, {"metric": "validation_r2", "max": 2}, "can never fail")

    def against_baseline(self):
        def gate(name, status, bounds, factor, says=""):
            self.gate(name, status, {**BASELINE, "max_increase": bounds}, says,
                      baseline=self.every("validation_mse", lambda x: x * factor))
        grown = self.best * (1 / 0.9 - 1)  # against a baseline of nine tenths
        grown_of_old = self.best * 0.1
        for bounds, status in [
            ({"relative": 0.12}, 0), ({"relative": 0.11}, 2), ({"relative": 0}, 2),
            ({"absolute": grown_of_old * 1.01}, 0), ({"absolute": grown_of_old * 0.99}, 2),
            ({"relative": 0.01, "absolute": grown}, 0), ({"relative": 0.2, "absolute": 0}, 0),
            ({"relative": 0.01, "absolute": 0}, 2),
            ({"standard_errors": grown_of_old / self.error * 1.01}, 0),
            ({"standard_errors": grown_of_old / self.error * 0.99}, 2),
            ({"standard_errors": 0}, 2),
            ({"standard_errors": 0, "relative": 0.5}, 0),
            ({"standard_errors": 0, "relative": 0.01, "absolute": 0}, 2),
        ]:
            gate(f"was 0.9, {bounds}", status, bounds, 0.9)
            gate(f"was 1.1, {bounds}", 0, bounds, 1.1)
        # The larger of the two standard errors counts, whichever side has it.
        bound = {**BASELINE, "max_increase": {"standard_errors": grown_of_old / self.error * 0.5}}
        for factor, status in [(3, 0), (1.5, 2), (0.1, 2)]:
            self.gate(f"the baseline's error was {factor} times as large", status, bound,
                      baseline=self.edited(lambda t, f=factor: [row.update(
                          validation_mse=repr(float(row["validation_mse"]) * 0.9),
                          validation_mse_se=repr(float(row["validation_mse_se"]) * f))
                          for row in t] and t))
        r2 = {"metric": "validation_r2", "against": "baseline"}
        for shift, status in [(0.1, 2), (-0.1, 0)]:
            self.gate(f"r2 was {shift} more", status, {**r2, "max_decrease": {"absolute": 0.05}},
                      baseline=self.every("validation_r2", lambda x, s=shift: x + s))

    def counts(self):
        self.gate("no point diverges", 0, {"count": "diverged", "max": 0})
        self.gate("at most 5 are ok", 2, {"count": "ok", "max": 5})
        self.gate("at most 6 are ok", 0, {"count": "ok", "max": 6}, "can never fail")
        self.gate("none is singular", 0, {"count": "singular", "max": 0})
        descent = {"grid": {**SPEC["grid"], "solver": "gd"}}
        for status in ["singular", "not_converged", "failed"]:
            self.add(f"gd is never {status}", 0, "can never fail",
                     spec={**descent, "gates": [{"count": status, "max": 0}]},
                     options=["--allow-missing"])
        self.add("gd diverges", 2, "at most 0 diverged", spec={
            "grid": {**SPEC["grid"], "eta": [0.05, 50]}, "gates": [{"count": "diverged", "max": 0}]})
        everything = {"grid": {**SPEC["grid"], "solver": "gd", "eta": 50}}
        lost = self.edited(lambda t: [row.update(
            solver="gd", eta="50", epochs="20", schedule="constant",
            status="diverged", **{c: "" for c in self.fields if "_mse" in c or "_r2" in c},
            weight_norm="", effective_df="") for row in t[3:]] and t[3:])
        self.add("everything diverges, as it did", 3, "no point is ok", lost, everything)
        self.add("everything diverges, a gate holds", 3, "no point is ok", lost,
                 {**everything, "gates": [{"count": "diverged", "max": 3}]})
        self.add("everything diverges, a gate fails", 2, "", lost,
                 {**everything, "gates": [{**LOSS, "max": 1e300}]})

    def axes(self):
        best = {"best": "lambda", "within_decades": 0.5}
        self.gate("the best lambda stays", 0, best)

        def best_at(value):
            return self.edited(lambda t: [row.update(validation_mse="0.001")
                                          for row in t if row["lambda"] == value] and t)
        found = min(self.rows, key=lambda row: float(row["validation_mse"]))["lambda"]
        for value in ["0.01", "0.1", "1"]:
            near = value == found
            self.gate(f"the best lambda was {value}", 0 if near else 2, best, baseline=best_at(value))
        self.gate("the whole span", 0, {"best": "lambda", "within_decades": 2}, "can never fail")
        self.add("one value", 0, "can never fail", spec={
            "grid": {**SPEC["grid"], "solver": "gd"},
            "gates": [{"best": "eta", "within_decades": 0}]}, options=["--allow-missing"],
            baseline=self.edited(lambda t: t[3:]))

    def wrong_specs(self):
        def wrong(name, gate, says, spec=None):
            self.add(name, 65, says, spec={**(spec or {}), "gates": [gate]})
        wrong("a best radius without one", {"best": "radius", "within_decades": 1}, "radius")
        wrong("a best degree without one", {"best": "degree", "within_decades": 1}, "degree")
        wrong("a best batch size without one", {"best": "batch_size", "within_decades": 1}, "batch")
        wrong("a best eta of the normal equations", {"best": "eta", "within_decades": 1},
              "no solver of the grid uses 'eta'", {"grid": {**SPEC["grid"], "solver": "normal"}})
        wrong("a metric not computed", {"metric": "validation_mae", "max": 1}, "must be")
        wrong("a test metric without a test set", {"metric": "test_mse", "max": 1}, "no test set")
        wrong("a metric of another loss", {"metric": "validation_auc", "max": 1}, "must be")
        for split in [{"holdout": 0.25}, {"holdout": 0.5, "shuffle": False}]:
            wrong(f"standard errors of one fold, {split}",
                  {**BASELINE, "max_increase": {"standard_errors": 2}}, "one fold",
                  {"split": split})
        wrong("no bound", {**BASELINE, "max_increase": {}}, "standard_errors")
        wrong("min above max", {**LOSS, "min": 2, "max": 1}, "no value passes")


def check(binary, folder, index, case):
    name, status, says, baseline, spec, options = case
    place = folder / f"case{index}"
    place.mkdir()
    (place / "d.csv").write_text((folder / "d.csv").read_text())
    (place / "spec.json").write_text(json.dumps(spec))
    if baseline != "absent":
        (place / "base").mkdir()
        (place / "base" / "curve.csv").write_text(baseline)
    command = [binary, "check", "spec.json", "--baseline", "base", "--junit", "new/junit.xml",
               "--format", "github", *options]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True)
    wrong = []
    if done.returncode != status:
        wrong.append(f"exit {done.returncode} instead of {status}")
    if says not in done.stdout + done.stderr:
        wrong.append(f"does not say '{says}'")
    annotations = [line for line in done.stdout.splitlines() if line.startswith("::error ")]
    if bool(annotations) != (status != 0):
        wrong.append(f"{len(annotations)} annotations")
    if status == 65:
        if (place / "new").exists():
            wrong.append("a folder was made for a spec that is wrong")
    else:
        suites = ElementTree.parse(place / "new" / "junit.xml").getroot()
        failures, errors = int(suites.get("failures")), int(suites.get("errors"))
        found = (len(suites.findall(".//failure")), len(suites.findall(".//error")))
        if found != (failures, errors) or len(suites.findall(".//testcase")) != int(suites.get("tests")):
            wrong.append(f"JUnit counts {failures} and {errors}, has {found}")
        verdict = 2 if failures else (0 if not errors else status if status in (3, 5) else 5)
        if verdict != status:
            wrong.append(f"JUnit says {failures} failures, {errors} errors")
        places = {int(m) for m in re.findall(r"::error file=spec.json,line=(\d+)", done.stdout)}
        if failures + errors != len(annotations) and len(annotations) < 10:
            wrong.append(f"{len(annotations)} annotations for {failures + errors} in JUnit")
        if annotations and places != {1}:
            wrong.append(f"annotations at lines {places}")
    for fault in wrong:
        print(f"FAILED {name}: {fault}\n    {' '.join(command)}\n    "
              + (done.stdout + done.stderr).strip().replace("\n", "\n    "))
    return not wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    binary = str(pathlib.Path(parser.parse_args().binary).resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        data = "a,b,y\n" + "".join(
            f"{i % 7},{i * i % 5},{(i % 7) * 2 + (i * 3 % 5) - i % 3}\n" for i in range(40))
        (folder / "d.csv").write_text(data)
        (folder / "spec.json").write_text(json.dumps(SPEC))
        subprocess.run([binary, "run", "spec.json", "-o", "base", "-q"], cwd=folder, check=True)
        curve = (folder / "base" / "curve.csv").read_text()
        winner = json.loads((folder / "base" / "best.json").read_text())
        _, table = rows(curve)
        best = min(table, key=lambda row: float(row["validation_mse"]))
        assert winner["rule"] == "min"
        cases = Cases(curve, float(best["validation_mse"]), float(best["validation_mse_se"])).make()
        passed = sum(check(binary, folder, index, case) for index, case in enumerate(cases))
    print(f"{passed} passed, {len(cases) - passed} failed")
    return passed != len(cases)


if __name__ == "__main__":
    sys.exit(main())
