"""What the optional tables say must agree with the main ones, and with the data."""

import csv
import io
import math

import numpy as np

import fits
from cases import classes, linear, table
from compare import Case, Pair, expect
from experiment import Real

GRID = {"solver": ["normal", "gd"], "lambda": [0.01, 0.3, 3], "eta": [0.05, 0.1], "epochs": 130}


def consistent():
    random = np.random.default_rng(77)
    x, y = linear(random, 60, 4, offset=2, spread=3)
    text = table(x, y)
    files = {"data.csv": text}
    base = {"data": {"csv": "data.csv", "target": "y"}, "split": {"k_fold": 5, "shuffle": False}}
    yield Case("spectrum adds up to effective df", {
        **base, "grid": {"solver": "normal", "lambda": [0.01, 0.3, 3]}, "outputs": ["spectrum"]},
        files, verify=spectrum)
    for centring in ("population", "none"):
        features = {"standardize": centring}
        yield Case(f"history ends where the job ends, {centring}", {
            **base, "features": features, "grid": {**GRID, "eta": [0.001, 0.01]},
            "outputs": ["history"]}, files, verify=history)
        yield Case(f"coefficients predict, {centring}", {
            **base, "features": features, "grid": {**GRID, "eta": 0.01},
            "outputs": ["coefficients", "predictions"]}, files,
            verify=lambda tables: coefficients(tables, text))
    yield Case("best.json is refitted on all rows", {
        **base, "model": {"lambda_scale": "sum"}, "grid": GRID}, files,
        verify=lambda tables: refitted(tables, x.astype(Real), y.astype(Real)))
    shuffled = {"k_fold": 7, "shuffle": True, "repeats": 3, "test": 0.2}
    yield Case("shuffled folds are a partition", {
        **base, "split": shuffled, "grid": {"solver": "normal", "lambda": [0.1]}, "seed": 4,
        "outputs": ["predictions"]}, files, verify=partition)
    few = {**base, "split": shuffled, "grid": GRID}
    some = [{"solver": "gd", "lambda": 0.3, "eta": 0.1, "epochs": 130},
            {"solver": "normal", "lambda": 3}]
    stochastic = {"solver": "sgd", "lambda": [0.01, 0.3], "eta": [0.01, 0.02],
                  "batch_size": [1, 7], "epochs": 6}
    alone = {**stochastic, "lambda": 0.3, "eta": 0.02, "batch_size": 7}
    yield SameRows("a job does not depend on the grid", few, {**few, "grid": some}, files)
    yield SameRows("a stochastic job does not depend on the grid", {**few, "grid": stochastic},
                   {**few, "grid": alone}, files)
    xc, yc = classes(random, 90, 3)
    yield SameRows("a logistic job does not depend on the grid",
                   {**few, "model": {"loss": "logistic"}, "grid": stochastic},
                   {**few, "model": {"loss": "logistic"}, "grid": alone},
                   {"data.csv": table(xc, yc)})
    yield SameRows("an axis in other words", {**few, "grid": {"solver": "normal", "lambda": [0.1, 1]}},
                   {**few, "grid": {"lambda": {"logspace": [1e-1, 1], "count": 2},
                                    "solver": ["normal"]}}, files)
    yield Case("synthetic data are what they say", {
        "data": {"synthetic": {"kind": "linear", "rows": 4000, "features": 3, "noise": 0.5,
                               "coefficient": [1, -2, 3], "intercept": 4}},
        "features": {"standardize": "none"}, "split": {"holdout": 0.5},
        "grid": {"solver": "normal", "lambda": 0}, "outputs": ["coefficients"]}, {},
        verify=synthetic)


def spectrum(tables):
    sums = {}
    for row in tables.csv("spectrum.csv"):
        key = row["fold"], row["lambda_mean"]
        share = float(row["eigenvalue"]) / (float(row["eigenvalue"]) + float(row["lambda_mean"]))
        yield from expect("shrinkage", float(row["shrinkage"]), share, 1e-12)
        sums[key] = sums.get(key, 0) + float(row["shrinkage"])
    jobs = tables.csv("jobs.csv")
    if len(sums) != len(jobs):
        yield f"{len(sums)} spectra instead of {len(jobs)}"
    for job in jobs:
        yield from expect("their sum", sums.get((job["fold"], job["lambda_mean"]), math.nan),
                          float(job["effective_df"]), 1e-9)


def history(tables):
    last = {}
    for row in tables.csv("history.csv"):
        last[row["point"], row["fold"]] = row
    for job in tables.csv("jobs.csv"):
        if job["solver"] != "gd":
            continue
        row = last.get((job["point"], job["fold"]))
        if row is None or row["epoch"] != job["epochs_run"]:
            yield f"point {job['point']} fold {job['fold']}: no row of the last epoch"
            continue
        for column in ("objective", "train_mse", "validation_mse", "weight_norm"):
            want = float(job[column])
            yield from expect(f"point {job['point']} fold {job['fold']} {column}",
                              float(row[column]), want, 1e-10 * abs(want))


def coefficients(tables, text):
    """Predictions from the coefficients in the data's own units; rows count from 0 or from 1."""
    rows = [{k: float(v) for k, v in row.items()} for row in csv.DictReader(io.StringIO(text))]
    predictions = tables.csv("predictions.csv")
    first = min(int(p["row"]) for p in predictions)
    parts = np.array_split(np.arange(len(rows)), 5)
    fold = {i + first: k for k, part in enumerate(parts) for i in part}
    for p in predictions[:: max(1, len(predictions) // 50)]:
        row = int(p["row"])
        own = tables.coefficients(point=int(p["point"]), fold=fold[row])
        data = {"(intercept)": 1.0, **rows[row - first]}
        want = sum(value * data[name] for name, value in own.items())
        yield from expect(f"row {row} prediction", float(p["prediction"]), want, 1e-10 * abs(want) + 1e-10)
        yield from expect(f"row {row} target", float(p["target"]), data["y"], 0)


def partition(tables):
    rows = {}
    for p in tables.csv("predictions.csv"):
        rows.setdefault(p["repeat"], []).append(int(p["row"]))
    if len(rows) != 3:
        yield f"{len(rows)} repeats instead of 3"
    orders = {tuple(found) for found in rows.values()}
    if len(orders) != 3:
        yield "repeats are alike"
    for found in rows.values():
        if len(found) != 48 or len(set(found)) != 48:
            yield f"{len(found)} predictions of {len(set(found))} rows instead of 48 of 48"
    if len({tuple(sorted(found)) for found in rows.values()}) != 1:
        yield "the test rows differ between repeats"


def synthetic(tables):
    found = tables.coefficients()
    for (name, have), want in zip(sorted(found.items()), [4, 1, -2, 3]):
        yield from expect(name, have, want, 0.06)  # five standard errors of 0.5/√2000
    mse = float(tables.csv("curve.csv")[0]["validation_mse"])
    yield from expect("noise", mse, 0.25, 0.05)


class SameRows(Pair):
    """Every row of the second run's jobs.csv stands, to the byte, in the first's."""

    def __init__(self, name, first, second, files):
        super().__init__(name, first, second, files, [])

    def differences(self, one, two):
        key = lambda row: tuple(value for column, value in row.items() if column != "point")
        known = {key(row) for row in one.csv("jobs.csv")}
        for row in two.csv("jobs.csv"):
            if key(row) not in known:
                yield f"not among the rows of the larger grid: {row}"


def refitted(tables, x, y):
    """best.json's coefficients against the textbook fit of every row."""
    best = tables.json("best.json")
    mean, sd = x.mean(axis=0), x.std(axis=0)
    for solver, rules in best["solvers"].items():
        for rule, found in rules.items():
            point = {"schedule": "constant", **found["hyperparameters"]}
            z, penalty = (x - mean) / sd, Real(point["lambda"]) / len(y)
            fit = (fits.ridge(z, y, penalty, True) if solver == "normal"
                   else fits.descend(z, y, penalty, point, True, "squared"))
            own = fit.weights / sd
            wanted = {"(intercept)": fit.bias - own @ mean,
                      **{f"x{j + 1}": value for j, value in enumerate(own)}}
            for name, value in wanted.items():
                yield from expect(f"{solver} {rule} {name}", found["coefficients"][name],
                                  float(value), 1e-9 * abs(float(value)))
