"""The contract in numpy: the tables that `sweep run` should write, slowly and from first principles.

    python3 Tests/Oracle/oracle.py experiments/ridge.json     prints the curve

Knows everything except the program's random numbers: `shuffle`, `synthetic` and the order of
`sgd`'s batches are checked by their properties instead.
"""

import sys

import numpy as np

import experiment
import fits
from experiment import Real

LARGER_IS_BETTER = {"r2", "auc", "f1"}
DEFAULT_METRICS = {"squared": ["mse"], "logistic": ["log_loss", "error_rate"]}


def metric(name, y, z, v):
    if name in ("mse", "half_mse", "rmse"):
        mean = fits.mean((y - z) ** 2, v)
        return {"mse": mean, "half_mse": mean / 2, "rmse": np.sqrt(mean)}[name]
    if name == "mae":
        return fits.mean(np.abs(y - z), v)
    if name == "r2":
        return 1 - v @ (y - z) ** 2 / (v @ (y - fits.mean(y, v)) ** 2)
    if name == "log_loss":
        return fits.mean(np.logaddexp(Real(0), -y * z), v)
    if name == "error_rate":
        return fits.mean((z > 0) != (y > 0), v)
    if name == "f1":
        hits = v @ ((z > 0) & (y > 0))
        return 2 * hits / (2 * hits + v @ ((z > 0) != (y > 0)))
    above, below = z[y > 0][:, None], z[y < 0][None, :]
    pairs = v[y > 0][:, None] * v[y < 0][None, :]
    return np.sum(pairs * ((above > below) + (above == below) / Real(2))) / pairs.sum()


class Oracle:
    """The jobs and the curve of one spec."""

    def __init__(self, spec, folder):
        model = spec.get("model", {})
        self.spec = spec
        self.loss = model.get("loss", "squared")
        self.intercept = model.get("intercept", True)
        self.scale = model.get("lambda_scale", "mean")
        self.metrics = spec.get("metrics", DEFAULT_METRICS[self.loss])
        self.word = spec.get("features", {}).get("standardize", "population")
        self.tolerance = spec.get("training", {}).get("tolerance", 0)
        self.rows = experiment.read_rows(spec, folder)
        self.target, self.weights = self.rows.target, self.rows.weights
        self.class_weight = model.get("class_weight", {})
        if self.loss == "logistic":
            self.labels = self.target
            positive = self.rows.class_number(model.get("positive"))
            self.target = np.where(self.target == positive, Real(1), Real(-1))
        self.folds, self.test = experiment.folds(spec, self.rows)
        self.points = experiment.points(spec)
        self.expanded, self.prepared = {}, {}
        self.jobs = [
            self.job(i, point, k, train, validation)
            for i, point in enumerate(self.points)
            for k, (train, validation) in enumerate(self.folds)
        ]
        self.curve = [self.curve_row(i, point) for i, point in enumerate(self.points)]
        self.select()

    def features(self, degree, train):
        key = degree, tuple(train) if self.rows.fills else None
        if key not in self.expanded:
            self.expanded[key] = experiment.polynomial(
                experiment.filled(self.rows, train), degree, self.rows.categories,
                self.rows.indicators)
        return self.expanded[key]

    def fitted_weights(self, train):
        """Those of the column times those of the classes, which only train."""
        v = self.weights[train]
        if not self.class_weight:
            return v
        labels = self.labels[train]
        if self.class_weight == "balanced":
            share = {c: v.sum() / (2 * v[labels == c].sum()) for c in np.unique(labels)}
        else:
            share = {float(c): Real(weight) for c, weight in self.class_weight.items()}
        return v * np.array([share.get(c, Real(1)) for c in labels])

    def standardised(self, v, train, *others):
        if self.word == "none":
            return train, *others
        mean = fits.mean(train, v)
        sd = np.sqrt(v @ (train - mean) ** 2 / (v.sum() - (self.word == "sample")))
        sd[np.ptp(train, axis=0) == 0] = np.inf
        return [(part - mean) / sd for part in (train, *others)]

    def lambda_mean(self, point, n):
        if point["lambda"] is None:
            return None
        written = Real(point["lambda"])
        return {"mean": written, "sum": written / n, "sum_unhalved": 2 * written / n}[self.scale]

    def fit(self, point, x, y, penalty, v):
        solver = point["solver"]
        if solver == "normal":
            return fits.ridge(x, y, penalty, self.intercept, v)
        if solver == "min_norm":
            return fits.minimum_norm(x, y, penalty, self.intercept, v)
        if solver == "newton":
            return fits.newton(x, y, penalty, self.intercept, v)
        options = {"tolerance": self.tolerance, "v": v}
        if solver == "projected_gd":
            penalty, options["radius"] = Real(0), Real(point["radius"])
        if solver == "sgd":
            n = len(y)
            full = min(point["batch_size"], n)
            assert full == n or np.ptp(x, axis=0).max() == 0, "the batches' order is not known"
            sizes = [min(full, n - first) for first in range(0, n, full)]
            options["shares"] = [size / Real(full) for size in sizes]
        return fits.descend(x, y, penalty, point, self.intercept, self.loss, **options)

    def job(self, index, point, fold, train, validation):
        size = point["train_size"]
        if size is not None:
            train = train[: size if isinstance(size, int) else int(size * len(train))]
        key = (point["degree"], len(train), fold)
        if key not in self.prepared:
            x = self.features(point["degree"], train)
            self.prepared[key] = self.standardised(
                self.weights[train], x[train], x[validation], x[self.test])
        xt, xv, xe = self.prepared[key]
        sets = {"train": (train, xt), "validation": (validation, xv)}
        if len(self.test):
            sets["test"] = (self.test, xe)
        y, v = self.target[train], self.fitted_weights(train)
        penalty = self.lambda_mean(point, v.sum())
        fit = self.fit(point, xt, y, penalty, v)
        row = {"point": index, "repeat": 0, "fold": fold, **point, "status": fit.status}
        row["lambda_mean"] = penalty
        if fit.status in ("diverged", "singular"):
            return row
        w, b = fit.weights, fit.bias
        for name, (which, part) in sets.items():
            for metric_name in self.metrics:
                row[f"{name}_{metric_name}"] = metric(
                    metric_name, self.target[which], part @ w + b, self.weights[which])
        row["weight_norm"] = np.sqrt(w @ w)
        row["objective"] = fits.loss_value(xt, y, w, b, self.loss, v) + (penalty or 0) / 2 * (w @ w)
        if fit.epochs is not None:
            row["epochs_run"] = fit.epochs
        if point["solver"] in ("normal", "min_norm", "newton") or (
            self.loss == "squared" and point["solver"] == "gd"
        ):
            matrix = fits.hessian(xt, fit, self.intercept, self.loss, v)
            rates = None
            if point["solver"] == "gd":
                rates = [
                    fits.rate(Real(point["eta"]), point["schedule"], t) for t in range(fit.epochs)
                ]
            row["effective_df"] = fits.effective_df(matrix, penalty, rates)
        if point["solver"] == "projected_gd":
            gw, _ = fits.loss_gradient(xt, y, w, b, self.loss, v)
            inside = row["weight_norm"] < Real(point["radius"]) * (1 - 1e-12)
            row["multiplier"] = Real(0) if inside else -(w @ gw) / (w @ w)
        row["fit"] = fit
        return row

    def curve_row(self, index, point):
        jobs = [job for job in self.jobs if job["point"] == index]
        row = {"point": index, **point, "folds": len(jobs), "selected": ""}
        statuses = {job["status"] for job in jobs}
        row["status"] = statuses.pop() if len(statuses) == 1 else None
        for name in ("lambda_mean", "weight_norm", "effective_df"):
            if all(job.get(name) is not None for job in jobs):
                row[name] = np.mean([job[name] for job in jobs])
        for part in ("train", "validation", "test"):
            for name in (f"{part}_{m}" for m in self.metrics):
                if all(name in job for job in jobs):
                    values = np.array([job[name] for job in jobs])
                    row[name] = values.mean()
                    row[name + "_se"] = (
                        values.std(ddof=1) / np.sqrt(Real(len(jobs))) if len(jobs) > 1 else None
                    )
        return row

    def select(self):
        name = self.spec.get("select", {}).get("metric", self.metrics[0])
        column, sign = f"validation_{name}", -1 if name in LARGER_IS_BETTER else 1

        def regularised(row):
            if row["radius"] is not None:
                return -row["radius"]
            return row["lambda"]

        def order(row):
            """The more regularised first; degrees of freedom that differ by rounding are equal."""
            freedom = row.get("effective_df")
            freedom = 0 if freedom is None else float(f"{float(freedom):.8g}")
            return -regularised(row), freedom, row["degree"], row["point"]

        available = len(self.folds[0][0])

        def size(row):
            wanted = row["train_size"]
            if wanted is None:
                return available
            return wanted if isinstance(wanted, int) else int(wanted * available)

        for solver in dict.fromkeys(point["solver"] for point in self.points):
            rows = [r for r in self.curve if r["solver"] == solver]
            largest = max(size(r) for r in rows)
            rows = [r for r in rows if size(r) == largest and r["status"] == "ok"]
            if not rows:
                continue
            best = min(rows, key=lambda r: (sign * r[column], *order(r)))
            best["selected"] = "min"
            if best["folds"] == 1:
                continue
            limit = sign * best[column] + best[column + "_se"]
            one = min((r for r in rows if sign * r[column] <= limit), key=order)
            one["selected"] = " ".join(filter(None, [one["selected"], "one_standard_error"]))


def main():
    oracle = Oracle(*experiment.load(sys.argv[1]))
    used = [name for row in oracle.curve for name, value in row.items() if value is not None]
    names = list(dict.fromkeys(used))
    print(",".join(names))
    for row in oracle.curve:
        cell = lambda v: "" if v is None else f"{v:.10g}" if isinstance(v, (float, Real)) else str(v)
        print(",".join(cell(row.get(name)) for name in names))


if __name__ == "__main__":
    main()
