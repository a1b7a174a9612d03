"""One function per row of the table: the work, its peers in turns, and the check that it is equal."""

import dataclasses

import numpy as np
import threadpoolctl

import peers
from turns import Sweep, duration, median, spread, take_turns, timed
from workloads import Workloads


@dataclasses.dataclass
class Row:
    """One line of the table; `checks` says what was compared and whether it held."""

    work: str
    measured: str
    result: float
    unit: str
    least: float | None
    aim: float
    checks: list[tuple[str, bool]]
    details: list[str]
    smaller_is_better: bool = False

    def reaches(self, bound: float) -> bool:
        return self.result <= bound if self.smaller_is_better else self.result >= bound

    @property
    def verdict(self) -> str:
        if not all(holds for _, holds in self.checks):
            return "WRONG"
        if self.reaches(self.aim):
            return "aim"
        return "yes" if self.least and self.reaches(self.least) else "no"


def by_processor(results: dict[str, list[dict]], *peers: str) -> str:
    """The ratio that a busy machine disturbs least; against the thriftiest peer unless named."""
    others = peers or [name for name in results if not name.startswith("sweep")]
    least, name = min((median(results[name], "cpu"), name) for name in others)
    ratio = least / median(results["sweep"], "cpu")
    return f"by processor time, sweep's whole process: {ratio:.3g} × {name}"


class Bench:
    def __init__(self, sweep: Sweep, workloads: Workloads, rounds: int, budget: float):
        self.sweep = sweep
        self.workloads = workloads
        self.rounds = rounds
        self.budget = budget

    def turns(self, **sides) -> dict[str, list[dict]]:
        return take_turns(sides, self.rounds, self.budget)

    def details(self, results: dict[str, list[dict]], key: str = "work") -> list[str]:
        """Every side's median, spread and processor time."""
        return [
            f"{name}: {duration(median(turns, key))} ({spread(turns, key)}, {len(turns)} turns), "
            f"processor {duration(median(turns, 'cpu'))}"
            for name, turns in results.items()
        ]

    def ridge(self) -> list[Row]:
        x, y = self.workloads.dense("ridge", 100_000, 100)
        count, low, high = 50, 1e-2, 1e6
        spec = self.workloads.spec(
            "ridge", "ridge", {"solver": "normal", "lambda": {"logspace": [low, high], "count": count}},
            model={"loss": "squared", "lambda_scale": "sum"})
        curve = Sweep.table(self.sweep.run(spec), "curve.csv")
        alphas = [float(point["lambda"]) for point in curve]
        sides = {
            "sweep": lambda: self.sweep.run(spec),
            "RidgeCV (leave-one-out)": lambda: timed(lambda: peers.ridge_cv(x, y, alphas)),
            "GridSearchCV(Ridge)": lambda: self._grid_search_ridge(x, y, alphas),
            "numpy XᵀX": lambda: timed(lambda: peers.gram(x)),
        }
        glmnet = peers.Glmnet(self.workloads.peers)
        if glmnet.is_there:
            path = self.workloads.folder / "ridge-columns.bin"
            n = len(y) * 4 / 5
            sides["cv.glmnet"] = lambda: glmnet.ridge(path, x, y, low / n, high / n, count)
        else:
            print("glmnet is not there; left out")
        results = take_turns(sides, self.rounds, self.budget)
        ours = np.array([float(point["validation_mse"]) for point in curve])
        theirs = results["GridSearchCV(Ridge)"][0]["answer"]
        worst = np.max(np.abs(ours / theirs - 1))
        checks = [
            (f"mean validation mse of all {count} λ as GridSearchCV's, {worst:.1e} apart", worst < 1e-9)
        ]
        sweep = median(results["sweep"])
        return [
            Row("ridge, 100,000 × 100, 50 λ, 5 folds", "against RidgeCV",
                median(results["RidgeCV (leave-one-out)"]) / sweep, "×", 15, 15, checks,
                self.details(results) + [by_processor(results, "RidgeCV (leave-one-out)")]),
            Row("", "in numpy XᵀX products", sweep / median(results["numpy XᵀX"]), "products",
                None, 3, checks, [], smaller_is_better=True),
        ]

    @staticmethod
    def _grid_search_ridge(x, y, alphas) -> dict:
        # One BLAS thread: on a busy machine two wait for each other most of the time.
        with threadpoolctl.threadpool_limits(1):
            return timed(lambda: peers.grid_search_ridge(x, y, alphas))

    def sgd(self) -> list[Row]:
        x, y = self.workloads.dense("sgd", 20_000, 50)
        lambdas = [float(f"{value:.3g}") for value in np.logspace(-5, 0, 8)]
        etas, epochs = [1e-4, 3e-4, 1e-3, 3e-3], 20
        spec = self.workloads.spec(
            "sgd", "sgd",
            {"solver": "sgd", "batch_size": 1, "epochs": epochs, "eta": etas, "lambda": lambdas})
        results = take_turns(
            {
                "sweep": lambda: self.sweep.run(spec),
                "sweep -j 1": lambda: self.sweep.run(spec, workers=1),
                "GridSearchCV(SGDRegressor), 2 jobs": lambda: timed(
                    lambda: peers.grid_search_sgd(x, y, lambdas, etas, epochs)),
            }, self.rounds, self.budget)
        theirs = results["GridSearchCV(SGDRegressor), 2 jobs"]
        ours = {
            (float(point["lambda"]), float(point["eta"])): float(point["validation_mse"])
            for point in Sweep.table(results["sweep"][0], "curve.csv")
        }
        grid = [(alpha, eta) for alpha in lambdas for eta in etas]
        worst = max(
            abs(ours[point] / other - 1) for point, other in zip(grid, theirs[0]["answer"]))
        checks = [
            (f"mean validation mse of all 32 configurations as theirs but for the shuffle, "
             f"{worst:.1%} apart", worst < 0.05),
        ]
        visits = 32 * 5 * epochs * 16_000 * 50
        rate = visits / median(results["sweep -j 1"]) / 1e9
        return [
            Row("pure SGD, 32 configurations × 5 folds × 20 epochs, 20,000 × 50",
                "against GridSearchCV(SGDRegressor), 2 jobs",
                median(theirs) / median(results["sweep"]), "×", 20, 40, checks,
                self.details(results)
                + [by_processor(results, "GridSearchCV(SGDRegressor), 2 jobs")]),
            Row("", "G point-features/s on one core", rate, "G/s", None, 15, checks,
                [f"per second of processor, loading and tables included: "
                 f"{visits / median(results['sweep -j 1'], 'cpu') / 1e9:.3g} G/s"]),
        ]

    def sparse(self) -> list[Row]:
        path = self.workloads.libsvm("sparse", 20_000, 20_000, 90)
        lambdas = [float(f"{value:.3g}") for value in np.logspace(-7, -3, 8)]
        etas, epochs = [0.03, 0.1], 5
        spec = self.workloads.spec(
            "sparse", {"libsvm": path.name},
            {"solver": "sgd", "batch_size": 1, "epochs": epochs, "eta": etas, "lambda": lambdas},
            model={"loss": "logistic"}, metrics=["log_loss"])
        x, y = peers.read_libsvm(path)
        theirs = "GridSearchCV(SGDClassifier), 2 jobs"
        results = take_turns(
            {
                "sweep": lambda: self.sweep.run(spec),
                theirs: lambda: timed(
                    lambda: peers.grid_search_sgd(x, y, lambdas, etas, epochs, logistic=True)),
            }, self.rounds, self.budget)
        ours = {
            (float(point["lambda"]), float(point["eta"])): float(point["validation_log_loss"])
            for point in Sweep.table(results["sweep"][0], "curve.csv")
        }
        grid = [(alpha, eta) for alpha in lambdas for eta in etas]
        worst = max(
            abs(ours[point] / other - 1)
            for point, other in zip(grid, results[theirs][0]["answer"]))
        checks = [
            (f"mean validation log loss of all 16 configurations as theirs but for the shuffle, "
             f"{worst:.1%} apart", worst < 0.05),
        ]
        return [
            Row(f"LIBSVM, {x.shape[0]:,} × {x.shape[1]:,} with {x.nnz / x.shape[0]:.0f} numbers a row, "
                f"logistic SGD, 16 configurations × 5 folds × {epochs} epochs",
                f"against {theirs}, both without reading",
                median(results[theirs]) / median(results["sweep"]), "×", 1, 5, checks,
                self.details(results) + [by_processor(results, theirs)]),
        ]

    def logistic(self) -> list[Row]:
        x, y = self.workloads.dense("logistic", 20_000, 50, classes=True)
        bound = 1e-7
        grid = {"solver": "newton", "lambda": {"logspace": [1e-4, 10], "count": 20}}
        keys = {"model": {"loss": "logistic"}, "metrics": ["log_loss"]}
        spec = self.workloads.spec("logistic", "logistic", grid, **keys)
        checked = self.sweep.run(self.workloads.spec(
            "logistic-coefficients", "logistic", grid, outputs=["coefficients"], **keys))
        lambdas = [float(point["lambda"]) for point in Sweep.table(checked, "curve.csv")]
        folds = peers.training_folds(x, y)
        ours = np.zeros((5, 20, 51))
        for line in Sweep.table(checked, "coefficients.csv"):
            index = 50 if line["feature"] == "(intercept)" else None
            if index is None:
                index = int("".join(filter(str.isdigit, line["feature"]))) - 1
            ours[int(line["fold"]), int(line["point"]), index] = float(line["coefficient"])

        def worst(paths, measure):
            return max(
                measure(*folds[fold], paths[fold, k, :-1], paths[fold, k, -1], lambdas[k])
                for fold in range(5) for k in range(20))

        reached = worst(ours, peers.logistic_gradient_norm)
        checks = [(f"gradient norm of every fit below {bound:g}: {reached:.1e}", reached < bound)]
        sides = {"sweep": lambda: self.sweep.run(spec)}
        for solver in ("lbfgs", "newton-cholesky"):
            for tolerance in (1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9):
                with threadpoolctl.threadpool_limits(1):
                    paths = peers.logistic_cv(x, y, lambdas, solver, tolerance)
                norm = worst(paths, peers.logistic_gradient_norm)
                if norm < bound:
                    break
            excess = max(
                peers.logistic_objective(*folds[f], ours[f, k, :-1], ours[f, k, -1], lambdas[k])
                - peers.logistic_objective(*folds[f], paths[f, k, :-1], paths[f, k, -1], lambdas[k])
                for f in range(5) for k in range(20))
            checks.append(
                (f"objective at most {solver}'s (tol {tolerance:g}, its gradient norm {norm:.1e}): "
                 f"{excess:+.1e}", excess < 1e-13))
            for jobs, threads in ((1, 1), (1, 2), (2, 1)):
                name = (f"LogisticRegressionCV {solver}, tol {tolerance:g}, "
                        f"{jobs} jobs, {threads} BLAS threads")
                sides[name] = lambda case=(solver, tolerance, jobs, threads): self._logistic(
                    x, y, lambdas, *case)
        results = take_turns(sides, self.rounds, self.budget)
        fastest = min(median(turns) for name, turns in results.items() if name != "sweep")
        return [
            Row("logistic optimum, 20 λ × 5 folds, 20,000 × 50, gradient norm < 1e-7",
                "against LogisticRegressionCV's faster solver",
                fastest / median(results["sweep"]), "×", 4, 10, checks,
                self.details(results) + [by_processor(results)])
        ]

    @staticmethod
    def _logistic(x, y, lambdas, solver, tolerance, jobs, threads) -> dict:
        with threadpoolctl.threadpool_limits(threads):
            result = timed(lambda: peers.logistic_cv(x, y, lambdas, solver, tolerance, jobs))
        del result["answer"]
        return result

    def points(self) -> list[Row]:
        path = self.workloads.small_csv("points", 100)
        count = 100_000
        spec = self.workloads.spec(
            "points", {"csv": path.name, "target": "y"},
            {"solver": "normal", "lambda": {"logspace": [1e-6, 1e3], "count": count}},
            split={"holdout": 0.25, "shuffle": False})
        trials = 50
        results = take_turns(
            {
                "sweep": lambda: self.sweep.run(spec),
                f"Optuna GridSampler, {trials} trials": lambda: timed(
                    lambda: peers.optuna_grid(1000, trials)),
            }, self.rounds, self.budget)
        runs = results["sweep"]
        jobs = Sweep.table(runs[0], "jobs.csv")
        checks = [
            (f"{count} rows in jobs.csv, all ok",
             len(jobs) == count and all(job["status"] == "ok" for job in jobs))
        ]
        for run in runs:
            run["table"] = run["work"] + run["write"]
        optuna = median(results[f"Optuna GridSampler, {trials} trials"]) / trials
        return [
            Row("100,000 one-column points, journal and tables included", "per job, whole process",
                median(runs, "whole") / count * 1e6, "µs", 10, 3, checks,
                [f"prepare + fit {duration(median(runs))}, write {duration(median(runs, 'write'))}, "
                 f"whole process {duration(median(runs, 'whole'))} ({spread(runs, 'whole')}), "
                 f"processor {duration(median(runs, 'cpu'))}",
                 f"Optuna's GridSampler: {duration(optuna)} a trial that does nothing"],
                smaller_is_better=True)
        ]

    def lambdas(self) -> list[Row]:
        x, y = self.workloads.dense("wide", 20_000, 200)
        rows = []
        for solver in ("normal", "gd"):
            sides, specs = {}, {}
            for count in (20, 200):
                grid = {"solver": solver, "lambda": {"logspace": [1e-4, 10], "count": count}}
                if solver == "gd":
                    grid |= {"eta": 0.1, "epochs": 100}
                specs[count] = self.workloads.spec(f"{solver}-{count}", "wide", grid)
                sides[f"{count} λ"] = lambda spec=specs[count]: self.sweep.run(spec)
            results = take_turns(sides, self.rounds, self.budget)
            table = Sweep.table(results["200 λ"][0], "jobs.csv")
            checks = [("1000 jobs, all ok", len(table) == 1000
                       and all(job["status"] == "ok" for job in table))]
            rows.append(
                Row(f"ten times the λ, {solver}, 20,000 × 200", "times the time",
                    median(results["200 λ"]) / median(results["20 λ"]), "×", 3, 1.3, checks,
                    self.details(results), smaller_is_better=True))
        return rows

    def csv(self) -> list[Row]:
        path = self.workloads.csv("table", 200)
        grid = {"solver": "normal", "lambda": [1]}
        spec = self.workloads.spec("table-csv", {"csv": path.name, "target": "y"}, grid)
        mapped = self.workloads.spec("table-npy", "table", grid)
        sides = {"sweep": lambda: self.sweep.run(spec)}
        for name, reader in peers.csv_readers().items():
            sides[name] = lambda reader=reader: self._read(reader, path)
        results = take_turns(sides, self.rounds, self.budget)
        text = (results["sweep"][0]["output"] / "curve.csv").read_bytes()
        exact = (self.sweep.run(mapped)["output"] / "curve.csv").read_bytes()
        checks = [("the same bytes of curve.csv from the doubles themselves", text == exact)]
        for run in results["sweep"]:
            run["work"] = run["load"]
        fastest = min((median(turns), name) for name, turns in results.items() if name != "sweep")
        gigabytes = path.stat().st_size / 1e9
        return [
            Row(f"CSV, {path.stat().st_size / 1e6:.0f} MB of random doubles",
                f"against the fastest of the peers, {fastest[1]}",
                fastest[0] / median(results["sweep"]), "×", 1, 1.5, checks,
                self.details(results)
                + [f"sweep's rate {gigabytes / median(results['sweep']):.3g} GB/s, its content "
                   "hash included; its processor time is of the whole process"])
        ]

    @staticmethod
    def _read(reader, path) -> dict:
        result = timed(lambda: reader(path))
        del result["answer"]
        return result

    def memory(self) -> list[Row]:
        self.workloads.dense("memory", 200_000, 100)
        matrix = 160.0
        rows = []
        for solver, keys in (
            ("normal", {}), ("sgd", {"batch_size": 32, "epochs": 2, "eta": 1e-3})):
            grid = {"solver": solver, "lambda": {"logspace": [1e-4, 10], "count": 16}} | keys
            spec = self.workloads.spec(f"memory-{solver}", "memory", grid)
            runs = [self.sweep.run(spec) for _ in range(min(self.rounds, 3))]
            peak = median(runs, "megabytes")
            rows.append(
                Row(f"peak memory, {solver}, 5 folds, 160 MB matrix", "MB", peak, "MB",
                    1.5 * matrix + 64, 1.1 * matrix, [], [f"{peak / matrix:.3g} × the matrix"],
                    smaller_is_better=True))
        return rows

    def cores(self) -> list[Row]:
        self.workloads.dense("sgd", 20_000, 50)
        self.workloads.dense("ridge", 100_000, 100)
        rows = []
        for name in ("sgd", "ridge"):
            spec = self.workloads.folder / f"{name}.json"
            if not spec.exists():
                getattr(self, name)()
            results = take_turns(
                {
                    "one": lambda: self.sweep.run(spec, workers=1),
                    "two": lambda: self.sweep.run(spec, workers=2),
                }, max(self.rounds, 5), self.budget)
            same = [
                (results[side][0]["output"] / "jobs.csv").read_bytes() for side in ("one", "two")]
            rows.append(
                Row(f"one core to two, {name}", "times the speed",
                    median(results["one"]) / median(results["two"]), "×", 1.8, 1.95,
                    [("same bytes of jobs.csv", same[0] == same[1])], self.details(results)))
        return rows
