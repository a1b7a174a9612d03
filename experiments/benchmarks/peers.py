"""The same work as the peers do it, each with the options that make it equal and fast."""

import os
import pathlib
import subprocess
import warnings

import numpy as np
from sklearn.datasets import load_svmlight_file
from sklearn.linear_model import LogisticRegressionCV, Ridge, RidgeCV, SGDClassifier, SGDRegressor
from sklearn.model_selection import GridSearchCV, KFold

FOLDS = KFold(5)


def grid_search_ridge(x, y, alphas):
    """Mean validation mse per alpha."""
    search = GridSearchCV(
        Ridge(), {"alpha": alphas}, cv=FOLDS, scoring="neg_mean_squared_error", n_jobs=1
    ).fit(x, y)
    return -search.cv_results_["mean_test_score"]


def ridge_cv(x, y, alphas):
    """scikit-learn's fastest: closed-form leave-one-out instead of folds."""
    return RidgeCV(alphas).fit(x, y).alpha_


def gram(x):
    return x.T @ x


def grid_search_sgd(x, y, alphas, etas, epochs, logistic=False):
    """Mean validation mse or log loss per (alpha, eta), alpha slowest."""
    kind, loss = (SGDClassifier, "log_loss") if logistic else (SGDRegressor, "squared_error")
    model = kind(
        loss=loss, penalty="l2", learning_rate="constant", eta0=etas[0], max_iter=epochs, tol=None,
        random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        search = GridSearchCV(
            model, {"alpha": alphas, "eta0": etas}, cv=FOLDS, n_jobs=2,
            scoring="neg_log_loss" if logistic else "neg_mean_squared_error").fit(x, y)
    return -search.cv_results_["mean_test_score"]


def read_libsvm(path):
    """Sparse rows with 32-bit indices, which is all that SGDClassifier takes, and the target."""
    rows, target = load_svmlight_file(str(path))
    rows.indices, rows.indptr = rows.indices.astype(np.int32), rows.indptr.astype(np.int32)
    return rows, target


def logistic_cv(x, y, lambdas, solver, tolerance, jobs=1):
    """Weights and intercept per (fold, lambda); C = 1/(lambda · training rows of a fold)."""
    training_rows = len(y) * 4 // 5
    model = LogisticRegressionCV(
        Cs=[1 / (value * training_rows) for value in lambdas], cv=FOLDS, solver=solver,
        tol=tolerance, max_iter=10_000, n_jobs=jobs, scoring="neg_log_loss", l1_ratios=(0,),
        use_legacy_attributes=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(x, y)
    return next(iter(model.coefs_paths_.values())).reshape(5, len(lambdas), -1)


def logistic_gradient_norm(x, y, weights, intercept, value):
    """Of (1/n) Σ log(1 + exp(−yz)) + (lambda/2)‖w‖² in (w, b)."""
    z = x @ weights + intercept
    slopes = -y / (1 + np.exp(y * z)) / len(y)
    return np.hypot(np.linalg.norm(x.T @ slopes + value * weights), slopes.sum())


def logistic_objective(x, y, weights, intercept, value):
    return np.logaddexp(0, -y * (x @ weights + intercept)).mean() + value / 2 * weights @ weights


def training_folds(x, y):
    return [(x[rows], y[rows]) for rows, _ in FOLDS.split(x)]


def csv_readers():
    """Each reader as it is, all cores; all give the numbers as 64-bit floats."""
    import pandas
    import polars
    import pyarrow.csv

    return {
        "polars": lambda path: polars.read_csv(path),
        "pyarrow": lambda path: pyarrow.csv.read_csv(path),
        "pandas": lambda path: pandas.read_csv(path, engine="c"),
    }


def optuna_grid(points: int, trials: int):
    """Trials that do nothing, over a grid of `points`."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    values = [float(value) for value in range(points)]
    study = optuna.create_study(sampler=optuna.samplers.GridSampler({"x": values}))
    study.optimize(lambda trial: trial.suggest_float("x", 0, points), n_trials=trials)


class Glmnet:
    """cv.glmnet in an R of its own, unpacked in `folder`; times itself."""

    SCRIPT = pathlib.Path(__file__).with_name("glmnet.R")

    def __init__(self, folder: pathlib.Path):
        root = folder / "r" / "usr" / "lib" / "R"
        libraries = f"{root / 'site-library'}:{root / 'library'}"
        self.environment = {**os.environ, "R_LIBS": libraries}

    @property
    def is_there(self) -> bool:
        probe = ["Rscript", "-e", "library(glmnet)"]
        try:
            return not subprocess.run(probe, env=self.environment, capture_output=True).returncode
        except FileNotFoundError:
            return False

    def ridge(self, path: pathlib.Path, x, y, low, high, count) -> dict:
        if not path.exists():
            np.concatenate([x.ravel(order="F"), y]).tofile(path)
        command = ["Rscript", self.SCRIPT, path, *x.shape, count, low, high]
        text = subprocess.run(
            list(map(str, command)), env=self.environment, capture_output=True, text=True,
            check=True).stdout
        elapsed, cpu = map(float, text.split())
        return {"work": elapsed, "cpu": cpu}
