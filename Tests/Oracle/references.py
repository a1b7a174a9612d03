"""Published numbers, each with its source, and properties that every right program has."""

import math
from fractions import Fraction
from pathlib import Path

import numpy as np

from cases import classes, linear, table
from compare import Case, Pair, expect
from experiment import read_csv

DATA = Path(__file__).resolve().parents[2] / "experiments" / "data"


def full(data="data.csv", target="y", **more):
    """Trains on every row: the validation rows are the same file."""
    return {"data": {"csv": data, "target": target}, "split": {"files": {"validation": data}, "shuffle": False},
            "outputs": ["coefficients"], **more}


def digits(have, want):
    """Correct significant digits: −log₁₀ of the relative error."""
    error = abs(have - want) / abs(want) if want else abs(have)
    return 15.0 if error == 0 else min(15.0, -math.log10(error))


def expect_digits(tables, wanted, required, fitted=None):
    found = fitted or tables.coefficients()
    reached = min(digits(found[name], value) for name, value in wanted.items())
    if reached < required:
        yield f"{reached:.2f} correct digits of {required}"


def published():
    yield from small_cases()
    yield from diabetes()
    yield from certified()
    yield from properties()


def small_cases():
    def ridge(name, x, y, alpha, wanted, tolerance, source):
        def verify(tables):
            found = tables.coefficients()
            for feature, value in wanted.items():
                yield from expect(f"{feature} ({source})", found[feature], value, tolerance)
        for solver in ("normal", "min_norm"):
            yield Case(f"{name}, {solver}", full(
                features={"standardize": "none"}, model={"lambda_scale": "sum"},
                grid={"solver": solver, "lambda": alpha}),
                {"data.csv": table(np.array(x, float), np.array(y, float))}, verify=verify)

    yield from ridge("Ridge's documentation", [[0, 0], [0, 0], [1, 1]], [0, 0.1, 1], 0.5,
                     {"x1": 0.34545455, "x2": 0.34545455, "(intercept)": 0.13636364}, 5e-9,
                     "scikit-learn")
    yield from ridge("SPARK-12230", [[0, 5], [1, 7], [2, 11], [3, 13]], [17, 19, 23, 29], 0.1,
                     {"x1": 2.1151586, "x2": 0.6580494, "(intercept)": 12.9048179}, 5e-8,
                     "R closed form")

    alphas = [0.001, 0.1, 1, 10, 1000]
    errors = [8.96416931, 6.59763314, 3.875, 3.83870968, 3.88829726]

    def leave_one_out(tables):
        for row, error in zip(tables.csv("curve.csv"), errors):
            yield from expect(f"alpha {row['lambda']}", float(row["validation_mse"]), error, 5e-9)

    square = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float), np.array([0, -1, 1, 3], float)
    yield Case("leave-one-out table (scikit-learn PR 33020)", {
        "data": {"csv": "data.csv", "target": "y"}, "split": {"leave_one_out": True, "shuffle": False},
        "features": {"standardize": "none"}, "model": {"lambda_scale": "sum"},
        "grid": {"solver": "normal", "lambda": alphas}}, {"data.csv": table(*square)},
        verify=leave_one_out)

    def glmnet(tables):
        found = tables.coefficients()
        for name, value in {"(intercept)": .892304056642, "x1": .444645693177,
                            "x2": .014575634330}.items():
            yield from expect(name, found[name], value, 5e-7)  # glmnet's own stopping rule

    rows = [(-4, 0, 0), (-3, 0, 0), (-2, 1, 0), (-1, 0, 1), (0, 1, 1), (1, 1, 1), (2, 1, 1),
            (3, 0, 1), (4, 0, 1)]
    rows = np.array(rows, float)
    yield Case("logistic ridge (glmnet)", full(
        features={"standardize": "none"}, model={"loss": "logistic"},
        grid={"solver": "newton", "lambda": 1}), {"data.csv": table(rows[:, :2], rows[:, 2])},
        verify=glmnet)


def diabetes():
    """Columns centred and scaled to unit norm, as scikit-learn's `load_diabetes` gives them."""
    rows = read_csv(DATA / "diabetes.csv", {"target": "progression"}, None)
    x = rows.features - rows.features.mean(axis=0)
    x = (x / np.sqrt((x**2).sum(axis=0))).astype(float)
    files = {"data.csv": table(x, rows.target.astype(float))}
    alphas = [0.001, 0.01, 0.1, 1]
    raw = {"features": {"standardize": "none"}, "model": {"lambda_scale": "sum"},
           "grid": {"solver": "normal", "lambda": alphas}}

    def errors(tables):
        wanted = [3000.6570796679, 3000.3924473980, 3004.6166210603, 3327.6551045592]
        for row, value in zip(tables.csv("curve.csv"), wanted):
            yield from expect(f"leave-one-out mse at {row['lambda']}",
                              float(row["validation_mse"]), value, 1e-7)

    def freedom(tables):
        for row, value in zip(tables.csv("curve.csv"), [9.87268, 9.24825, 7.64173, 3.94228]):
            yield from expect(f"df at {row['lambda']}", float(row["effective_df"]), value, 5e-6)
        r2 = float(tables.csv("curve.csv")[1]["train_r2"])
        yield from expect("r2 at .01", r2, 0.5166278030, 5e-10)

    yield Case("diabetes, leave one out", {"data": {"csv": "data.csv", "target": "y"},
               "split": {"leave_one_out": True, "shuffle": False}, **raw}, files, verify=errors)
    yield Case("diabetes, effective df and r2", full(metrics=["mse", "r2"], **raw), files,
               verify=freedom)


def polynomial_case(name, x, y, wanted, required, degree):
    """Powers of one column by `polynomial`, so the features' names are x1, x1^2, …"""
    names = ["(intercept)", "x1", *(f"x1^{k}" for k in range(2, degree + 1))]
    lines = [f"{a},{b}" for a, b in zip(x, y)]
    return Case(name, full(features={"polynomial": degree}, grid={"solver": "min_norm", "lambda": 0}),
                {"data.csv": "x1,y\n" + "\n".join(lines) + "\n"},
                verify=lambda tables: expect_digits(tables, dict(zip(names, wanted)), required))


def certified():
    """NIST's statistical reference data sets whose numbers are known from their definition."""
    longley = {
        "(intercept)": -3482258.63459582, "GNPDEFL": 15.0618722713733,
        "GNP": -.358191792925910E-01, "UNEMP": -2.02022980381683, "ARMED": -1.03322686717359,
        "POP": -.511041056535807E-01, "YEAR": 1829.15146461355}
    text = (DATA / "longley.csv").read_text()
    for solver, required in (("min_norm", 14.5), ("normal", 14.5)):
        yield Case(f"Longley, {solver}", full(
            target="TOTEMP", grid={"solver": solver, "lambda": 0}), {"data.csv": text},
            verify=lambda tables, required=required: expect_digits(tables, longley, required))

    def residual(tables):
        mse = float(tables.csv("curve.csv")[0]["train_mse"])
        yield from expect("residual sd", math.sqrt(mse * 16 / 9), 304.854073561965, 1e-9)

    yield Case("Longley's residual deviation", full(
        target="TOTEMP", grid={"solver": "min_norm", "lambda": 0}), {"data.csv": text},
        verify=residual)

    x = range(21)
    delta = [759, -2048, 2048, -2048, 2523, -2048, 2048, -2048, 1838, -2048, 2048]
    delta += delta[-2::-1]
    assert all(sum(d * v**k for d, v in zip(delta, x)) == 0 for k in range(6))
    ones = [sum(v**k for k in range(6)) for v in x]
    for number, scale, required in ((1, 0, 15), (3, 1, 15), (4, 100, 15), (5, 10000, 15)):
        y = [value + scale * d for value, d in zip(ones, delta)]
        yield polynomial_case(f"Wampler {number}", x, y, [1] * 6, required, 5)
    tenths = [f"{float(sum(Fraction(v, 10) ** k for k in range(6))):.5f}" for v in x]
    yield polynomial_case("Wampler 2", x, tenths, [0.1**k for k in range(6)], 13.2, 5)
    yield stiff_polynomial()


def stiff_polynomial():
    """Degree 10 on [−8.8, −3.1] like NIST's Filip; the exact answer by rational arithmetic."""
    random = np.random.default_rng(10)
    x = [f"{v:.9f}" for v in np.sort(random.uniform(-8.8, -3.1, 82))]
    y = [f"{0.85 + 0.05 * math.sin(float(v)) + 0.003 * random.standard_normal():.4f}" for v in x]
    powers = [[Fraction(float(v)) ** k for k in range(11)] for v in x]
    target = [Fraction(float(v)) for v in y]
    system = [[sum(r[i] * r[j] for r in powers) for j in range(11)]
              + [sum(r[i] * t for r, t in zip(powers, target))] for i in range(11)]
    for i in range(11):
        system[i] = [v / system[i][i] for v in system[i]]
        for j in range(11):
            if j != i:
                system[j] = [a - system[j][i] * b for a, b in zip(system[j], system[i])]
    wanted = [float(row[11]) for row in system]
    return polynomial_case("degree 10, condition 1e15", x, y, wanted, 14, 10)


def properties():
    random = np.random.default_rng(5)
    x, y = linear(random, 40, 4)
    grid = {"solver": ["normal", "min_norm"], "lambda": [0.01, 1]}
    rotation = np.linalg.qr(random.standard_normal((4, 4)))[0]
    raw = {"features": {"standardize": "none"}}

    files = {"a.csv": table(x, y), "b.csv": table(np.hstack([x, x]) / 2, y)}
    base = lambda data, lambdas: {"data": {"csv": data, "target": "y"}, "split": {"k_fold": 4, "shuffle": False},
                                  "grid": {**grid, "lambda": lambdas}, **raw}
    files |= {"rotated.csv": table(x @ rotation, y)}
    yield Pair("columns halved and doubled, lambda halved", base("a.csv", [0.01, 1]),
               base("b.csv", [0.005, 0.5]), files, ["train_mse", "validation_mse"])
    yield Pair("features rotated", base("a.csv", [0.01, 1]), base("rotated.csv", [0.01, 1]), files,
               ["train_mse", "validation_mse", "weight_norm", "effective_df"])
    files |= {"twice.csv": table(np.vstack([x, x]), np.concatenate([y, y]))}
    everything = lambda data: full(data=data, grid=grid)
    yield Pair("rows doubled", everything("a.csv"), everything("twice.csv"), files,
               ["train_mse", "weight_norm", "effective_df"])
    xc, yc = classes(random, 60, 3)
    files |= {"c.csv": table(xc, yc), "cc.csv": table(np.vstack([xc, xc]), np.tile(yc, 2))}
    newton = lambda data: full(data=data, model={"loss": "logistic"},
                               grid={"solver": "newton", "lambda": [0.01, 1]})
    yield Pair("rows doubled, logistic", newton("c.csv"), newton("cc.csv"), files,
               ["train_log_loss", "weight_norm", "effective_df"])
    one = {"data": {"csv": "a.csv", "target": "y"}, "split": {"k_fold": 4, "shuffle": False}}
    yield Pair("lambda to zero", {**one, "grid": {"solver": "min_norm", "lambda": 0}},
               {**one, "grid": {"solver": "normal", "lambda": 1e-13}}, files,
               ["train_mse", "validation_mse", "weight_norm"])
    yield Pair("full-batch sgd is gd",
               {**one, "grid": {"solver": "gd", "eta": 0.1, "epochs": 30, "lambda": 0.1}},
               {**one, "grid": {"solver": "sgd", "batch_size": 30, "eta": 0.1, "epochs": 30,
                                "lambda": 0.1}}, files,
               ["train_mse", "validation_mse", "weight_norm"])
    apart = np.concatenate([xc[:12] - 2, xc[12:24] + 2])
    yield Case("separated classes with a tiny lambda", full(
        model={"loss": "logistic"}, grid={"solver": "newton", "lambda": [1e-10, 1e-8, 1e-6]}),
        {"data.csv": table(apart, (np.arange(24) > 11).astype(float))})
    yield Case("separable classes at lambda 0", full(
        model={"loss": "logistic"}, grid={"solver": "newton", "lambda": [0, 0.1]}),
        {"data.csv": table(np.arange(10.0)[:, None], (np.arange(10) > 4).astype(float))},
        verify=separable)
    yield Case("sgd at a small rate nears the optimum", {
        "data": {"csv": "a.csv", "target": "y"}, "split": {"k_fold": 4, "shuffle": False}, "seed": 3,
        "grid": {"solver": ["normal", "sgd"], "batch_size": [1, 8], "eta": 0.05, "epochs": 4000,
                 "schedule": {"inverse_time": 0.02}, "lambda": 0.1}}, files, verify=near_optimum)
    yield Case("lambda to infinity", full(grid={"solver": "normal", "lambda": 1e9}),
               {"data.csv": table(x, y)},
               verify=lambda t: expect("b", t.coefficients()["(intercept)"], float(np.mean(y)), 1e-6))


def separable(tables):
    rows = tables.csv("curve.csv")
    if [row["status"] for row in rows] != ["not_converged", "ok"]:
        yield f"status is {[row['status'] for row in rows]}"


def near_optimum(tables):
    rows = tables.csv("curve.csv")
    best = float(rows[0]["train_mse"])
    for row in rows[1:]:
        yield from expect(f"train_mse, batch {row['batch_size']}", float(row["train_mse"]), best,
                          5e-3 * best)  # the last η times the number of columns, halved

