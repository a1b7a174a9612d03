"""Weights of rows and classes: random cases against the oracle, and scikit-learn's numbers."""

import numpy as np

from cases import FEW, FORTY, LOGISTIC, SQUARED, classes, linear, spec, table
from compare import Case, expect

WEIGHTED = {"csv": "data.csv", "target": "y", "weight_column": "v"}


def weighted(seed=2026):
    random = np.random.default_rng(seed + 13)

    def case(name, data, grid, split=None, extra=None, zeros=True, tolerances=None, skipped=(), **more):
        count = len(data[1])
        v = np.round(random.gamma(1, 2, count), 3) + 0.001
        if zeros:
            v[random.random(count) < 0.1] = 0
        extra = {"v": [repr(float(value)) for value in v], **(extra or {})}
        return Case(name, {**spec(grid, split, **more), "data": WEIGHTED},
                    {"data.csv": table(*data, extra=extra)}, tolerances, skipped)

    exact = {"solver": ["normal", "min_norm"], "lambda": FEW}
    yield case("weights, 40 lambdas", linear(random, 90, 7), {**exact, "lambda": FORTY},
               metrics=SQUARED)
    yield case("weights, sample deviation, sum", linear(random, 61, 4), exact, {"k_fold": 7},
               features={"standardize": "sample"}, model={"lambda_scale": "sum"}, metrics=SQUARED)
    yield case("weights, raw features, test", linear(random, 101, 6, offset=4, spread=3), exact,
               {"holdout": 0.25, "test": 0.2}, features={"standardize": "none"},
               model={"lambda_scale": "sum_unhalved"}, metrics=SQUARED)
    yield case("weights, no intercept", linear(random, 60, 5, offset=2), exact,
               model={"intercept": False}, features={"standardize": "none"})
    yield case("weights, leave one out", linear(random, 24, 3), exact, {"leave_one_out": True})
    yield case("weights, fewer rows than columns", linear(random, 20, 45),
               {"solver": "min_norm", "lambda": [0, 0.01, 1]}, zeros=False)
    yield case("weights, means of a million", linear(random, 70, 6, offset=1e6), exact)
    x, y = linear(random, 80, 5)
    x[:, 4] = x[:, 0] + 1e-6 * random.standard_normal(80)
    yield case("weights, nearly collinear columns", (x, y), exact)
    x = np.where(random.random((120, 40)) < 0.06, random.standard_normal((120, 40)), 0)
    x[:, 17] = 500 + random.standard_normal(120)
    y = x @ random.standard_normal(40) + random.standard_normal(120)
    yield case("weights, mostly zeros", (x, y), exact, metrics=SQUARED)
    yield case("weights, degrees and training sizes", linear(random, 100, 2),
               {"solver": "normal", "degree": [1, 3], "train_size": [30, 0.5, 60],
                "lambda": [0.1, 1]}, zeros=False, model={"lambda_scale": "sum"})
    steps = {"solver": "gd", "eta": [0.01, 0.2], "epochs": [1, 7, 200], "lambda": [0, 0.1, 2]}
    yield case("weights, gd", linear(random, 60, 6), steps, metrics=SQUARED)
    yield case("weights, gd, raw features, sum", linear(random, 60, 4, offset=3),
               {**steps, "eta": [0.001, 0.02]}, features={"standardize": "none"},
               model={"lambda_scale": "sum"})
    yield case("weights, projected gd", linear(random, 80, 5),
               {"solver": "projected_gd", "eta": 0.1, "epochs": [1, 300], "radius": [0.1, 0.5, 100]},
               tolerances={"multiplier": 1e-7}, skipped=["objective"])
    full = {"solver": "sgd", "eta": 0.1, "batch_size": 100, "epochs": [3, 50], "lambda": [0, 1]}
    yield case("weights, sgd, full batch", linear(random, 50, 4), full)
    yield case("weights, newton", classes(random, 150, 5),
               {"solver": "newton", "lambda": {"logspace": [1e-4, 10], "count": 11}},
               metrics=LOGISTIC, model={"loss": "logistic"})
    grid = [{"solver": "newton", "lambda": FEW},
            {"solver": "gd", "eta": [0.1, 0.5], "epochs": 50, "lambda": 0.1},
            {**full, "lambda": 0.05}]
    t = np.where(y > np.median(y), 1.0, 0.0)
    for name, data, more in (
            ("newton, gd and sgd", classes(random, 120, 4), {}),
            ("mostly zeros, logistic", (x, t), {}),
            ("raw features, logistic", classes(random, 120, 4, offset=1),
             {"features": {"standardize": "none"}}),
            ("balanced classes", classes(random, 120, 4), {"model": {"class_weight": "balanced"}}),
            ("balanced classes, mostly zeros", (x, t), {"model": {"class_weight": "balanced"}}),
            ("given classes, sum", classes(random, 120, 4, offset=2), {
                "model": {"class_weight": {"1": 3, "0": 0.2}, "lambda_scale": "sum"},
                "split": {"holdout": 0.3, "test": 0.2}})):
        more = {**more, "model": {"loss": "logistic", **more.get("model", {})}}
        yield case(f"weights, {name}", data, grid, metrics=LOGISTIC, **more)
    x, y = classes(random, 90, 3)
    yield Case("class weights without weights of rows", spec(
        grid, model={"loss": "logistic", "class_weight": {"0": 4}}, metrics=LOGISTIC),
        {"data.csv": table(x, y)})
    yield from scikit_learn()


def scikit_learn():
    """scikit-learn 1.9.1: Ridge(solver="svd") and LogisticRegression(solver="newton-cholesky",
    tol=1e-14) with `sample_weight` and `class_weight`, at λ = 0.1: alpha = λΣv, C = 1/(λΣv)."""
    i, j = np.arange(24)[:, None], np.arange(3)
    x = ((7 * i + 3 * j * j + i * i * j) % 11 - 5).astype(float)
    i = i[:, 0]
    y = x @ [1, -2, 0.5] + i * i % 7 - 3
    c = (x @ [1, -2, 0.5] + 5 * i % 13 - 6 > 0).astype(float)
    v = 5 * i % 4 + 0.5
    logistic = {"loss": "logistic"}
    for name, target, rows, model, solvers, wanted in (
            ("Ridge, sample_weight", y, v, {}, ["normal", "min_norm"],
             [-1.0253450959683015, .8648857002230054, -1.885606123448415, .7404296707764294]),
            ("LogisticRegression, sample_weight", c, v, logistic, ["newton"],
             [.300502848586802, .6261283979505496, -.7734648610144018, .33448045558139533]),
            ("LogisticRegression, balanced", c, v * 0 + 1, {**logistic, "class_weight": "balanced"},
             ["newton"], [.09912667503010496, .7577172476133119, -.6610116010680406,
                          .14965772160101756]),
            ("LogisticRegression, balanced and sample_weight", c, v,
             {**logistic, "class_weight": "balanced"}, ["newton"],
             [-.020248064440208456, .6470930850882068, -.7709812536816381, .318240910962245]),
            ("LogisticRegression, class_weight and sample_weight", c, v,
             {**logistic, "class_weight": {"1": 3, "0": 0.5}}, ["newton"],
             [1.361709155771266, .5068673016199304, -.6449599255926074, .3161599726622467])):
        for solver in solvers:
            yield Case(f"scikit-learn's {name}, {solver}", {
                "data": WEIGHTED, "features": {"standardize": "none"}, "model": model,
                "split": {"files": {"validation": "data.csv"}, "shuffle": False},
                "grid": {"solver": solver, "lambda": 0.1}, "outputs": ["coefficients"]},
                {"data.csv": table(x, target, extra={"v": list(rows)})},
                verify=lambda tables, wanted=wanted: agrees(tables, wanted))


def agrees(tables, wanted):
    found = tables.coefficients()
    for name, value in zip(["(intercept)", "x1", "x2", "x3"], wanted):
        yield from expect(name, found[name], value, 1e-8)
