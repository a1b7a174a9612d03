#!/usr/bin/env python3
"""Runs the built program at the edges of what is legal and reads everything that comes out.

    python3 Tests/Oracle/extremes.py --binary .build/release/sweep [NAME...]

Each case is a small sweep with something absurd in it: numbers of 1e300, one training row, columns
that are all the same. Whatever the fits come to, the program must end with a documented status,
every number in its tables must be finite, every status a known word, and `plot`, `report`, `diff`
and `check` must cope with the folder. Ends with `N passed, N failed`.
"""

import argparse
import concurrent.futures
import csv
import json
import math
import pathlib
import sys
import tempfile

from bad_inputs import execute, lay

STATUSES = {"ok", "not_converged", "diverged", "singular", "failed"}
WORDS = {"solver", "schedule", "status", "selected", "message", "feature"}
SOLVERS = {"squared": ["normal", "min_norm", "gd", "sgd", "projected_gd"],
           "logistic": ["newton", "gd", "sgd", "projected_gd"]}


def rows(count, *columns):
    """CSV text of `count` rows; a column is a function of the row's number."""
    names = [f"x{j}" for j in range(len(columns) - 1)] + ["y"]
    lines = [",".join(names)] + [",".join(str(column(i)) for column in columns)
                                 for i in range(count)]
    return "\n".join(lines) + "\n"


def wave(i):
    return round(math.sin(i * 1.7) * 3, 6)


def slope(i):
    return i


def parity(i):
    return i % 2


def case(name, data, expected=None, **changes):
    """A sweep of all solvers over the data; `expected`: the allowed exit statuses."""
    changes = dict(changes)
    loss = changes.get("model", {}).get("loss", "squared")
    grid = {"solver": SOLVERS[loss], "lambda": [0, 0.1, 10], "eta": 0.05, "batch_size": [1, 4],
            "epochs": 20, "radius": [0.5, 100], **changes.pop("grid", {})}
    spec = {"data": {"csv": "data.csv", "target": "y"}, "split": {"k_fold": 3}, "grid": grid,
            "outputs": ["coefficients", "history", "predictions"], **changes}
    spec = {key: value for key, value in spec.items() if value is not None}
    return name, {"spec.json": json.dumps(spec), "data.csv": data}, expected or {0, 3}


PLAIN = rows(24, wave, lambda i: round(math.cos(i * 0.9), 6), lambda i: wave(i) + i % 5)
CLASSES = rows(24, wave, lambda i: i % 5, parity)
LOGISTIC = {"model": {"loss": "logistic"}}
R2 = {"metrics": ["mse", "r2", "rmse", "mae", "half_mse"]}
AUC = {"metrics": ["log_loss", "error_rate", "auc"], **LOGISTIC}


def cases():
    yield case("plain", PLAIN, {0}, **R2)
    yield case("plain classes", CLASSES, {0}, **AUC)
    for divisor in ("population", "sample", "none"):
        features = {"features": {"standardize": divisor}}
        for intercept in (True, False):
            model = {"model": {"intercept": intercept}}
            name = f"{divisor}, {'with' if intercept else 'without'} intercept"
            yield case(f"one training row, {name}", PLAIN, **features, **model, **R2,
                       grid={"train_size": 1})
            yield case(f"constant features, {name}", rows(12, lambda i: 3, lambda i: 0, slope),
                       **features, **model, **R2)
            yield case(f"constant target, {name}", rows(12, wave, lambda i: 0.1), **features,
                       **model, **R2)
            yield case(f"target of zeros, {name}", rows(12, wave, lambda i: 0), **features,
                       **model, **R2)
            for size in ("1e300", "1e-300", "1e154", "5e-324", "1e308"):
                big = rows(12, lambda i: f"{wave(i) / 3}{size[1:]}", slope, lambda i: i % 4)
                target = rows(12, wave, lambda i: f"{wave(i) / 3}{size[1:]}")
                yield case(f"features of {size}, {name}", big, **features, **model, **R2)
                yield case(f"targets of {size}, {name}", target, **features, **model, **R2)
                logistic = {"model": {"loss": "logistic", "intercept": intercept}}
                yield case(f"features of {size}, logistic, {name}", big.replace(",2\n", ",0\n")
                           .replace(",3\n", ",1\n"), **features, **logistic)
    for name, grid in {
        "eta of 1e300": {"eta": 1e300}, "eta of 1e-300": {"eta": 1e-300},
        "lambda of 1e308": {"lambda": [1e308, 1e-308, 5e-324]},
        "eta and lambda of 1e200": {"eta": 1e200, "lambda": 1e200},
        "radius of 1e308": {"radius": [1e308, 5e-324]},
        "batch beyond the rows": {"batch_size": [16, 17, 1000000000]},
        "train sizes": {"train_size": [1, 2, 0.001, 0.5, 0.999999]},
        "one epoch": {"epochs": 1}, "decay of 1e308": {"schedule": {"inverse_time": 1e308}},
        "square decay of 1e308": {"schedule": {"inverse_sqrt": 1e308}},
        "degrees": {"degree": [1, 2, 3, 5]},
    }.items():
        yield case(name, PLAIN, grid=grid, **R2)
        yield case(f"{name}, logistic", CLASSES, grid=grid, **AUC)
    for tolerance in (1e-300, 1e300):
        yield case(f"tolerance of {tolerance}", PLAIN, training={"tolerance": tolerance})
        yield case(f"tolerance of {tolerance}, logistic", CLASSES,
                   training={"tolerance": tolerance}, **LOGISTIC)
    for scale in ("sum", "sum_unhalved"):
        yield case(f"lambda of 1e308 as {scale}", PLAIN, model={"lambda_scale": scale},
                   grid={"lambda": [1e308, 1.7e308, 5e-324]})
    yield case("separable classes", rows(12, slope, lambda i: int(i > 5)), **AUC,
               split={"k_fold": 3, "shuffle": False})
    yield case("one class in training", rows(12, wave, lambda i: int(i > 7)), **AUC,
               split={"k_fold": 3, "shuffle": False})
    yield case("leave one out of two rows", rows(2, slope, slope), split={"leave_one_out": True})
    yield case("leave one out of two classes", rows(2, slope, slope), {3}, **LOGISTIC,
               split={"leave_one_out": True})
    yield case("two folds of three rows", rows(3, wave, slope), **R2, split={"k_fold": 2})
    yield case("as many folds as rows", rows(5, wave, slope), **R2, split={"k_fold": 5})
    yield case("a test set of one row", rows(5, wave, slope), **R2,
               split={"holdout": 0.25, "test": 0.01, "repeats": 3})
    yield case("equal features", rows(12, wave, wave, wave, slope), **R2)
    yield case("equal rows", rows(12, lambda i: 2, lambda i: 3, lambda i: i % 3), **R2)
    yield case("opposite infinities", rows(12, lambda i: (-1) ** i * 1.7e308, slope), **R2)
    yield case("fewer rows than features", rows(6, *[lambda i, j=j: wave(i * j) for j in range(20)],
                                                slope), **R2)
    yield case("polynomial of one column", rows(12, wave, slope), features={"polynomial": 30})
    yield case("spectrum of nothing", rows(12, lambda i: 3, slope), outputs=["spectrum"])
    yield case("spectrum of 1e300", rows(12, lambda i: f"{i}e300", slope), outputs=["spectrum"],
               features={"standardize": "none"})
    yield case("one standard error of two folds", PLAIN, split={"holdout": 0.5, "repeats": 2},
               select={"rule": "one_standard_error"})
    yield case("names that need quotes",
               PLAIN.replace("x0,x1", '"a,""b""","λ <&> \'"'), features={"polynomial": 2})


def check_cells(path):
    with open(path, newline="") as file:
        table = list(csv.DictReader(file))
    for number, row in enumerate(table, 2):
        if None in row or None in row.values():
            yield f"{path.name}:{number}: ragged"
        for column, cell in row.items():
            if column == "status" and cell not in STATUSES:
                yield f"{path.name}:{number}: status {cell!r}"
            if column in WORDS or cell == "":
                continue
            try:
                if not math.isfinite(float(cell)):
                    yield f"{path.name}:{number}: {column} is {cell}"
            except ValueError:
                yield f"{path.name}:{number}: {column} is {cell!r}"
        if row.get("status") == "ok" and path.name == "jobs.csv" and row["objective"] == "":
            yield f"{path.name}:{number}: ok without an objective"


def refuse_constant(word):
    raise ValueError(f"{word} is no JSON")


def check_case(binary, item):
    name, files, expected = item
    found = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        lay(folder, files)

        def run(arguments, allowed):
            status, message = execute(binary, folder, arguments)
            if status not in allowed:
                found.append(f"{arguments[0]}: exit {status}: {message.strip()[:300]}")
            return status

        status = run(["run", "spec.json", "--output", "out"], expected)
        if status in (0, 3):
            out = folder / "out"
            for path in sorted(out.glob("*.csv")):
                found += list(check_cells(path))[:5]
            for path in sorted(out.glob("*.json")):
                try:
                    json.loads(path.read_text(), parse_constant=refuse_constant)
                except ValueError as error:
                    found.append(f"{path.name}: {error}")
            before = {path.name: path.read_bytes() for path in out.glob("*.csv")}
            run(["run", "spec.json", "--output", "again", "-j", "1", "-q"], {status})
            for path in (folder / "again").glob("*.csv"):
                if before.get(path.name) != path.read_bytes():
                    found.append(f"{path.name} differs for -j 1")
            run(["plot", "out", "-q"], {0})
            run(["report", "out", "-q"], {0})
            run(["diff", "out", "again"], {0})
            run(["check", "spec.json", "--baseline", "out"], {status})
            run(["run", "spec.json", "--output", "out", "--format", "json"], {status})
    return [f"FAILED {name}", *(f"    {line}" for line in found)] if found else []


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", default=".build/release/sweep")
    parser.add_argument("names", nargs="*", help="only the cases with one of these in their name")
    options = parser.parse_args()
    binary = str(pathlib.Path(options.binary).resolve())
    chosen = [item for item in cases()
              if not options.names or any(name in item[0] for name in options.names)]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = [*pool.map(lambda item: check_case(binary, item), chosen)]
    failed = sum(bool(lines) for lines in results)
    print(*(line for lines in results for line in lines), sep="\n", end="\n" if failed else "")
    print(f"{len(results) - failed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
