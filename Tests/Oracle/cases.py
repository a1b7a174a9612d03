"""Random data sets and specs over everything the contract lets vary; the seed fixes them all."""

import numpy as np

from compare import Case


def table(features, target, extra=None, names=None, newline="\n", delimiter=","):
    """A CSV with columns x1 … xd, y and any extra columns of words."""
    d = features.shape[1]
    header = list(names or (f"x{j + 1}" for j in range(d))) + ["y"] + list(extra or {})
    lines = [delimiter.join(header)]
    for i, row in enumerate(features):
        cells = [repr(float(v)) for v in row] + [repr(float(target[i]))]
        lines.append(delimiter.join(cells + [str(column[i]) for column in (extra or {}).values()]))
    return newline.join(lines) + newline


def linear(random, rows, columns, noise=1.0, offset=0.0, spread=1.0):
    x = offset + spread * random.standard_normal((rows, columns))
    w = random.standard_normal(columns)
    return x, (x - offset) @ w / spread + noise * random.standard_normal(rows) + 3


def classes(random, rows, columns, offset=0.0):
    x = offset + random.standard_normal((rows, columns))
    z = 1.5 * (x - offset) @ random.standard_normal(columns) / columns**0.5
    y = (z + random.logistic(size=rows) > 0).astype(float)
    y[:2] = [0, 1]
    return x, y


def spec(grid, split=None, **more):
    split = {**(split or {"k_fold": 5}), "shuffle": False}
    return {"data": {"csv": "data.csv", "target": "y"}, "split": split, "grid": grid, **more}


FORTY = {"logspace": [1e-4, 1e3], "count": 40}
FEW = {"logspace": [1e-3, 10], "count": 5}
SQUARED = ["mse", "half_mse", "rmse", "mae", "r2"]
LOGISTIC = ["log_loss", "error_rate", "auc"]


def random_cases(seed=2026):
    random = np.random.default_rng(seed)
    yield from closed_forms(random)
    yield from descents(random)
    yield from logistic(random)
    yield from axes(random)
    yield from readers(random)


def closed_forms(random):
    def case(name, data, *arguments, tolerances=None, skipped=(), extra=None, **more):
        return Case(name, spec(*arguments, **more), {"data.csv": table(*data, extra=extra)},
                    tolerances, skipped)

    normal = {"solver": "normal", "lambda": FORTY}
    yield case("40 lambdas, 5 folds", linear(random, 90, 7), normal, metrics=SQUARED)
    yield case("uneven folds, sample deviation, sum", linear(random, 53, 4), normal,
               {"k_fold": 7}, features={"standardize": "sample"}, model={"lambda_scale": "sum"})
    yield case("leave one out, sum_unhalved", linear(random, 24, 3), normal,
               {"leave_one_out": True}, model={"lambda_scale": "sum_unhalved"})
    yield case("no intercept, raw features", linear(random, 60, 5, offset=2), normal,
               model={"intercept": False}, features={"standardize": "none"})
    yield case("no intercept, standardised", linear(random, 60, 5, offset=2), normal,
               model={"intercept": False})
    yield case("holdout and test, raw features", linear(random, 101, 6, offset=4, spread=3), normal,
               {"holdout": 0.25, "test": 0.2}, features={"standardize": "none"}, metrics=SQUARED)
    x, y = linear(random, 80, 5)
    x[:, 4] = x[:, 0] + 1e-6 * random.standard_normal(80)
    yield case("nearly collinear columns", (x, y), {"solver": ["normal", "min_norm"],
               "lambda": {"logspace": [1e-5, 1], "count": 6}})
    yield case("means of a million", linear(random, 70, 6, offset=1e6),
               {"solver": ["normal", "min_norm", "gd"], "lambda": FEW, "eta": 0.2, "epochs": 50})
    x, y = linear(random, 60, 4, noise=1e-6)
    yield case("nearly perfect fit", (x, y), {"solver": ["normal", "min_norm"],
               "lambda": [1e-14, 1e-12, 1e-3]}, metrics=["mse", "r2"],
               tolerances={"normal": 1e-6, "min_norm": 1e-6})
    x, y = linear(random, 60, 5)
    x[12:, 2], x[:12, 2] = 7.25, random.standard_normal(12)
    yield case("a column constant in one training set", (x, y),
               {"solver": ["normal", "min_norm", "gd"], "lambda": FEW, "eta": 0.1, "epochs": 30})
    yield case("target far from zero", (x[:, [0, 1, 3]], y + 1e7), normal,
               tolerances={"normal": 1e-8})
    yield case("fewer rows than columns", linear(random, 25, 40), {"solver": "normal",
               "lambda": [0, 1e-3, 0.1, 10]})
    yield case("minimum norm, full rank", linear(random, 50, 6, spread=100),
               {"solver": "min_norm", "lambda": [0, 1e-8, 0.01, 1]})
    yield case("minimum norm, fewer rows than columns", linear(random, 20, 45),
               {"solver": "min_norm", "lambda": [0, 0.01, 1]})
    x, y = linear(random, 50, 4)
    yield case("minimum norm, doubled columns", (np.hstack([x, x]), y),
               {"solver": "min_norm", "lambda": [0, 0.1]})
    yield case("minimum norm without intercept", linear(random, 12, 20, offset=1),
               {"solver": "min_norm", "lambda": 0}, {"k_fold": 3}, model={"intercept": False},
               features={"standardize": "none"})


def descents(random):
    def case(name, data, grid, tolerances=None, skipped=(), **more):
        return Case(name, spec(grid, **more), {"data.csv": table(*data)}, tolerances, skipped)

    steps = {"solver": "gd", "eta": [0.01, 0.3], "epochs": [1, 7, 400], "lambda": [0, 0.1, 2]}
    yield case("gd, 1, 7 and 400 steps", linear(random, 60, 6), steps, metrics=SQUARED)
    raw = {**steps, "eta": [0.001, 0.02]}
    yield case("gd, raw features", linear(random, 60, 4, offset=3), raw,
               features={"standardize": "none"})
    yield case("gd, no intercept", linear(random, 60, 4, offset=3), raw,
               features={"standardize": "none"}, model={"intercept": False})
    yield case("gd, more columns than rows", linear(random, 20, 30), {**steps, "eta": 0.05})
    yield case("gd, schedules and sum", linear(random, 60, 5), {**steps, "epochs": 60, "schedule": [
        "constant", {"inverse_time": 0.1}, {"inverse_sqrt": 0.5}], "lambda": [0.5, 20]},
        model={"lambda_scale": "sum"})
    yield case("gd, tolerance met and missed", linear(random, 80, 3),
               {"solver": "gd", "eta": 0.2, "epochs": [20, 2000], "lambda": [0.1, 1]},
               training={"tolerance": 1e-6})
    yield case("gd, a rate that diverges", linear(random, 60, 5),
               {"solver": "gd", "eta": [0.1, 5], "epochs": 200, "lambda": [0.1, 1]},
               skipped=["epochs_run"])
    yield case("sgd, a full and a short batch", linear(random, 50, 4),
               {"solver": "sgd", "eta": 0.1, "batch_size": [40, 41, 100], "epochs": [3, 50],
                "lambda": [0, 1]})
    alike = np.tile(random.standard_normal(3), (23, 1)), np.full(23, 2.0)
    # Without intercept: beside one, columns that do not vary take no part.
    yield case("sgd, rows all alike, short last batch", alike,
               {"solver": "sgd", "eta": [0.01, 0.05], "batch_size": [1, 4, 7], "epochs": [1, 20],
                "lambda": [0, 0.5], "schedule": ["constant", {"inverse_time": 1}]},
               features={"standardize": "none"}, split={"holdout": 0.25},
               model={"intercept": False})
    yield case("projected gd", linear(random, 80, 5),
               {"solver": "projected_gd", "eta": [0.1, 0.3], "epochs": [1, 300],
                "radius": [0.1, 0.5, 1, 100]}, tolerances={"multiplier": 1e-7}, skipped=["objective"])
    yield case("projected gd, raw features", linear(random, 80, 3, offset=2),
               {"solver": "projected_gd", "eta": 0.02, "epochs": [5, 500], "radius": [0.5, 1]},
               tolerances={"multiplier": 1e-7}, skipped=["objective"],
               features={"standardize": "none"})


def logistic(random):
    def case(name, data, grid, skipped=(), model=None, **more):
        model = {"loss": "logistic", **(model or {})}
        return Case(name, spec(grid, model=model, **more), {"data.csv": table(*data)}, None, skipped)

    newton = {"solver": "newton", "lambda": {"logspace": [1e-4, 10], "count": 11}}
    yield case("newton", classes(random, 150, 5), newton, metrics=LOGISTIC)
    yield case("newton, raw features, sum_unhalved", classes(random, 120, 4, offset=2), newton,
               model={"lambda_scale": "sum_unhalved"}, features={"standardize": "none"})
    yield case("newton without intercept", classes(random, 120, 4), newton,
               model={"intercept": False}, metrics=LOGISTIC, split={"holdout": 0.3, "test": 0.2})
    x, y = classes(random, 100, 3)
    yield case("newton, classes 3 and 8", (x, 3 + 5 * y), newton)
    yield case("newton, more columns than rows", classes(random, 30, 40),
               {"solver": "newton", "lambda": FEW})
    steps = {"solver": "gd", "eta": [0.1, 1], "epochs": [1, 7, 200], "lambda": [0, 0.1]}
    yield case("logistic gd", classes(random, 90, 4), steps, metrics=LOGISTIC)
    yield case("logistic gd, raw features", classes(random, 90, 4, offset=1), {**steps, "eta": 0.2},
               features={"standardize": "none"}, model={"lambda_scale": "sum"})
    yield case("logistic sgd, full batch", classes(random, 60, 3),
               {"solver": "sgd", "eta": 0.3, "batch_size": [48, 60], "epochs": 40, "lambda": 0.05},
               metrics=["log_loss"])
    yield case("logistic projected gd", classes(random, 90, 4),
               {"solver": "projected_gd", "eta": 1, "epochs": 200, "radius": [0.2, 0.5, 50]},
               skipped=["objective"])


def axes(random):
    def case(name, data, grid, extra=None, tolerances=None, **more):
        return Case(name, spec(grid, **more), {"data.csv": table(*data, extra=extra)}, tolerances)

    yield case("degrees", linear(random, 120, 3),
               [{"solver": ["normal", "min_norm"], "degree": [1, 2, 3], "lambda": FEW},
                {"solver": "gd", "degree": [1, 2], "eta": 0.05, "epochs": 40, "lambda": [0.1]}])
    yield case("training sizes", linear(random, 100, 4),
               {"solver": ["normal", "gd"], "train_size": [10, 25, 0.5, 80], "eta": 0.1,
                "epochs": 20, "lambda": [0.01, 1]}, model={"lambda_scale": "sum"})
    yield case("degrees and training sizes", linear(random, 100, 2),
               {"solver": "normal", "degree": {"range": [1, 3, 1]}, "train_size": [30, 60],
                "lambda": [0.1, 1]}, features={"polynomial": 2})
    yield case("grids in turn, exclusions, duplicates", linear(random, 50, 3),
               [{"solver": ["normal", "gd"], "lambda": {"linspace": [0.5, 2.5], "count": 5},
                 "eta": [0.1, 0.2], "epochs": [3, 5],
                 "exclude": [{"solver": "gd", "eta": 0.2}, {"lambda": 1, "epochs": 3}]},
                {"solver": "normal", "lambda": [1, 7], "eta": [1, 2]},
                {"solver": "gd", "lambda": {"range": [0, 1, 0.25]}, "eta": 0.1, "epochs": 3}])
    yield case("selection by r2, smallest lambda rule", linear(random, 60, 10, noise=6),
               {"solver": ["normal", "gd"], "lambda": FORTY, "eta": [0.0001, 0.0005],
                "epochs": 50}, metrics=["mae", "r2"], select={"metric": "r2", "rule": "min"})
    labels = ["train"] * 50 + ["validation"] * 20 + ["test"] * 10
    random.shuffle(labels)
    yield case("split column", linear(random, 80, 4), {"solver": "normal", "lambda": FEW},
               extra={"part": labels}, split={"column": "part"})
    groups = random.choice(["b", "a", "site 3", "d"], 70)
    yield case("fold column", linear(random, 70, 4), {"solver": "normal", "lambda": FEW},
               extra={"site": groups}, split={"fold_column": "site"})
    yield case("fold column and test", linear(random, 70, 4), {"solver": "normal", "lambda": FEW},
               extra={"site": groups}, split={"fold_column": "site", "test": 0.1})
    x, y = linear(random, 90, 3)
    files = {"data.csv": table(x[:50], y[:50]), "v.csv": table(x[50:75], y[50:75]),
             "t.csv": table(x[75:], y[75:])}
    yield Case("files", spec({"solver": "normal", "lambda": FEW},
               {"files": {"validation": "v.csv", "test": "t.csv"}}, metrics=SQUARED), files)


def encodings(random):
    """Categories through five folds, each fold against a one-hot encoding built by hand."""
    # The program promises nine digits of a logistic effective_df.
    size, tight = 150, {"normal": 1e-10, "newton": 1e-10, "effective_df": 1e-9}
    kinds = random.choice(["b", "a", "é", "z z", "rare", "rarer"], size, p=[.3, .2, .2, .2, .06, .04])
    sizes = random.choice([9, 10, 2.5, 40], size, p=[.4, .3, .2, .1])
    # Three levels that no row to learn from has, and one that is in a single fold only.
    kinds[0], sizes[7], kinds[-1], kinds[-2], sizes[-3] = "one fold", 7, "late", "Late", -1
    extra = {"kind": kinds, "size": [f"{value:g}" for value in sizes]}
    split = {"k_fold": 5, "test": 0.1}
    ways = {"list": ["size", "kind"], "rare": {"kind": {"min_count": 12}, "size": {"min_count": 2}},
            "all": {"kind": {"levels": "all"}, "size": {"levels": "all", "min_count": 20}}}
    for name, categorical in ways.items():
        more = {"data": {"csv": "data.csv", "target": "y", "categorical": categorical}}
        x, y = linear(random, size, 2)
        yield Case(f"levels, {name}, ridge", spec({"solver": "normal", "lambda": FEW}, split, **more),
                   {"data.csv": table(x, y + 2 * sizes, extra=extra)}, tight)
        x, y = classes(random, size, 2)
        yield Case(f"levels, {name}, logistic", spec(
            {"solver": "newton", "lambda": FEW}, split, model={"loss": "logistic"},
            metrics=LOGISTIC, features={"polynomial": 2}, **more),
            {"data.csv": table(x, np.where(kinds == "b", 1 - y, y), extra=extra)}, tight)


def imputations(random):
    """Missing cells in five folds, filled from each fold's training rows."""
    tight = {"normal": 1e-10, "min_norm": 1e-10, "newton": 1e-10, "effective_df": 1e-9}
    more = [{"solver": "gd", "lambda": 0.1, "eta": 0.05, "epochs": 30},
            {"solver": "projected_gd", "radius": 0.5, "eta": 0.05, "epochs": 30},
            {"solver": "sgd", "lambda": 0.1, "eta": 0.05, "batch_size": 1000, "epochs": 30}]
    squared = [{"solver": ["normal", "min_norm"], "lambda": FEW}, *more]
    slow = [{"solver": "newton", "lambda": FEW}, *more]
    rules = {"mean": "mean", "median": "median",
             "mixed": {"x2": "median", "kind": "level", "*": "mean"}}
    for name, rule in rules.items():
        for degree in (1, 2):
            split = {"k_fold": 5, "test": 0.1}
            data = {"csv": "data.csv", "target": "y", "missing": rule, "missing_indicator": degree != 2 or
                    name == "mixed", **({"categorical": ["kind"]} if name == "mixed" else {})}
            for loss, grid in (("squared", squared), ("logistic", slow)):
                x, y = linear(random, 150, 4, offset=3) if loss == "squared" else classes(random, 150, 4)
                kinds = random.choice(["b", "a", "", "z z", "NA"], 150)
                # A column with many holes, one with few, one without, and one with a hole in a test row.
                x[random.random(150) < 0.3, 0] = x[[3, 40, 77, 120], 1] = x[146, 3] = np.nan
                yield Case(
                    f"missing, {name}, degree {degree}, {loss}",
                    spec(grid, split, data=data, features={"polynomial": degree}, model={"loss": loss},
                         metrics=SQUARED if loss == "squared" else LOGISTIC),
                    {"data.csv": table(x, y, extra={"kind": kinds} if name == "mixed" else None)}, tight,
                    skipped_of(grid))
    x, y = linear(random, 100, 3)
    x[random.random(100) < 0.2, 1] = x[90:, 2] = np.nan
    rows = {"data.csv": table(x[:60], y[:60]), "v.csv": table(x[60:80], y[60:80]),
            "t.csv": table(x[80:], y[80:])}
    yield Case("missing, files", spec(
        {"solver": "normal", "lambda": FEW}, {"files": {"validation": "v.csv", "test": "t.csv"}},
        data={"csv": "data.csv", "target": "y", "missing": "median", "missing_indicator": True}),
        rows, tight)
    yield Case("missing, training sizes", spec(
        {"solver": ["normal", "gd"], "train_size": [10, 0.5, 80], "eta": 0.1, "epochs": 20,
         "lambda": [0.01, 1]}, data={"csv": "data.csv", "target": "y", "missing": "mean"}),
        {"data.csv": table(x, y)}, tight)


def skipped_of(grid):
    """The objective of a projected descent is that at its multiplier."""
    return ["objective"] if any(part["solver"] == "projected_gd" for part in grid) else []


def named_classes(random):
    """A target of words, of which either is +1."""
    x, y = classes(random, 90, 4)
    for words, positives in ((("benign", "Malignant"), ["benign", "Malignant", None]),
                             (("False", "TRUE"), [False, True]), ((2, 10), [2, 10])):
        cells = [str(words[int(value)]) for value in y]
        text = "\n".join(["x1,x2,x3,x4,y", *(",".join([*map(repr, map(float, row)), cell])
                                             for row, cell in zip(x, cells))]) + "\n"
        for positive in positives:
            model = {"loss": "logistic", **({} if positive is None else {"positive": positive})}
            yield Case(f"classes {words[0]} and {words[1]}, positive {positive}", spec(
                {"solver": ["newton", "gd"], "lambda": FEW, "eta": 0.3, "epochs": 20}, model=model,
                metrics=[*LOGISTIC, "f1"]), {"data.csv": text})


def readers(random):
    grid = {"solver": "normal", "lambda": FEW}
    x, y = linear(random, 40, 3)
    text = table(x, y, names=['"a,b"', '"say ""x"""', "c"], newline="\r\n")
    yield Case("quotes, CRLF and BOM", spec(grid), {"data.csv": b"\xef\xbb\xbf" + text.encode()})
    yield Case("semicolons, chosen features", {**spec(grid), "data": {
        "csv": "data.csv", "target": "y", "delimiter": ";", "features": ["x3", "x1"]}},
        {"data.csv": table(x, y, delimiter=";")})
    headless = "\n".join(table(x, y).split("\n")[1:])
    yield Case("no header, dropped column", {**spec(grid), "data": {
        "csv": "data.csv", "target": "c4", "header": False, "drop": ["c2"]}}, {"data.csv": headless})
    lines = table(x, y).split("\n")
    lines[3] = "," + lines[3].split(",", 1)[1]
    lines[9] = "NA," + lines[9].split(",", 1)[1]
    lines[20] = "?," + lines[20].split(",", 1)[1]
    yield Case("missing cells", {**spec(grid), "data": {
        "csv": "data.csv", "target": "y", "missing": "drop_rows"}}, {"data.csv": "\n".join(lines)})
    kinds = (["a", "b", "c"] * 14)[:40]
    yield Case("categories", {**spec(grid), "data": {
        "csv": "data.csv", "target": "y", "categorical": ["kind"]}},
        {"data.csv": table(x, y, extra={"kind": kinds})})
    late = kinds[:30] + ["0 first of all", "b"] * 5
    yield Case("a level that only test rows have, squares", {
        **spec(grid), "data": {"csv": "data.csv", "target": "y", "categorical": ["kind"]},
        "split": {"k_fold": 5, "shuffle": False, "test": 0.25}, "features": {"polynomial": 2}},
        {"data.csv": table(x, y, extra={"kind": late})})
    yield from encodings(random)
    yield from imputations(random)
    yield from named_classes(random)
    zero = [f"{float(t)!r} " + " ".join(f"{j}:{float(v)!r}" for j, v in enumerate(row) if v > 0)
            for row, t in zip(x, y)]
    yield Case("libsvm from zero", {**spec(grid), "data": {"libsvm": "data.libsvm"}},
               {"data.libsvm": "\ufeff" + "\n".join(zero) + "\n"})
    rows = [f"{float(t)!r} " + " ".join(f"{j + 1}:{float(v)!r}" for j, v in enumerate(row) if v > 0)
            for row, t in zip(x, y)]
    yield Case("libsvm", {**spec(grid), "data": {"libsvm": "data.libsvm"}},
               {"data.libsvm": "\n".join(rows) + "\n"})
    # Mostly zeros, and one column that is never zero and far from it.
    sparse = np.where(random.random((120, 40)) < 0.06, random.standard_normal((120, 40)), 0)
    sparse[:, 17] = 500 + random.standard_normal(120)
    t = sparse @ random.standard_normal(40) + random.standard_normal(120)
    for name, target, kind in (
            ("libsvm, mostly zeros", t, spec(grid, metrics=SQUARED)),
            ("libsvm, mostly zeros, newton", np.where(t > np.median(t), 1, -1), spec(
                {"solver": "newton", "lambda": FEW}, model={"loss": "logistic"}, metrics=LOGISTIC)),
            ("libsvm, mostly zeros, gd", np.where(t > np.median(t), 1, -1), spec(
                {"solver": "gd", "lambda": FEW, "eta": 0.2, "epochs": 25},
                model={"loss": "logistic"}, metrics=LOGISTIC)),
            ("libsvm, mostly zeros, sgd", t, spec(
                {"solver": "sgd", "lambda": [0, 0.01, 2], "eta": [0.1, 0.5], "epochs": 30,
                 "batch_size": [120, 300]}, metrics=SQUARED)),
            ("libsvm, mostly zeros, logistic sgd", np.where(t > np.median(t), 1, -1), spec(
                {"solver": "sgd", "lambda": [0, 0.01, 2], "eta": [0.1, 0.5], "epochs": 30,
                 "batch_size": [120, 300]}, model={"loss": "logistic"}, metrics=LOGISTIC))):
        rows = [f"{float(value)!r} " + " ".join(f"{j + 1}:{float(v)!r}" for j, v in enumerate(row) if v)
                for row, value in zip(sparse, target)]
        yield Case(name, {**kind, "data": {"libsvm": "data.libsvm"}},
                   {"data.libsvm": "\n".join(rows) + "\n"})
    yield Case("npy", {**spec(grid), "data": {"npy": {"features": "x.npy", "target": "y.npy"}}},
               {"x.npy": x, "y.npy": y})
    yield Case("npy, single precision", {**spec(grid), "data": {
        "npy": {"features": "x.npy", "target": "y.npy"}}},
        {"x.npy": x.astype(np.float32), "y.npy": y.astype(np.float32)})
