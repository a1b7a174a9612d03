"""What a spec asks for: rows, features, folds and points, read straight from the contract.

Numbers are kept in extended precision (64-bit mantissa), so that what differs from the program
is the program's rounding and not the oracle's.
"""

import collections
import csv
import itertools
import json
import math
import pathlib

import numpy as np

Real = np.longdouble

AXES = "solver degree train_size schedule batch_size eta epochs radius lambda".split()
USES = {
    "normal": {"lambda"},
    "min_norm": {"lambda"},
    "newton": {"lambda"},
    "gd": {"schedule", "eta", "epochs", "lambda"},
    "sgd": {"schedule", "batch_size", "eta", "epochs", "lambda"},
    "projected_gd": {"schedule", "eta", "epochs", "radius"},
}


class Rows:
    """Features (n × d), target (n), the cell of the split column (n, or None), for each feature
    the category that it is a level of, or None, how often each row counts, what fills the features
    that are `nan` somewhere, and how many features at the end tell where that is."""

    def __init__(self, features, target, labels=None, categories=None, weights=None, fills=None,
                 indicators=0, classes=None):
        self.fills, self.indicators = fills or {}, indicators
        self.features = np.asarray(features, Real).reshape(len(target), -1)
        self.target = np.asarray(target, Real)
        self.labels = labels
        self.weights = np.ones(len(target), Real) if weights is None else np.asarray(weights, Real)
        self.categories = categories or [None] * self.features.shape[1]
        self.classes = classes

    def class_number(self, name):
        """The target of a class, without a name that of the last one."""
        if name is None:
            return self.target.max()
        return self.classes.index(name) if self.classes else float(name)


def read_rows(spec, folder):
    data, split = spec["data"], spec.get("split", {})
    if "libsvm" in data:
        return read_libsvm(folder / data["libsvm"])
    if "npy" in data:
        return Rows(*(np.load(folder / data["npy"][key]) for key in ("features", "target")))
    label = split.get("column", split.get("fold_column"))
    levels = {}
    rows = read_csv(folder / data["csv"], data, label, levels, split)
    for name in ("validation", "test"):
        if path := split.get("files", {}).get(name):
            more = read_csv(folder / path, data, None, levels)
            labels = rows.labels or ["train"] * len(rows.target)
            rows = Rows(
                np.concatenate([rows.features, more.features]),
                np.concatenate([rows.target, more.target]),
                labels + [name] * len(more.target),
                rows.categories,
                np.concatenate([rows.weights, more.weights]),
                rows.fills,
                rows.indicators,
            )
    return rows


NO_TEXT = "\0"
MISSING = {"", "NA", "N/A", "n/a", "NaN", "nan", "null", "NULL", "None", "?"}


def read_csv(path, data, label, levels=None, split={}):
    """`levels` takes the levels of the first file and gives them to the others. They are those of the
    rows that are not held out as a test set."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        lines = [line for line in csv.reader(file, delimiter=data.get("delimiter", ",")) if line]
    if data.get("header", True):
        header, lines = lines[0], lines[1:]
    else:
        header = [f"c{i + 1}" for i in range(len(lines[0]))]
    out = {data["target"], label, data.get("weight_column"), *data.get("drop", [])}
    names = data.get("features", [name for name in header if name not in out])
    categorical = data.get("categorical", [])
    at = {name: i for i, name in enumerate(header)}

    if weight := data.get("weight_column"):
        lines = [line for line in lines if line[at[weight]] == "" or float(line[at[weight]]) != 0]
    rules = data.get("missing", "error")
    rules = rules if isinstance(rules, dict) else {"*": rules}
    used = [*names, data["target"], *([weight] if weight else [])]
    rule = {name: rules.get(name, rules.get("*")) for name in used}
    dropping = [name for name in rule if rule[name] == "drop_rows"]
    lines = [line for line in lines if all(line[at[n]].strip() not in MISSING for n in dropping)]
    kept = len(lines) - math.ceil(split.get("test", 0) * len(lines))
    learning = [i for i in range(kept) if "column" not in split or lines[i][at[label]] != "test"]
    levels = {} if levels is None else levels
    columns, categories, fills = [], [], {}
    for name in names:
        cells = [line[at[name]] for line in lines]
        if rule[name] == "level":
            cells = [NO_TEXT if cell.strip() in MISSING else cell for cell in cells]
        if name in categorical:
            how = categorical[name] if isinstance(categorical, dict) else {}
            known = levels.setdefault(name, level_names([cells[i] for i in learning], how))
            for level in known[how.get("levels") != "all":]:
                columns.append([float(cell == level if level else cell not in known)
                                for cell in cells])
                categories.append(name)
        else:
            if rule[name] in ("mean", "median"):
                fills[len(columns)] = rule[name]
                cells = ["nan" if cell.strip() in MISSING else cell for cell in cells]
            columns.append([float(cell) for cell in cells])
            categories.append(None)
    if data.get("missing_indicator"):
        told = levels.setdefault("", [j for j in fills if np.isnan([columns[j][i] for i in learning]).any()])
        columns += [np.isnan(columns[j]).astype(float) for j in told]
        categories += [None] * len(told)
    target = [line[at[data["target"]]] for line in lines]
    classes = None
    if {cell.lower() for cell in target} == {"true", "false"}:
        target = [cell.lower() == "true" for cell in target]
    elif not is_number(target[0]):
        classes = sorted(set(target), key=str.encode)
        target = [classes.index(cell) for cell in target]
    target = [float(value) for value in target]
    labels = [line[at[label]] for line in lines] if label else None
    weights = [float(line[at[weight]]) for line in lines] if weight else None
    return Rows(np.array(columns, Real).T, target, labels, categories, weights, fills,
                len(levels.get("", [])), classes)


def filled(rows, train):
    """The features with what is missing filled from some rows."""
    features = rows.features.copy()
    for j, word in rows.fills.items():
        seen = train[~np.isnan(features[train, j])]
        seen = seen[np.argsort(features[seen, j], kind="stable")]
        x, v = features[seen, j], rows.weights[seen]
        value = 0
        if len(seen):
            passed = np.cumsum(v)
            middle = x[passed >= v.sum() / 2 * (1 - 1e-12)][:2]
            even = abs(passed - v.sum() / 2).min() <= 1e-12 * v.sum()
            value = v @ x / v.sum() if word == "mean" else middle.mean() if even else middle[0]
        features[np.isnan(features[:, j]), j] = value
    return features


def is_number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return True


def level_names(cells, how):
    """The levels of a column in their order; `None` is what is too rare, and the rest; what is missing,
    where that is a level, comes last."""
    if NO_TEXT in cells:
        return level_names([cell for cell in cells if cell != NO_TEXT], how) + [NO_TEXT]
    counts = collections.Counter(cells)
    kept = {level for level, count in counts.items() if count >= how.get("min_count", 1)}
    ordered = sorted(kept, key=float if all(map(is_number, kept)) else str.encode)
    return ordered + [None] * (kept != counts.keys())


def read_libsvm(path):
    rows, target = [], []
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        y, *cells = line.split("#")[0].split()
        target.append(float(y))
        rows.append({int(i): float(v) for i, v in (cell.split(":") for cell in cells)})
    first = 0 if any(0 in row for row in rows) else 1
    width = max(max(row, default=0) for row in rows) + 1 - first
    return Rows([[row.get(j + first, 0) for j in range(width)] for row in rows], target)


def polynomial(features, degree, categories=None, indicators=0):
    """All monomials of total degree 1 … degree, as in scikit-learn's PolynomialFeatures, but with at
    most one level of a category in each, and indicators by themselves."""
    width = features.shape[1]

    def repeats(choice):
        of = [categories[i] for i in choice if categories and categories[i]]
        return len(of) > len(set(of))

    columns = [
        np.prod(features[:, list(choice)], axis=1)
        for total in range(1, degree + 1)
        for choice in itertools.combinations_with_replacement(
            range(width - (total > 1) * indicators), total)
        if not repeats(choice)
    ]
    return np.stack(columns, axis=1)


def folds(spec, rows):
    """(training rows, validation rows) of each fold and the test rows, in the rows' own order."""
    assert spec["split"].get("shuffle") is False, "the program's random numbers are not known"
    split, count = spec["split"], len(rows.target)
    everything = np.arange(count)
    if "column" in split or "files" in split:
        of = {name: everything[[cell == name for cell in rows.labels]]
              for name in ("train", "validation", "test")}
        return [(of["train"], of["validation"])], of["test"]
    kept = count - math.ceil(split["test"] * count) if "test" in split else count
    rest, test = everything[:kept], everything[kept:]
    if "holdout" in split:
        cut = kept - math.ceil(split["holdout"] * kept)
        return [(rest[:cut], rest[cut:])], test
    if "fold_column" in split:
        labels = np.array(rows.labels)[rest]
        parts = [rest[labels == label] for label in np.unique(labels)]
    else:
        parts = np.array_split(rest, kept if split.get("leave_one_out") else split["k_fold"])
    return [(np.setdiff1d(rest, part), part) for part in parts], test


def axis(values):
    if isinstance(values, list):
        return values
    if not isinstance(values, dict) or values.keys() & {"inverse_time", "inverse_sqrt"}:
        return [values]
    if "range" in values:
        low, high, step = values["range"]
        return [low + i * step for i in range(int(math.floor((high - low) / step + 1e-9)) + 1)]
    kind = "logspace" if "logspace" in values else "linspace"
    (low, high), count = values[kind], values["count"]
    if count == 1:
        return [low]
    steps = [i / (count - 1) for i in range(count)]
    inner = [low * (high / low) ** s if kind == "logspace" else low + (high - low) * s
             for s in steps]
    return [low, *(float(f"{value:.12g}") for value in inner[1:-1]), high]


def points(spec):
    """The grid's points in the contract's order: collapsed, excluded and without duplicates."""
    training = spec.get("training", {})
    found, seen = [], set()
    grids = spec["grid"] if isinstance(spec["grid"], list) else [spec["grid"]]
    for grid in grids:
        defaults = {
            "epochs": training.get("epochs", 100),
            "schedule": training.get("schedule", "constant"),
            "degree": spec.get("features", {}).get("polynomial", 1),
        }
        lists = [axis(grid.get(name, defaults.get(name))) for name in AXES]
        for values in itertools.product(*lists):
            point = dict(zip(AXES, values))
            for name in AXES[3:]:
                if name not in USES[point["solver"]]:
                    point[name] = None
            dropped = any(
                all(point[name] in axis(wanted) for name, wanted in partial.items())
                for partial in grid.get("exclude", [])
            )
            key = json.dumps({n: v if isinstance(v, (dict, str)) or v is None else float(v)
                              for n, v in point.items()})
            if not dropped and key not in seen:
                seen.add(key)
                found.append(point)
    return found


def load(path):
    path = pathlib.Path(path)
    return json.loads(path.read_text()), path.parent
